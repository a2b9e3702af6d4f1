"""A PureThermal board through OpenCV: the 16-bit words as they come, telemetry lines included."""

from __future__ import annotations

import cv2

from edge.errors import SourceError


class Y16Capture:
    """An open capture of format Y16. Raises SourceError when made."""

    def __init__(self, node: str, rows: int, cols: int) -> None:
        """Ask for pictures of `rows` lines, telemetry included; the board answers with what it has."""
        self._capture = cv2.VideoCapture(node, cv2.CAP_V4L2)
        if not self._capture.isOpened():
            remedy = "See that no other program uses it and that this user is in the group `video`."
            raise SourceError("the camera does not open", where=node, remedy=remedy)
        # In this order: a change of the format switches the conversion on again, and converted pictures have 8 bits.
        self._capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"Y16 "))
        self._capture.set(cv2.CAP_PROP_CONVERT_RGB, 0)
        self._capture.set(cv2.CAP_PROP_FRAME_WIDTH, cols)
        self._capture.set(cv2.CAP_PROP_FRAME_HEIGHT, rows)

    def read(self) -> bytes | None:
        arrived, picture = self._capture.read()
        return picture.tobytes() if arrived and picture is not None else None

    def close(self) -> None:
        self._capture.release()
