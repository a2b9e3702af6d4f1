"""A picture of an InfiRay as bytes: two halves, little-endian words in 1/64 K, rows from the top."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.errors import SourceError
from edge.sim.wire.infiray import yuyv_of
from edge.vision.thermal.infiray.capture import YuyvCapture
from edge.vision.thermal.infiray.complaints import complaint, torn
from edge.vision.thermal.infiray.frame import FRAME_BYTES, counts_of, grey_of, sixty_fourths_of
from tests.vision.infiray.scenes import room


def with_word(row: int, col: int, low: int, high: int) -> bytes:
    data = bytearray(FRAME_BYTES)
    at = (192 + row) * 512 + col * 2
    data[at : at + 2] = bytes([low, high])
    return bytes(data)


@pytest.mark.parametrize(("row", "col"), [(0, 0), (0, 255), (1, 0), (191, 255), (100, 7)])
def test_a_pixel_is_the_low_and_the_high_byte_of_its_place_in_the_lower_half(row: int, col: int) -> None:
    words = sixty_fourths_of(with_word(row, col, 0x38, 0x4A))
    assert words[row, col] == 0x4A38
    assert np.count_nonzero(words) == 1
    assert counts_of(words)[row, col] == 29_688  # 19000 / 64 = 296.875 K; half a centikelvin goes up


@given(st.integers(0, 65_535))
def test_sixty_fourths_are_rounded_to_a_centikelvin(word: int) -> None:
    count = int(counts_of(np.array([word], np.uint16))[0])
    exact = word / 64 * 100
    if exact > 65_534.5:
        assert count == 65_535, "saturated: it must not look like a lower temperature"
    else:
        assert abs(count - exact) <= 0.5
    assert (count == 0) is (word == 0)


def test_the_upper_half_is_the_picture_to_look_at() -> None:
    data = yuyv_of(room())
    grey = grey_of(data)
    assert grey.shape == (192, 256)
    assert grey[95, 128] > grey[95, 10] + 50, "the face is brighter than the wall"
    assert np.abs(counts_of(sixty_fourths_of(data)) / 100 - 273.15 - room()).max() < 0.014


@pytest.mark.parametrize("size", [0, FRAME_BYTES - 2, FRAME_BYTES // 2, FRAME_BYTES + 512])
def test_bytes_of_another_size_are_no_picture(size: int) -> None:
    for decode in (grey_of, sixty_fourths_of):
        with pytest.raises(ValueError, match=f"not {size}"):
            decode(bytes(size))


def test_a_pixel_without_a_value_stays_one() -> None:
    celsius = room()
    celsius[3, 4] = np.nan
    assert counts_of(sixty_fourths_of(yuyv_of(celsius)))[3, 4] == 0


def test_a_room_is_no_reason_to_complain_and_other_bytes_are() -> None:
    data = yuyv_of(room())
    words = sixty_fourths_of(data)
    assert complaint(words) is None
    assert complaint(np.zeros_like(words)) is None
    assert complaint(words.byteswap()) == "the bytes of the pixels are swapped"
    upper_half = data[: FRAME_BYTES // 2]
    assert "no temperatures" in str(complaint(sixty_fourths_of(upper_half + upper_half)))
    assert "no temperatures" in str(complaint(counts_of(words))), "centikelvin read as 1/64 K"


@pytest.mark.parametrize("shift", [512 * 4, 512 * 60, 50_001])
def test_a_picture_that_slid_is_torn(shift: int) -> None:
    data = yuyv_of(room())
    slid = data[-shift:] + data[:-shift]
    assert torn(counts_of(sixty_fourths_of(slid)))
    assert not torn(counts_of(sixty_fourths_of(data)))


class Capture:
    """A camera behind OpenCV."""

    asked: list[tuple[int, float]]
    rows, cols = 384, 256
    opens = True

    def __init__(self, node: str, backend: int) -> None:
        assert (node, backend) == ("/dev/video2", cv2.CAP_V4L2)
        type(self).asked = []

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return self.opens

    def set(self, key: int, value: float) -> bool:
        self.asked.append((key, value))
        return True

    def get(self, key: int) -> float:
        return {cv2.CAP_PROP_FRAME_WIDTH: self.cols, cv2.CAP_PROP_FRAME_HEIGHT: self.rows}[key]

    def read(self) -> tuple[bool, np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]]:
        return True, np.frombuffer(yuyv_of(room()), np.uint8).reshape(384, 256, 2)

    def release(self) -> None:
        self.asked.append((-1, 0))


def test_opencv_is_asked_for_the_bytes_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cv2, "VideoCapture", Capture)
    capture = YuyvCapture("/dev/video2")
    assert [key for key, _ in Capture.asked[:2]] == [cv2.CAP_PROP_FOURCC, cv2.CAP_PROP_CONVERT_RGB]
    assert dict(Capture.asked)[cv2.CAP_PROP_CONVERT_RGB] == 0
    assert capture.read() == yuyv_of(room())
    capture.close()
    assert Capture.asked[-1] == (-1, 0)


def test_a_camera_without_such_pictures_is_refused_and_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cv2, "VideoCapture", Capture)
    monkeypatch.setattr(Capture, "rows", 480)
    with pytest.raises(SourceError, match="256x480, not 256x384: no P2 Pro or TC001"):
        YuyvCapture("/dev/video2")
    assert Capture.asked[-1] == (-1, 0)
    monkeypatch.setattr(Capture, "opens", False)
    with pytest.raises(SourceError, match=r"does not open.*group `video`"):
        YuyvCapture("/dev/video2")
