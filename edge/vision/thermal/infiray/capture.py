"""An InfiRay camera through OpenCV: the bytes of its pictures as they come."""

from __future__ import annotations

from typing import Final

import cv2

from edge.errors import SourceError
from edge.vision.thermal.infiray.frame import COLS, FRAME_ROWS

FPS: Final = 25


class YuyvCapture:
    """An open capture of format YUYV. Raises SourceError when made, also where the camera has no pictures of 256x384."""

    def __init__(self, node: str) -> None:
        self._capture = cv2.VideoCapture(node, cv2.CAP_V4L2)
        if not self._capture.isOpened():
            remedy = "See that no other program uses it and that this user is in the group `video`."
            raise SourceError("the camera does not open", where=node, remedy=remedy)
        # In this order: a change of the format switches the conversion on again, and converted pictures hold no temperatures.
        self._capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"YUYV"))
        self._capture.set(cv2.CAP_PROP_CONVERT_RGB, 0)
        self._capture.set(cv2.CAP_PROP_FRAME_WIDTH, COLS)
        self._capture.set(cv2.CAP_PROP_FRAME_HEIGHT, FRAME_ROWS)
        self._capture.set(cv2.CAP_PROP_FPS, FPS)
        cols, rows = (int(self._capture.get(key)) for key in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT))
        if (rows, cols) != (FRAME_ROWS, COLS):
            self._capture.release()
            what = f"its pictures are {cols}x{rows}, not {COLS}x{FRAME_ROWS}: no P2 Pro or TC001"
            raise SourceError(what, where=node, remedy="Name another node in thermal.device (`v4l2-ctl --list-formats-ext`).")

    def read(self) -> bytes | None:
        arrived, picture = self._capture.read()
        return picture.tobytes() if arrived and picture is not None else None

    def close(self) -> None:
        self._capture.release()
