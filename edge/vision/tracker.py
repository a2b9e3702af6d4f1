"""Who is who from picture to picture, by place alone: predicted motion, overlap and size. No face is recognised."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

LOST_S: Final = 0.6
"""A track unseen for longer is over; whoever comes then is somebody new."""

_FACE_WIDTH_M: Final = 0.15
_SMOOTHING_S: Final = 0.15
_REACH: Final = 0.5  # face widths between where a face was expected and where it is
_REACH_PER_S: Final = 5.0  # people change their pace: 0.75 m/s
_NEW_REACH_PER_S: Final = 10.0  # a face seen once has no pace yet: 1.5 m/s is a brisk walk
_FARTHEST: Final = 1.5
_SIZE_RATIO: Final = 1.7  # one face does not grow or shrink more between two pictures
_WEIGHT_SIZE, _WEIGHT_SCORE = 0.5, 0.1


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
    """

    id: int
    box: tuple[float, float, float, float]
    first_s: float
    last_s: float
    gap_s: float
    longest_gap_s: float
    speed_m_s: float


class _Live:
    """A track as the tracker keeps it."""

    __slots__ = ("box", "first_s", "gap_s", "id", "last_s", "longest_gap_s", "sightings", "velocity")

    def __init__(self, track_id: int, box: Sequence[float], now_s: float) -> None:
        self.id = track_id
        self.box = box
        self.first_s = self.last_s = now_s
        self.gap_s = self.longest_gap_s = 0.0
        self.velocity = (0.0, 0.0)  # pixels per second
        self.sightings = 1

    def move(self, box: Sequence[float], now_s: float) -> None:
        """Take a new sighting in."""
        self.gap_s = now_s - self.last_s
        if self.gap_s > 0.0:
            weight = max(1.0 - math.exp(-self.gap_s / _SMOOTHING_S), 1.0 / self.sightings)
            self.velocity = (
                self._pace(0, box, weight),
                self._pace(1, box, weight),
            )
        self.longest_gap_s = max(self.longest_gap_s, self.gap_s)
        self.box, self.last_s = box, now_s
        self.sightings += 1

    def _pace(self, axis: int, box: Sequence[float], weight: float) -> float:
        moved = (box[axis] + box[axis + 2] - self.box[axis] - self.box[axis + 2]) * 0.5
        return self.velocity[axis] + weight * (moved / self.gap_s - self.velocity[axis])

    def seen(self) -> Track:
        width = max(self.box[2] - self.box[0], 1e-6)
        speed_m_s = math.hypot(*self.velocity) / width * _FACE_WIDTH_M
        x1, y1, x2, y2 = self.box
        return Track(self.id, (x1, y1, x2, y2), self.first_s, self.last_s, self.gap_s, self.longest_gap_s, speed_m_s)


class Tracker:
    """Follows faces by constant velocity; the likeliest pairs of track and face first."""

    def __init__(self) -> None:
        self._live: list[_Live] = []
        self._given = 0

    @property
    def tracks(self) -> tuple[Track, ...]:
        """Everybody followed now, also those unseen in the newest picture (`last_s` tells)."""
        return tuple(live.seen() for live in self._live)

    def update(self, boxes: NDArray[np.floating], scores: NDArray[np.floating], now_s: float) -> list[int]:
        """Take in the faces of one picture taken at `now_s`. Returns each one's track id.

        `boxes` (n, 4) are x1, y1, x2, y2, `scores` (n,) how sure each is a face.
        """
        self._live = [live for live in self._live if now_s - live.last_s <= LOST_S]
        plain = boxes.tolist()
        owners: list[_Live | None] = [None] * len(plain)
        for row, column in _pairs(self._costs(boxes, scores, now_s)):
            owners[column] = self._live[row]
            self._live[row].move(plain[column], now_s)
        return [(owner or self._begin(plain[index], now_s)).id for index, owner in enumerate(owners)]

    def _begin(self, box: Sequence[float], now_s: float) -> _Live:
        self._given += 1
        self._live.append(_Live(self._given, box, now_s))
        return self._live[-1]

    def _costs(self, boxes: NDArray[np.floating], scores: NDArray[np.floating], now_s: float) -> NDArray[np.float64]:
        """(tracks, faces): how little each face looks like the continuation of each track; infinite where it cannot be."""
        if not self._live or len(boxes) == 0:
            return np.empty((len(self._live), len(boxes)))
        gaps = np.array([now_s - live.last_s for live in self._live])
        pace = np.array([live.velocity for live in self._live])
        expected = np.array([live.box for live in self._live]) + np.tile(pace * gaps[:, None], 2)
        per_s = np.array([_NEW_REACH_PER_S if live.sightings == 1 else _REACH_PER_S for live in self._live])
        reach = np.minimum(_REACH + per_s * gaps, _FARTHEST)
        return _likeness(expected, boxes, scores, reach)


def _likeness(
    expected: NDArray[np.float64], boxes: NDArray[np.floating], scores: NDArray[np.floating], reach: NDArray[np.float64]
) -> NDArray[np.float64]:
    area = (expected[:, None, 2:] - expected[:, None, :2]).prod(2)
    other = (boxes[None, :, 2:] - boxes[None, :, :2]).prod(2)
    shift = (expected[:, None, :2] + expected[:, None, 2:] - boxes[None, :, :2] - boxes[None, :, 2:]) * 0.5
    shared = np.maximum(
        np.minimum(expected[:, None, 2:], boxes[None, :, 2:]) - np.maximum(expected[:, None, :2], boxes[None, :, :2]), 0.0
    ).prod(2)
    size = np.sqrt(np.maximum(np.minimum(area, other), 1e-6))
    apart = np.hypot(shift[..., 0], shift[..., 1]) / size
    growth = np.abs(np.log(np.maximum(area, 1e-6) / np.maximum(other, 1e-6))) * 0.5
    cost = apart - shared / np.maximum(area + other - shared, 1e-6) + _WEIGHT_SIZE * growth + _WEIGHT_SCORE * (1.0 - scores)
    possible = (apart <= reach[:, None]) & (growth <= math.log(_SIZE_RATIO)) & np.isfinite(cost)
    return np.where(possible, cost, np.inf)


def _pairs(costs: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Row and column of the cheapest entries, each row and column once, cheapest first."""
    rows, columns = np.nonzero(np.isfinite(costs))
    order = np.argsort(costs[rows, columns], kind="stable")
    taken_rows, taken_columns, pairs = set[int](), set[int](), list[tuple[int, int]]()
    for row, column in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        if row not in taken_rows and column not in taken_columns:
            taken_rows.add(row)
            taken_columns.add(column)
            pairs.append((row, column))
    return pairs
