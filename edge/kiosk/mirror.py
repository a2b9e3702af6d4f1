"""The mirror: the visitor's own picture with every face pixelated here, before it leaves the process."""

from __future__ import annotations

from collections import deque
from typing import Any, Final

import cv2

from edge.board import Board
from edge.frames import FrameRing
from edge.kiosk.kept import Kept, KeptFrames
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


class Mirror:
    """Call `look` often and `jpeg` when a picture is wanted. Not shared between viewers."""

    def __init__(self, ring: FrameRing, board: Board) -> None:
        self._board = board
        self._kept = KeptFrames(ring, KEPT_FRAMES, WIDEST_PX)
        self._seen: deque[tuple[float, list[Box]]] = deque(maxlen=64)

    def look(self, now_s: float) -> None:
        """Take in the ring's newest picture and the boxes of the gate's note."""
        self._kept.look()
        note = self._board.read()
        if note is not None:
            self._seen.append((now_s, note["faces"]))

    def jpeg(self, now_s: float) -> bytes | None:
        """The newest picture whose faces are known and covered; else the newest, covered whole. None without a fresh one."""
        newest = self._kept.newest
        if newest is None or now_s - newest.taken_s > OLDEST_S:
            return None
        found, picture = cv2.imencode(".jpg", self._covered(newest, now_s), [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
        return picture.tobytes() if found else None

    def _covered(self, newest: Kept, now_s: float) -> Picture:
        known = self._known(self._board.read(), now_s)
        if known is None:
            return pixelate_all(newest.picture)
        faces = [face for seen_s, boxes in self._seen if now_s - seen_s <= REMEMBERED_S for face in boxes]
        return pixelate_faces(known.picture, [[edge * known.scale for edge in face] for face in _distinct(faces)])

    def _known(self, note: dict[str, Any] | None, now_s: float) -> Kept | None:
        """The kept picture the gate's boxes belong to, and add those boxes; None where there is none or the gate stands still."""
        if note is None or now_s - self._board.beat_s > BEAT_MAX_AGE_S:
            return None
        self._seen.append((now_s, note["faces"]))
        return self._kept.find(note["frame"])


def _distinct(faces: list[Box]) -> list[Box]:
    return [list(face) for face in dict.fromkeys(tuple(face) for face in faces)]
