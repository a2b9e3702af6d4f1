"""The AMG8833 in its own bytes."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.config.sources import Amg8833Thermal
from edge.errors import BusError, SourceError
from edge.vision.thermal.amg8833 import Amg8833Source, pixels_c, thermistor_c
from tests.clocks import FakeClock


@dataclass
class Chip:
    """Registers and nothing else."""

    registers: bytearray = field(default_factory=lambda: bytearray(256))
    silent: bool = False
    deaf: bool = False

    def write(self, address: int, data: bytes) -> None:
        assert address == 0x69
        if self.deaf:
            return
        self.registers[data[0] : data[0] + len(data) - 1] = data[1:]

    def write_then_read(self, address: int, data: bytes, count: int) -> bytes:
        if self.silent or address != 0x69:
            raise BusError("the device at 0x69 does not answer", where="bus", remedy="Check its wires.")
        return bytes(self.registers[data[0] : data[0] + count])

    def close(self) -> None:
        pass


def chip(celsius: float = 22.0) -> Chip:
    made = Chip()
    made.registers[0x0E:0x10] = (24 * 16).to_bytes(2, "little")
    made.registers[0x80:0x100] = np.full(64, celsius * 4, "<u2").tobytes()
    return made


def opened(of: Chip, clock: FakeClock | None = None) -> Amg8833Source:
    clock = clock or FakeClock()
    return Amg8833Source(Amg8833Thermal(source="amg8833"), clock, of, clock.advance)


@pytest.mark.parametrize(
    ("word", "celsius"),
    [(0x000, 0.0), (0x001, 0.25), (0x064, 25.0), (0x1F4, 125.0), (0xFFF, -0.25), (0xF92, -27.5), (0xF24, -55.0)],
)
def test_pixels_are_those_of_the_specification(word: int, celsius: float) -> None:
    assert pixels_c(word.to_bytes(2, "little") * 64).tolist() == [celsius] * 64


@pytest.mark.parametrize(
    ("word", "celsius"), [(0x000, 0.0), (0x190, 25.0), (0x7FF, 127.9375), (0x801, -0.0625), (0xBBB, -59.6875)]
)
def test_the_thermistor_has_a_sign_and_a_magnitude(word: int, celsius: float) -> None:
    assert thermistor_c(word.to_bytes(2, "little")) == celsius


@given(st.binary(min_size=128, max_size=128))
def test_any_bytes_are_temperatures_or_refused(data: bytes) -> None:
    if any(byte & 0xF0 for byte in data[1::2]):
        with pytest.raises(ValueError, match="12 bits"):
            pixels_c(data)
    else:
        assert np.abs(pixels_c(data)).max() <= 512


def test_pictures_come_ten_times_a_second() -> None:
    clock, body = FakeClock(), chip()
    body.registers[0x80 + 2 * 27 : 0x80 + 2 * 28] = (31 * 4).to_bytes(2, "little")
    source = opened(body, clock)
    shots = [shot for _ in range(5) if (shot := source.read()) is not None]
    assert np.allclose(np.diff([shot.taken_s for shot in shots]), 0.1)
    assert shots[0].counts.shape == (8, 8)
    assert shots[0].counts[3, 3] == 30415
    assert shots[0].counts[0, 0] == 29515


@pytest.mark.parametrize(
    ("registers", "what"),
    [
        (bytes(256), "every pixel is 0"),
        (b"\xff" * 256, "did not take its settings"),
        (b"\x00" * 0x80 + b"\x00\xf0" * 64, "more than 12 bits"),
    ],
)
def test_what_is_no_amg8833_is_refused(registers: bytes, what: str) -> None:
    other = Chip(bytearray(registers), deaf=True)
    with pytest.raises(SourceError, match=what):
        opened(other)


def test_a_sensor_that_falls_silent_is_gone() -> None:
    of = chip()
    source = opened(of)
    of.silent = True
    with pytest.raises(SourceError, match="does not answer"):
        source.read()
