"""The mirror: the visitor's own picture with every face pixelated here, before it leaves the process."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.board import Board
from edge.frames import FrameRing
from edge.kiosk.mosaic import Box, Picture, pixelate_all, pixelate_faces
from edge.kiosk.shown import BEAT_MAX_AGE_S

WIDEST_PX: Final = 640
"""Larger camera pictures are made smaller on arrival: a mirror needs no more, and eight of them are kept."""
KEPT_FRAMES: Final = 8
"""The gate's boxes come a few frames after the picture; so many are kept to find the very one they belong to."""
REMEMBERED_S: Final = 0.6
"""A face the detector loses for a moment stays covered where it was."""
OLDEST_S: Final = 1.0
"""An older picture is not shown: a mirror that stands still is no mirror."""
JPEG_QUALITY: Final = 75


@dataclass(frozen=True, slots=True)
class Kept:
    """One picture of the ring, (rows, cols, 3) BGR, at most WIDEST_PX wide.

    Attributes:
        scale: its width as a share of the ring's.
    """

    number: int
    taken_s: float
    picture: Picture
    scale: float


class Mirror:
    """Call `look` often and `jpeg` when a picture is wanted. Not shared between viewers."""

    def __init__(self, ring: FrameRing, board: Board) -> None:
        self._ring = ring
        self._board = board
        self._kept: deque[Kept] = deque(maxlen=KEPT_FRAMES)
        self._seen: deque[tuple[float, list[Box]]] = deque(maxlen=64)

    def look(self, now_s: float) -> None:
        """Take in the ring's newest picture and the boxes of the gate's note."""
        frame = self._ring.read(self._kept[-1].number if self._kept else 0)
        if frame is not None:
            self._kept.append(_kept(np.asarray(frame.pixels, np.uint8), frame.number, frame.taken_s))
        note = self._board.read()
        if note is not None:
            self._seen.append((now_s, note["faces"]))

    def jpeg(self, now_s: float) -> bytes | None:
        """The newest picture whose faces are known and covered; else the newest, covered whole. None without a fresh one."""
        if not self._kept or now_s - self._kept[-1].taken_s > OLDEST_S:
            return None
        found, picture = cv2.imencode(".jpg", self._covered(now_s), [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
        return picture.tobytes() if found else None

    def _covered(self, now_s: float) -> NDArray[np.uint8]:
        known = self._known(self._board.read(), now_s)
        if known is None:
            return pixelate_all(self._kept[-1].picture)
        faces = [face for seen_s, boxes in self._seen if now_s - seen_s <= REMEMBERED_S for face in boxes]
        return pixelate_faces(known.picture, [[edge * known.scale for edge in face] for face in _distinct(faces)])

    def _known(self, note: dict[str, Any] | None, now_s: float) -> Kept | None:
        """The kept picture the gate's boxes belong to, and add those boxes; None where there is none or the gate stands still."""
        if note is None or now_s - self._board.beat_s > BEAT_MAX_AGE_S:
            return None
        self._seen.append((now_s, note["faces"]))
        return next((kept for kept in self._kept if kept.number == note["frame"]), None)


def _kept(pixels: Picture, number: int, taken_s: float) -> Kept:
    scale = min(1.0, WIDEST_PX / pixels.shape[1])
    if scale < 1:
        pixels = np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    return Kept(number, taken_s, pixels, scale)


def _distinct(faces: list[Box]) -> list[Box]:
    return [list(face) for face in dict.fromkeys(tuple(face) for face in faces)]
