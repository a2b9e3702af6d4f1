"""An analogue UV-C sensor on a byte-level converter, contacts on mock pins."""

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
from edge.sensors.devices.ads1115 import AnalogueUvc
from edge.sensors.devices.contact import Contact, GpioWire
from edge.sensors.reading import Trouble


@dataclass
class Converter:
    """An ADS1115 as it answers on the wire. `there` False: nobody acknowledges; `done` False: it converts for ever."""

    there: bool = True
    done: bool = True
    volts: float = 1.0
    written: list[tuple[int, bytes]] = field(default_factory=list)

    def write(self, address: int, data: bytes) -> None:
        if not self.there:
            raise BusError("nobody acknowledges", where="i2c")
        self.written.append((address, data))

    def read(self, address: int, count: int) -> bytes:
        raise AssertionError(f"0x{address:02x} is asked for {count} bytes of no register")

    def write_then_read(self, address: int, data: bytes, count: int) -> bytes:
        del address, count
        if data == b"\x01":
            return bytes([self.written[-1][1][1] & 0x7F | 0x80 * self.done, self.written[-1][1][2]])
        return round(self.volts / 4.096 * 32768).to_bytes(2, "big")

    def close(self) -> None: ...


def eye(**more: object) -> AnalogueUvc:
    return AnalogueUvc(I2cSensor.model_validate({"name": "hall", "driver": "ads1115_uvc", "uw_cm2_per_v": 100.0} | more))


def test_uvc_is_volts_by_the_certificate() -> None:
    said = eye(channel=2, dark_v=0.1).read(chip := Converter(volts=1.0))
    assert said == {"uvc_uw_cm2": pytest.approx(90.0, abs=0.1)}
    assert chip.written == [(0x48, b"\x01\xe3\x83")]


def test_a_converter_that_never_ends_has_not_measured() -> None:
    assert eye(deadline_s=0.05).read(Converter(done=False)) == {"uvc_uw_cm2": Trouble.NOT_MEASURED}


def test_a_converter_that_was_pulled_off_the_bus_does_not_answer() -> None:
    with pytest.raises(BusError):
        eye().read(Converter(there=False))


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
