"""Who is who from picture to picture, by place and size alone. No face is recognised, and no mask is a face's name."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from edge.vision.assignment import assign
from edge.vision.motion import Motion, measured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

LOST_S: Final = 0.6
"""A track unseen for longer is over; whoever comes then is somebody new."""

HIDDEN_LOST_S: Final = 0.9
"""The same while somebody nearer stands before the place where it is expected."""

ONCE_LOST_S: Final = 0.25
"""The same for what was seen in one picture only: a false alarm does not wait for a face."""

_FACE_WIDTH_M: Final = 0.15
_ALONE: Final = 18.0  # minus twice the log of how likely a face is somebody new, in that place
_DOUBT: Final = 6.0  # a pairing less than 20 times as likely as another is no proof of who somebody is
_STRANGER: Final = 14.0  # the same against somebody new; a lone walker is doubted in 1 of 200 pictures
_WEIGHT_SCORE: Final = 1.0
_CLOSE, _ALIKE, _PASSING_PER_S = 1.0, 0.4, 1.0  # sizes between the middles, log of the ratio of the sizes, sizes a second
_BEFORE: Final = 0.3  # of a face, covered by one at least as large


@dataclass(frozen=True, slots=True)
class Track:
    """One face followed over time.

    Attributes:
        id: 1, 2, 3 ...; never given twice.
        box: x1, y1, x2, y2 where it was last seen, colour pixels.
        first_s, last_s: monotonic times of the first and the newest picture it was seen in.
        gap_s: time between its two newest sightings.
        longest_gap_s: the longest such time.
        speed_m_s: across the picture, by a face width of 150 mm; walking towards the camera does not count.
        doubted: whether its newest sighting could nearly as well have been somebody else: what was known of this person
            before must not speak for whoever it is now.
    """

    id: int
    box: tuple[float, float, float, float]
    first_s: float
    last_s: float
    gap_s: float
    longest_gap_s: float
    speed_m_s: float
    doubted: bool


class _Live:
    """A track as the tracker keeps it; its motion stands in the same row of the tracker's `Motion`."""

    __slots__ = ("box", "doubted", "first_s", "gap_s", "hidden", "id", "last_s", "longest_gap_s")

    def __init__(self, track_id: int, box: Sequence[float], now_s: float) -> None:
        self.id = track_id
        self.box = box
        self.first_s = self.last_s = now_s
        self.gap_s = self.longest_gap_s = 0.0
        self.doubted = self.hidden = False

    def move(self, box: Sequence[float], now_s: float, *, doubted: bool) -> None:
        """Take a new sighting in."""
        self.gap_s = now_s - self.last_s
        self.longest_gap_s = max(self.longest_gap_s, self.gap_s)
        self.box, self.last_s, self.doubted = box, now_s, doubted
        self.hidden = False

    def lost(self, now_s: float) -> bool:
        if self.first_s == self.last_s:
            return now_s - self.last_s > ONCE_LOST_S
        return now_s - self.last_s > (HIDDEN_LOST_S if self.hidden else LOST_S)

    def seen(self, pace: Sequence[float]) -> Track:
        x1, y1, x2, y2 = self.box
        speed_m_s = math.hypot(pace[0], pace[1]) / max(x2 - x1, 1e-6) * _FACE_WIDTH_M
        return Track(
            self.id, (x1, y1, x2, y2), self.first_s, self.last_s, self.gap_s, self.longest_gap_s, speed_m_s, self.doubted
        )


class Tracker:
    """Follows faces by constant velocity; the pairing of tracks and faces is the likeliest as a whole."""

    def __init__(self) -> None:
        self._live: list[_Live] = []
        self._motion = Motion()
        self._given = 0
        self._now_s = 0.0

    @property
    def tracks(self) -> tuple[Track, ...]:
        """Everybody followed now, also those unseen in the newest picture (`last_s` tells)."""
        return tuple(live.seen(pace) for live, pace in zip(self._live, self._motion.pace.tolist(), strict=True))

    def update(self, boxes: NDArray[np.floating], scores: NDArray[np.floating], now_s: float) -> list[int]:
        """Take in the faces of one picture taken at `now_s`. Returns each one's track id.

        `boxes` (n, 4) are x1, y1, x2, y2, `scores` (n,) how sure each is a face.
        """
        self._motion.go_on(now_s - self._now_s)
        self._now_s = now_s
        self._drop(now_s)
        faces, plain = measured(boxes), boxes.tolist()
        owners: list[int | None] = [None] * len(plain)
        pairs = self._pairs(faces, scores)
        for row, column, doubted in pairs:
            owners[column] = self._live[row].id
            self._live[row].move(plain[column], now_s, doubted=doubted)
        if pairs:
            self._motion.see([row for row, _, _ in pairs], faces[[column for _, column, _ in pairs]])
        self._hide(boxes, now_s)
        self._doubt_neighbours()
        return self._named(owners, plain, faces, now_s)

    def _drop(self, now_s: float) -> None:
        kept = [row for row, live in enumerate(self._live) if not live.lost(now_s)]
        if len(kept) < len(self._live):
            self._live = [self._live[row] for row in kept]
            self._motion.keep(kept)

    def _pairs(self, faces: NDArray[np.float64], scores: NDArray[np.floating]) -> list[tuple[int, int, bool]]:
        """Row, column, and whether that could be otherwise."""
        if not self._live or len(faces) == 0:
            return []
        costs = (self._motion.surprise(faces) + _WEIGHT_SCORE * (1.0 - scores)).tolist()
        return [
            (pair.row, pair.column, pair.lead < _DOUBT or costs[pair.row][pair.column] > _ALONE - _STRANGER)
            for pair in assign(costs, _ALONE)
        ]

    def _hide(self, boxes: NDArray[np.floating], now_s: float) -> None:
        """Note of whom we see nothing whether somebody nearer stands before the place."""
        unseen = [row for row, live in enumerate(self._live) if live.last_s < now_s]
        if not unseen or len(boxes) == 0:
            return
        half = 0.5 * np.sqrt(self._motion.unit[unseen, :1])
        middle = self._motion.place[unseen, :2]
        low, high = middle - half, middle + half
        wide = np.minimum(high[:, None], boxes[None, :, 2:]) - np.maximum(low[:, None], boxes[None, :, :2])
        covered = np.maximum(wide, 0.0).prod(2) / (4.0 * half * half)
        larger = (boxes[:, 2:] - boxes[:, :2]).prod(1) >= 4.0 * half * half
        for row, hidden in zip(unseen, ((covered > _BEFORE) & larger).any(1).tolist(), strict=True):
            self._live[row].hidden = self._live[row].hidden or hidden

    def _doubt_neighbours(self) -> None:
        """Two faces of a size that overlap in passing, seen or only expected, are not told apart for certain."""
        if len(self._live) > 1:
            for row in np.flatnonzero(self._motion.close(_CLOSE, _ALIKE, _PASSING_PER_S)).tolist():
                self._live[row].doubted = True

    def _named(self, owners: list[int | None], plain: list[list[float]], faces: NDArray[np.float64], now_s: float) -> list[int]:
        """The ids of all faces; those without an owner begin tracks."""
        fresh = [column for column, owner in enumerate(owners) if owner is None]
        if fresh:
            self._motion.begin(faces[fresh])
        for column in fresh:
            self._given += 1
            self._live.append(_Live(self._given, plain[column], now_s))
            owners[column] = self._given
        return [owner for owner in owners if owner is not None]
