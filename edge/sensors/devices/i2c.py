"""Sensors on this machine's I2C. Commands and times: datasheets of Sensirion SCD4x and SHT4x, and of TI ADS111x (SBAS444)."""

from __future__ import annotations

import time
from typing import Final, Protocol

from edge.buses.i2c import I2c
from edge.config.sensors import I2cSensor
from edge.sensors.devices.ads1115 import CONFIG, CONVERSION, DONE, single_shot, uvc
from edge.sensors.devices.sensirion import scd4x, scd4x_ready, sht4x
from edge.sensors.reading import Trouble

_SHT4X_MEASURE: Final = b"\xfd"
_SHT4X_S: Final = 0.010
"""A measurement with high repeatability takes at most 8.3 ms."""
_SCD4X_STOP, _SCD4X_START = b"\x3f\x86", b"\x21\xb1"
_SCD4X_READY, _SCD4X_READ = b"\xe4\xb8", b"\xec\x05"
_SCD4X_STOP_S: Final = 0.5
_SCD4X_S: Final = 0.001
_SCD4X_LOST_S: Final = 20.0
"""It measures every 5 s. One that has had nothing for so long was switched off meanwhile, and is started again."""
_ADS_S: Final = 0.002


class ReadingI2c(I2c, Protocol):
    """A bus that can also read without writing first: these sensors want a pause between the two."""

    def read(self, address: int, count: int) -> bytes: ...


class Sht4x:
    """Temperature and humidity."""

    quantities = ("air_c", "humidity_pct")

    def __init__(self, told: I2cSensor) -> None:
        self.told, self.patience_s = told, told.deadline_s
        self._address = told.address or 0x44

    def read(self, wire: ReadingI2c) -> dict[str, float | Trouble]:
        wire.write(self._address, _SHT4X_MEASURE)
        time.sleep(_SHT4X_S)
        return sht4x(wire.read(self._address, 6))


class Scd4x:
    """CO2, and the temperature and humidity of its own board."""

    quantities = ("co2_ppm", "air_c", "humidity_pct")

    def __init__(self, told: I2cSensor) -> None:
        self.told, self.patience_s = told, told.deadline_s + _SCD4X_STOP_S
        self._address = told.address or 0x62
        self._begun_on: object = None
        self._heard_s = 0.0

    def read(self, wire: ReadingI2c) -> dict[str, float | Trouble]:
        """Empty where it has not measured anew."""
        if self._begun_on is not wire or time.monotonic() - self._heard_s > max(_SCD4X_LOST_S, 2 * self.told.every_s):
            self._begin(wire)
            return {}
        ready = scd4x_ready(self._answer(wire, _SCD4X_READY, 3))
        if isinstance(ready, Trouble):
            return dict.fromkeys(self.quantities, ready)
        if not ready:
            return {}
        self._heard_s = time.monotonic()
        return scd4x(self._answer(wire, _SCD4X_READ, 9))

    def _begin(self, wire: ReadingI2c) -> None:
        """It takes no other command while it measures: so it is stopped first."""
        wire.write(self._address, _SCD4X_STOP)
        time.sleep(_SCD4X_STOP_S)
        wire.write(self._address, _SCD4X_START)
        self._begun_on, self._heard_s = wire, time.monotonic()

    def _answer(self, wire: ReadingI2c, command: bytes, count: int) -> bytes:
        wire.write(self._address, command)
        time.sleep(_SCD4X_S)
        return wire.read(self._address, count)


class AnalogueUvc:
    """A UV-C photodiode with its amplifier, behind an ADS1115."""

    quantities = ("uvc_uw_cm2",)

    def __init__(self, told: I2cSensor) -> None:
        self.told, self.patience_s = told, told.deadline_s
        self._address = told.address or 0x48

    def read(self, wire: ReadingI2c) -> dict[str, float | Trouble]:
        wire.write(self._address, bytes([CONFIG]) + single_shot(self.told.channel))
        until_s = time.monotonic() + self.told.deadline_s
        while not wire.write_then_read(self._address, bytes([CONFIG]), 2)[0] & DONE:
            if time.monotonic() > until_s:
                return {"uvc_uw_cm2": Trouble.NOT_MEASURED}
            time.sleep(_ADS_S)
        raw = wire.write_then_read(self._address, bytes([CONVERSION]), 2)
        return {"uvc_uw_cm2": uvc(raw, self.told.dark_v, self.told.uw_cm2_per_v or 0.0)}


I2cDevice = Scd4x | Sht4x | AnalogueUvc
DRIVERS: Final[dict[str, type[I2cDevice]]] = {"scd4x": Scd4x, "sht4x": Sht4x, "ads1115_uvc": AnalogueUvc}
