"""Facility sensors that this gate reads: air, UV-C, gases, levels, doors. A new device on a wire is a file."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator

from contract.settings_file import Settings
from edge.config.air import AirLimits
from edge.config.barrier_lines import GpioLine
from edge.config.device_files import DeviceFileName
from edge.config.quantities import QuantityName
from edge.config.sources import FilePath
from edge.config.stuck import OwnHours, StuckAfter

FRESH_ROUNDS: Final = 3.0
"""So many polls may fail before a reading is too old. A choice of ours."""

MQTT_FRESH_S: Final = 900.0
"""Three of Tasmota's usual `TelePeriod` of 300 s. A choice of ours."""

AIR_CHANGES_FRESH_S: Final = 21_600.0
"""A room is left once or twice a day. A choice of ours."""


ANALOGUE_UVC: Final = "ads1115_uvc"
"""The driver of an analogue UV-C sensor, which is no file: what its volts mean is of each sensor, not of its kind."""


def _as_date(value: object) -> object:
    return date.fromisoformat(value) if isinstance(value, str) else value


Day = Annotated[date, BeforeValidator(_as_date)]


class Told(Settings):
    """What every sensor is told, whatever it hangs on.

    `name` is unique at this gate; `place` is for people. It is asked every `every_s` and must answer within `deadline_s`; after
    `stale_s` (left out: three times `every_s` and the deadline) a reading is too old. After `calibration_due` (2027-03-31)
    `check` and the technician's page say that it is to be calibrated. `range`, such as {co2_ppm = [400, 5000]}, is what this
    device can measure: anything else has failed. `stuck_h`, such as {co2_ppm = 12.0}: after so many hours of exactly the same
    value it is no longer believed; 0 is never, left out is `[sensors.stuck]`.
    """

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,39}$")]
    place: Annotated[str, Field(max_length=40)] = ""
    every_s: Annotated[float, Field(ge=0.5, le=3600)] = 10.0
    deadline_s: Annotated[float, Field(ge=0.05, le=10)] = 1.0
    stale_s: Annotated[float | None, Field(ge=1, le=172_800)] = None
    calibration_due: Day | None = None
    range: dict[QuantityName, Annotated[list[float], Field(min_length=2, max_length=2)]] = Field(default_factory=dict)
    stuck_h: OwnHours = Field(default_factory=dict)

    @property
    def fresh_s(self) -> float:
        """For so long a reading counts as how things are."""
        return self.stale_s if self.stale_s is not None else FRESH_ROUNDS * self.every_s + self.deadline_s

    @field_validator("range")
    @classmethod
    def _in_order(cls, told: dict[str, list[float]]) -> dict[str, list[float]]:
        for quantity, (least, most) in told.items():
            if not least < most:
                raise ValueError(f"{quantity}: the first number is the least, the second the most")
        return told


class AirChangeSensor(Told):
    """Air changes per hour of the place where the sensor `of` measures CO2, told as a sensor called `name`.

    They are looked for every `every_s`, and can be measured only after people have left; a value counts for `stale_s` (left out:
    six hours), and after that there is none. `outdoor_ppm` is the CO2 outdoors, or `outdoor` the name of a sensor that measures
    it; either can be off by `outdoor_off_ppm`, which widens the told uncertainty. These numbers are our choice. `deadline_s`,
    `stuck_h` and `calibration_due` say nothing here.
    """

    of: str
    every_s: Annotated[float, Field(ge=10, le=3600)] = 60.0
    outdoor: str | None = None
    outdoor_ppm: Annotated[float, Field(ge=300, le=1000)] = 420.0
    outdoor_off_ppm: Annotated[float, Field(ge=5, le=200)] = 30.0

    @property
    def fresh_s(self) -> float:
        """For so long a measured value counts."""
        return self.stale_s if self.stale_s is not None else AIR_CHANGES_FRESH_S


