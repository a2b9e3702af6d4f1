"""Bytes of I2C sensors: what the datasheets show, damaged bytes, and any bytes at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.sensors.devices.ads1115 import single_shot, uvc
from edge.sensors.devices.sensirion import crc8, scd4x, scd4x_ready, sht4x
from edge.sensors.reading import Trouble

SCD4X = bytes.fromhex("01f433 6667a2 5eb93c")
"""500 ppm, 25 degrees, 37 %: the example of its datasheet."""


def test_the_checksum_of_beef_is_that_of_the_datasheets() -> None:
    assert crc8(b"\xbe\xef") == 0x92


def test_the_example_of_the_scd4x_s_datasheet_is_read_right() -> None:
    said = scd4x(SCD4X)
    assert said == {"co2_ppm": 500.0, "air_c": pytest.approx(25.0, abs=0.01), "humidity_pct": pytest.approx(37.0, abs=0.01)}


@given(bit=st.integers(0, len(SCD4X) * 8 - 1))
def test_one_wrong_bit_is_no_value_of_anything(bit: int) -> None:
    damaged = bytearray(SCD4X)
    damaged[bit // 8] ^= 1 << bit % 8
    assert set(scd4x(bytes(damaged)).values()) == {Trouble.CHECKSUM}


@given(raw=st.binary(max_size=12))
def test_any_bytes_are_a_value_that_can_be_or_a_trouble(raw: bytes) -> None:
    for said in (scd4x(raw), sht4x(raw)):
        assert all(isinstance(one, Trouble) or -60.0 <= one <= 65_535.0 for one in said.values())
    assert isinstance(scd4x_ready(raw), bool | Trouble)
    assert isinstance(uvc(raw, 0.0, 1.0), float | Trouble)


@given(words=st.tuples(st.integers(0, 0xFFFF), st.integers(0, 0xFFFF)))
def test_humidity_is_cropped_as_the_sht4x_s_datasheet_says(words: tuple[int, int]) -> None:
    raw = b"".join((word := one.to_bytes(2, "big")) + bytes([crc8(word)]) for one in words)
    humidity_pct = sht4x(raw)["humidity_pct"]
    assert not isinstance(humidity_pct, Trouble)
    assert 0.0 <= humidity_pct <= 100.0


def test_a_converter_at_its_limit_or_below_the_dark_is_no_irradiance() -> None:
    assert uvc((8000).to_bytes(2, "big"), 0.0, 100.0) == pytest.approx(100.0)  # 8000 of 32768 at 4.096 V is 1 V
    assert uvc(b"\x7f\xff", 0.0, 100.0) is Trouble.OUT_OF_RANGE
    assert uvc(b"\x00\x00", 0.5, 100.0) is Trouble.OUT_OF_RANGE  # a wire that fell off a sensor with a live zero
    assert uvc(b"\xff\xf0", 0.0, 100.0) == 0.0


def test_the_converter_is_asked_for_the_input_that_was_wired() -> None:
    assert [single_shot(channel).hex() for channel in range(4)] == ["c383", "d383", "e383", "f383"]
