"""I2C sensors on a byte-level bus that damages and drops, contacts on mock pins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

import pytest
from gpiozero import Device
from gpiozero.pins.mock import MockFactory

from edge.actuators.gpio import contact
from edge.config.sensors import GpioSensor, I2cSensor
from edge.errors import BusError
from edge.sensors.devices.contact import Contact, GpioWire
from edge.sensors.devices.i2c import AnalogueUvc, Scd4x, Sht4x
from edge.sensors.devices.sensirion import crc8
from edge.sensors.reading import Trouble


def with_crc(*words: int) -> bytes:
    return b"".join((word := one.to_bytes(2, "big")) + bytes([crc8(word)]) for one in words)


@dataclass
class Chips:
    """The three chips as they answer on the wire. `damage` flips a bit of every answer; `there` False: nobody acknowledges."""

    damage: bool = False
    there: bool = True
    measures: bool = False
    ready: bool = False
    volts: float = 1.0
    written: list[tuple[int, bytes]] = field(default_factory=list)
    last: bytes = b""
    config: bytes = b"\x05\x83"

    def write(self, address: int, data: bytes) -> None:
        if not self.there or (self.measures and data == b"\x21\xb1"):
            raise BusError("nobody acknowledges", where="i2c")
        self.written.append((address, data))
        self.last = data
        if data in {b"\x21\xb1", b"\x3f\x86"}:
            self.measures = data == b"\x21\xb1"
        if data[0] == 1 and len(data) == 3:
            self.config = data[1:]

    def read(self, address: int, count: int) -> bytes:
        answers = {
            (0x44, b"\xfd"): with_crc(0x6667, 0x8000),
            (0x62, b"\xe4\xb8"): with_crc(0x8006 if self.ready else 0x8000),
            (0x62, b"\xec\x05"): with_crc(812, 0x6667, 0x5EB9),
        }
        return self._sent(answers[address, self.last])[:count]

    def write_then_read(self, address: int, data: bytes, count: int) -> bytes:
        del address, count
        if not self.there:
            raise BusError("nobody acknowledges", where="i2c")
        return self.config if data == b"\x01" else round(self.volts / 4.096 * 32768).to_bytes(2, "big")

    def close(self) -> None: ...

    def _sent(self, raw: bytes) -> bytes:
        return bytes([raw[0] ^ 0x10]) + raw[1:] if self.damage else raw


def i2c(driver: str, **more: object) -> I2cSensor:
    return I2cSensor.model_validate({"name": "hall", "driver": driver} | more)


def test_an_sht4x_is_measured_and_read() -> None:
    said = Sht4x(i2c("sht4x")).read(Chips())
    assert said == {"air_c": pytest.approx(25.0, abs=0.01), "humidity_pct": pytest.approx(56.5, abs=0.01)}


def test_an_answer_damaged_on_the_wire_is_told_as_such_and_the_next_one_is_good() -> None:
    chips, sensor = Chips(damage=True), Sht4x(i2c("sht4x"))
    assert sensor.read(chips) == {"air_c": Trouble.CHECKSUM, "humidity_pct": Trouble.CHECKSUM}
    chips.damage = False
    assert sensor.read(chips)["air_c"] == pytest.approx(25.0, abs=0.01)


def test_an_scd4x_is_started_once_and_says_nothing_before_it_has_measured() -> None:
    chips, sensor = Chips(measures=True), Scd4x(i2c("scd4x"))  # it measures since an earlier process
    assert sensor.read(chips) == {}
    assert [data for _, data in chips.written] == [b"\x3f\x86", b"\x21\xb1"]
    assert sensor.read(chips) == {}
    chips.ready = True
    assert sensor.read(chips)["co2_ppm"] == 812.0
    assert [data for _, data in chips.written].count(b"\x21\xb1") == 1


def test_a_sensor_that_was_pulled_off_the_bus_does_not_answer() -> None:
    chips = Chips(there=False)
    for sensor in (Scd4x(i2c("scd4x")), Sht4x(i2c("sht4x")), AnalogueUvc(i2c("ads1115_uvc", uw_cm2_per_v=100.0))):
        with pytest.raises(BusError):
            sensor.read(chips)


def test_uvc_is_volts_by_the_certificate() -> None:
    said = AnalogueUvc(i2c("ads1115_uvc", channel=2, dark_v=0.1, uw_cm2_per_v=100.0)).read(chips := Chips(volts=1.0))
    assert said == {"uvc_uw_cm2": pytest.approx(90.0, abs=0.1)}
    assert chips.written == [(0x48, b"\x01\xe3\x83")]


@pytest.fixture
def pins() -> Iterator[MockFactory]:
    before, Device.pin_factory = Device.pin_factory, MockFactory()
    yield Device.pin_factory
    Device.pin_factory.reset()
    Device.pin_factory = before


def test_a_window_is_open_when_its_contact_is_and_when_its_wire_is_broken(pins: MockFactory) -> None:
    told = GpioSensor(name="window", line=17)
    with closing(GpioWire([told], contact)) as wire:
        assert Contact(told).read(wire) == {"contact": 1.0}  # pulled up: nothing holds the line low
        pins.pin(17).drive_low()
        assert Contact(told).read(wire) == {"contact": 0.0}