class ModbusSensor(Told):
    """A device on Modbus TCP (`host`) or on a serial line, RTU (`device`).

    `map` is the name of a file in firmware_configs/modbus or /etc/menshen/modbus (`xy_md02`), or the path of your own. Devices
    with the same `host` and `port`, or the same `device`, are one bus: they are asked one after the other, and the line's speed
    is that of the first.
    """

    map: DeviceFileName
    host: Annotated[str | None, Field(min_length=1, max_length=253)] = None
    port: Annotated[int, Field(ge=1, le=65535)] = 502
    device: Annotated[str | None, Field(pattern=r"^/dev/[\w./-]+$")] = None
    baud: Annotated[int, Field(ge=1200, le=1_000_000)] = 9600
    parity: Literal["N", "E", "O"] = "N"
    stop_bits: Literal[1, 2] = 1
    unit: Annotated[int, Field(ge=1, le=254)] = 1

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.host is None) == (self.device is None):
            raise ValueError("name either host (Modbus TCP) or device (a serial line), not both and not neither")
        return self


class I2cSensor(Told):
    """A sensor on this machine's I2C.

    `driver` is the name of a file in firmware_configs/i2c or /etc/menshen/i2c (`scd4x`), or the path of your own; or
    `ads1115_uvc`, an analogue UV-C sensor behind a TI ADS1115. `address` left out is the usual one. The last three are of
    `ads1115_uvc` only: which input (0 to 3), volts in the dark, and irradiance per volt from the sensor's own calibration
    certificate, which must be given.
    """

    driver: DeviceFileName
    i2c_bus: Annotated[int, Field(ge=0, le=31)] = 1
    address: Annotated[int | None, Field(ge=0x08, le=0x77)] = None
    channel: Annotated[int, Field(ge=0, le=3)] = 0
    dark_v: Annotated[float, Field(ge=0, le=4)] = 0.0
    uw_cm2_per_v: Annotated[float | None, Field(gt=0, le=1_000_000)] = None

    @model_validator(mode="after")
    def _calibrated(self) -> Self:
        if self.driver == ANALOGUE_UVC and self.uw_cm2_per_v is None:
            raise ValueError("an analogue UV-C sensor means nothing without uw_cm2_per_v, from its calibration certificate")
        return self


class SerialSensor(Told):
    """A sensor with a serial line of its own.

    `driver` is the name of a file in firmware_configs/serial or /etc/menshen/serial (`mh_z19`), or the path of your own.
    """

    driver: DeviceFileName
    device: Annotated[str, Field(pattern=r"^/dev/[\w./-]+$")]


class GpioSensor(Told):
    """A contact to ground on a GPIO line, pulled up. An open contact and a broken wire are an open door (1), or somebody (1)."""

    line: GpioLine
    quantity: Literal["contact", "motion"] = "contact"


class MqttSensor(Told):
    """A device that speaks to the gate's own broker for facility nodes: ESPHome, Zigbee2MQTT or Tasmota.

    `topic`: ESPHome's `topic_prefix`, Zigbee2MQTT's `friendly_name`, Tasmota's `Topic`. `quantities`: what it is to give; nothing
    else of it is kept. `keys`: the device's own name of a quantity where it is not the usual one, such as {co2_ppm = "hall_gas"}.
    It speaks when it likes: a value is told on at most every `every_s`, and counts for `stale_s` (left out: 15 minutes).
    """

    kind: Literal["esphome", "zigbee2mqtt", "tasmota"]
    topic: Annotated[str, Field(pattern=r"^[^+#\x00-\x1f\s/][^+#\x00-\x1f]{0,99}$")]
    quantities: Annotated[list[QuantityName], Field(min_length=1, max_length=32)]
    keys: dict[QuantityName, Annotated[str, Field(min_length=1, max_length=100)]] = Field(default_factory=dict)

    @property
    def fresh_s(self) -> float:
        """For so long a value counts as how things are."""
        return self.stale_s if self.stale_s is not None else MQTT_FRESH_S

    @model_validator(mode="after")
    def _keys_are_of_its_quantities(self) -> Self:
        if len(set(self.quantities)) < len(self.quantities):
            raise ValueError("a quantity stands there twice. Give each once")
        strange = sorted(set(self.keys) - set(self.quantities))
        if strange:
            raise ValueError(f"keys.{strange[0]} is none of its quantities. Add it there, or take the key out")
        if len(set(self.keys.values())) < len(self.keys):
            raise ValueError("two quantities are given the same key of the device. Give each its own")
        return self


