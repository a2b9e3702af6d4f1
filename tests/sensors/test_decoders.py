"""Bytes of an analogue-to-digital converter, and the checksum of words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.sensors.devices.ads1115 import single_shot, uvc
from edge.sensors.devices.crc8_words import crc8
from edge.sensors.reading import Trouble


def test_the_checksum_of_beef_is_that_of_the_datasheets() -> None:
    assert crc8(b"\xbe\xef") == 0x92


@given(raw=st.binary(max_size=12))
def test_any_bytes_are_an_irradiance_or_a_trouble(raw: bytes) -> None:
    assert isinstance(uvc(raw, 0.0, 1.0), float | Trouble)


def test_a_converter_at_its_limit_or_below_the_dark_is_no_irradiance() -> None:
    assert uvc((8000).to_bytes(2, "big"), 0.0, 100.0) == pytest.approx(100.0)  # 8000 of 32768 at 4.096 V is 1 V
    assert uvc(b"\x7f\xff", 0.0, 100.0) is Trouble.OUT_OF_RANGE
    assert uvc(b"\x00\x00", 0.5, 100.0) is Trouble.OUT_OF_RANGE  # a wire that fell off a sensor with a live zero
    assert uvc(b"\xff\xf0", 0.0, 100.0) == 0.0


def test_the_converter_is_asked_for_the_input_that_was_wired() -> None:
    assert [single_shot(channel).hex() for channel in range(4)] == ["c383", "d383", "e383", "f383"]
