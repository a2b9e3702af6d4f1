"""An analogue UV-C sensor behind a TI ADS1115: volts, and what they mean by the sensor's certificate.

It is no file, since what its volts mean stands in no datasheet but in the certificate of each sensor, and so in the settings.
Source: TI SBAS444, "ADS111x": registers 0 (conversion, two's complement) and 1 (configuration); full scale 4.096 V.
"""

from __future__ import annotations

import time
from typing import Final

from edge.config.sensors import I2cSensor
from edge.sensors.devices.i2c_device import ReadingI2c
from edge.sensors.reading import Trouble

_ADDRESS: Final = 0x48
_CONVERSION, _CONFIG = 0, 1
_DONE: Final = 0x80
"""Of the first byte of the configuration: nothing is being converted."""
_POLL_S: Final = 0.002
_FULL_V: Final = 4.096
_LIMITS: Final = frozenset({32767, -32768})
_NOISE_V: Final = 0.01
"""So far below its dark voltage a sensor may read as 0. A choice of ours; further below it is broken or not connected."""


def single_shot(channel: int) -> bytes:
    """The configuration that measures input `channel` against ground once, 128 samples a second, comparator off."""
    return (0x8000 | (0b100 + channel) << 12 | 0b001 << 9 | 1 << 8 | 0b100 << 5 | 0b11).to_bytes(2, "big")


def uvc(raw: bytes, dark_v: float, uw_cm2_per_v: float) -> float | Trouble:
    """Irradiance in µW/cm²."""
    if len(raw) != 2:  # noqa: PLR2004 as the register has
        return Trouble.WRONG_PAYLOAD
    number = int.from_bytes(raw, "big", signed=True)
    volts = number * _FULL_V / 32768.0 - dark_v
    if number in _LIMITS or volts < -_NOISE_V:
        return Trouble.OUT_OF_RANGE
    return max(0.0, volts) * uw_cm2_per_v


class AnalogueUvc:
    """A UV-C photodiode with its amplifier: a `Device` on I2C."""

    quantities = ("uvc_uw_cm2",)

    def __init__(self, told: I2cSensor) -> None:
        self.told, self.patience_s = told, told.deadline_s
        self._address = told.address or _ADDRESS

    def read(self, wire: ReadingI2c) -> dict[str, float | Trouble]:
        wire.write(self._address, bytes([_CONFIG]) + single_shot(self.told.channel))
        until_s = time.monotonic() + self.told.deadline_s
        while not wire.write_then_read(self._address, bytes([_CONFIG]), 2)[0] & _DONE:
            if time.monotonic() > until_s:
                return {"uvc_uw_cm2": Trouble.NOT_MEASURED}
            time.sleep(_POLL_S)
        raw = wire.write_then_read(self._address, bytes([_CONVERSION]), 2)
        return {"uvc_uw_cm2": uvc(raw, self.told.dark_v, self.told.uw_cm2_per_v or 0.0)}
