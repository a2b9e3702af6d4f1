"""Requests to a PureThermal board, and what OpenCV is asked for its pictures."""

from __future__ import annotations

import sys
from typing import ClassVar

import cv2
import numpy as np
import pytest

from edge.errors import SourceError
from edge.vision.thermal.lepton.commands import Command, words_of
from edge.vision.thermal.lepton.uvc_capture import Y16Capture
from edge.vision.thermal.lepton.uvc_extension import CTRL_QUERY, UvcCci, query_node
from tests.vision.lepton.board import Board


@pytest.mark.parametrize(
    ("command", "unit", "selector"),
    [
        (Command.SYS_FLIR_SERIAL_NUMBER, 6, 3),
        (Command.OEM_PART_NUMBER, 4, 8),
        (Command.SYS_RUN_FFC, 6, 17),
        (Command.AGC_ENABLE_STATE, 3, 1),
        (Command.RAD_TLINEAR_ENABLE_STATE, 5, 49),
    ],
)
def test_a_command_is_the_control_of_its_unit_that_the_board_says(command: Command, unit: int, selector: int) -> None:
    board = Board()
    cci = UvcCci(board, "/dev/video2")
    if words_of(command):
        cci.get(command)
    else:
        cci.run(command)
    assert board.requests[0][:2] == (unit, selector)


def test_the_request_to_the_kernel_is_the_one_of_its_header() -> None:
    """_IOWR('u', 0x21, struct uvc_xu_control_query), which has 16 bytes where a pointer has 8."""
    assert (0xC0107521 if sys.maxsize > 2**32 else 0xC00C7521) == CTRL_QUERY


def test_a_node_that_is_no_board_refuses_the_request_in_words() -> None:
    with pytest.raises(SourceError, match="the board does not pass SYS_GAIN_MODE on"):
        UvcCci(query_node("/dev/null"), "/dev/null").get(Command.SYS_GAIN_MODE)


class Recorder:
    """What OpenCV is asked, in order."""

    asked: ClassVar[list[tuple[int, float]]] = []

    def __init__(self, node: str, backend: int) -> None:
        assert (node, backend) == ("/dev/video2", cv2.CAP_V4L2)
        self.asked.clear()

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return True

    def set(self, key: int, value: float) -> bool:
        self.asked.append((key, value))
        return True

    def read(self) -> tuple[bool, np.ndarray[tuple[int, int], np.dtype[np.uint16]]]:
        return True, np.full((122, 160), 0x7530, np.uint16)

    def release(self) -> None:
        self.asked.append((-1, 0))


def test_the_format_is_asked_for_before_the_conversion_is_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """The order matters: a change of format switches it on again."""
    monkeypatch.setattr(cv2, "VideoCapture", Recorder)
    capture = Y16Capture("/dev/video2", 122, 160)
    keys = [key for key, _ in Recorder.asked]
    assert keys[:2] == [cv2.CAP_PROP_FOURCC, cv2.CAP_PROP_CONVERT_RGB]
    assert Recorder.asked[0][1] == cv2.VideoWriter.fourcc(*"Y16 ")
    assert dict(Recorder.asked)[cv2.CAP_PROP_FRAME_HEIGHT] == 122
    data = capture.read()
    assert data is not None
    assert data[:2] == b"\x30\x75"
    capture.close()
    assert Recorder.asked[-1] == (-1, 0)
