"""Codes as people hold them before a camera."""

from __future__ import annotations

import numpy as np
import pytest

from contract.errors import MenshenError
from edge.qr.reader import QrReader
from tests.qr.codes import Signer, phone

WHOLE = (0.0, 0.0, 1.0, 1.0)
TEXT = Signer().badge()


@pytest.mark.parametrize(
    ("side_px", "turned_deg", "blur_px"), [(200, 0, 0), (240, 12, 0.7), (300, -25, 1.0), (160, 5, 0), (260, 90, 0.5)]
)
def test_a_badge_on_a_phone_is_read(side_px: int, turned_deg: float, blur_px: float) -> None:
    assert QrReader(WHOLE).read(phone(TEXT, side_px, turned_deg, blur_px)) == [TEXT]


def test_a_grey_camera_reads_it_too() -> None:
    assert QrReader(WHOLE).read(phone(TEXT)[:, :, 1]) == [TEXT]


def test_only_the_part_of_the_picture_that_is_meant_is_looked_at() -> None:
    assert QrReader((0.0, 0.0, 0.3, 1.0)).read(phone(TEXT)) == []
    assert QrReader((0.25, 0.2, 0.75, 0.8)).read(phone(TEXT)) == [TEXT]


@pytest.mark.parametrize("shape", [(1, 1, 3), (5, 640, 3), (480, 640, 3), (480, 640)])
def test_a_picture_without_a_code_or_hardly_a_picture_is_read_as_nothing(shape: tuple[int, ...]) -> None:
    noise = np.random.default_rng(3).integers(0, 255, shape).astype(np.uint8)
    assert QrReader(WHOLE).read(noise) == []


def test_an_area_that_is_none_is_refused() -> None:
    with pytest.raises(MenshenError, match="no part of a picture"):
        QrReader((0.5, 0.0, 0.5, 1.0))