class LocalMqttConfig(Settings):
    """The gate's own broker for facility nodes (`firmware_configs/mosquitto/facility.conf`); the gate only listens there.

    Only `devices` are believed. `discovery` is Home Assistant's prefix, under which ESPHome says what its values are;
    `zigbee2mqtt` is that bridge's base topic.
    """

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 1883
    user: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,64}$")] = "gate"
    password_file: FilePath | None = None
    ca_file: FilePath | None = None
    discovery: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}(/[A-Za-z0-9_-]{1,64})*$")] = "homeassistant"
    zigbee2mqtt: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}(/[A-Za-z0-9_-]{1,64})*$")] = "zigbee2mqtt"
    devices: Annotated[list[MqttSensor], Field(max_length=256)] = Field(default_factory=list)

    @model_validator(mode="after")
    def _one_device_one_sensor(self) -> Self:
        heard: dict[tuple[str, str], str] = {}
        for one in self.devices:
            other = heard.setdefault((one.kind, one.topic), one.name)
            if other != one.name:
                raise ValueError(f"{other!r} and {one.name!r} are the same device ({one.kind} {one.topic!r}). Take one out")
        return self


class SensorsConfig(Settings):
    """Sensors are read by a process of its own. Readings leave after `batch_s`, or when 200 are together.

    `windows` names the contacts that are windows: an alarm of CO2 says how those of the same `place` stand.
    """

    batch_s: Annotated[float, Field(ge=0.1, le=60)] = 5.0
    modbus: Annotated[list[ModbusSensor], Field(max_length=256)] = Field(default_factory=list)
    i2c: Annotated[list[I2cSensor], Field(max_length=64)] = Field(default_factory=list)
    serial: Annotated[list[SerialSensor], Field(max_length=32)] = Field(default_factory=list)
    gpio: Annotated[list[GpioSensor], Field(max_length=32)] = Field(default_factory=list)
    mqtt: LocalMqttConfig = LocalMqttConfig()
    air_changes: Annotated[list[AirChangeSensor], Field(max_length=32)] = Field(default_factory=list)
    windows: Annotated[list[str], Field(max_length=64)] = Field(default_factory=list)
    limits: AirLimits = AirLimits()
    stuck: StuckAfter = StuckAfter()

    @property
    def every(self) -> tuple[Told, ...]:
        """All of them, in the order of the file."""
        return (*self.modbus, *self.i2c, *self.serial, *self.gpio, *self.mqtt.devices)

    @property
    def window_places(self) -> dict[str, str]:
        """Where each window is, by the name of its contact."""
        return {one.name: one.place for one in self.every if one.name in self.windows and one.place}

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        seen: set[str] = set()
        for one in (*self.every, *self.air_changes):
            if one.name in seen:
                raise ValueError(f"two sensors are called {one.name!r}. Give each a name of its own")
            seen.add(one.name)
        return self

    @model_validator(mode="after")
    def _named_sensors_are_there(self) -> Self:
        there = {one.name for one in self.every}
        of_rooms = [one.of for one in self.air_changes]
        for name in (*of_rooms, *(one.outdoor for one in self.air_changes if one.outdoor), *self.windows):
            if name not in there:
                raise ValueError(f"no sensor is called {name!r}. Name one of {', '.join(sorted(there)) or 'those you add'}")
        if nowhere := [name for name in self.windows if name not in self.window_places]:
            raise ValueError(f"the window {nowhere[0]!r} has no place, and bad air there would not know it. Give it `place`")
        for one in self.air_changes:
            if one.outdoor == one.of:
                raise ValueError(f"air_changes {one.name!r}: outdoor is the sensor of the room itself. Name one that is outdoors")
        return self
