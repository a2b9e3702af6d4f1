"""What a face detector makes of people on their way: noisy boxes, misses, hidden faces, false alarms; with the truth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from edge.sim.stage import STAGE_HEIGHT_PX, STAGE_WIDTH_PX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

NOBODY: Final = -1
_FOCAL_PX: Final = 555.0  # 60 degrees across
_FACE_M: Final = (0.15, 0.20)
_SHOULDERS_M: Final = 0.44
_HIDDEN, _HALF_HIDDEN = 0.5, 0.2  # shares of a face behind somebody: not found, and found half of the time
_INSIDE: Final = 0.6  # a face of which less is in the picture is not found
_SMALLEST_PX: Final = 18.0
_BURSTS_PER_S, _BURST_S = 0.15, 0.35  # a face turned away


class Walking(Protocol):
    """Somebody on the way: a `Walker`, or one who decides on the way."""

    def at(self, t_s: float) -> tuple[float, float, float] | None:
        """x, height above the camera, z of the face's middle, metres; None when not there."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One picture's faces, in the detector's order.

    Attributes:
        t_s: when it was taken.
        boxes: (n, 4) float32 x1, y1, x2, y2.
        scores: (n,) float32.
        who: of each face the person's number, or NOBODY for a false alarm.
    """

    t_s: float
    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    who: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Eye:
    """How good the detector is.

    Attributes:
        place, size: standard deviation of a box's middle and size, shares of the face.
        missed: share of plainly visible faces that are not found.
        false: false alarms per picture, half of them at one place again and again.
    """

    place: float = 0.02
    size: float = 0.03
    missed: float = 0.04
    false: float = 0.06


def watch(walkers: tuple[Walking, ...], seconds: float, fps: float, seed: int, eye: Eye) -> Iterator[Sighting]:
    """The pictures of a scene."""
    rng = np.random.default_rng([seed, round(fps), 43])
    haunt = rng.uniform((60, 60), (STAGE_WIDTH_PX - 60, STAGE_HEIGHT_PX - 60))
    away_s = [_turned_away(rng, seconds) for _ in walkers]
    for tick in range(round(seconds * fps)):
        t_s = tick / fps
        rows = [
            (_noisy(box, rng, eye, 2.0 if hidden > _HALF_HIDDEN else 1.0), number)
            for number, box, hidden in _visible(walkers, t_s)
            if not _missed(hidden, t_s, away_s[number], rng, eye)
        ]
        rows += [(box, NOBODY) for box in _false_alarms(haunt, rng, eye)]
        rows = [rows[index] for index in rng.permutation(len(rows))]
        boxes = np.array([box for box, _ in rows], np.float32).reshape(-1, 4)
        scores = np.array([rng.uniform(0.5, 0.7) if who == NOBODY else rng.uniform(0.6, 0.97) for _, who in rows], np.float32)
        yield Sighting(t_s, boxes, scores, tuple(who for _, who in rows))


def _visible(walkers: tuple[Walking, ...], t_s: float) -> Iterator[tuple[int, NDArray[np.float64], float]]:
    """Number, face box and hidden share of everybody large enough and inside the picture."""
    places = [(place[2], number, place) for number, walker in enumerate(walkers) if (place := walker.at(t_s)) is not None]
    nearer: list[NDArray[np.float64]] = []
    for z, number, (x, y, _) in sorted(places):
        middle = np.array([STAGE_WIDTH_PX / 2 + _FOCAL_PX * x / z, STAGE_HEIGHT_PX / 2 - _FOCAL_PX * y / z])
        half = np.array(_FACE_M) * _FOCAL_PX / z / 2
        box = np.concatenate([middle - half, middle + half])
        hidden = min(1.0, sum(_covered(box, other) for other in nearer))
        inside = _covered(box, np.array([0, 0, STAGE_WIDTH_PX, STAGE_HEIGHT_PX], np.float64))
        if inside >= _INSIDE and 2 * half[1] >= _SMALLEST_PX:
            yield number, box, hidden
        shoulders = _SHOULDERS_M / 2 * _FOCAL_PX / z
        chin = middle[1] + 1.3 * half[1]
        nearer += [box, np.array([middle[0] - shoulders, chin, middle[0] + shoulders, STAGE_HEIGHT_PX])]


def _covered(box: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Share of `box` that `other` covers."""
    wide = np.minimum(box[2:], other[2:]) - np.maximum(box[:2], other[:2])
    return float(np.maximum(wide, 0.0).prod() / (box[2:] - box[:2]).prod())


def _missed(hidden: float, t_s: float, away_s: list[tuple[float, float]], rng: np.random.Generator, eye: Eye) -> bool:
    chance = 1.0 if hidden > _HIDDEN else 0.5 if hidden > _HALF_HIDDEN else eye.missed
    return bool(rng.uniform() < chance) or any(start_s <= t_s < end_s for start_s, end_s in away_s)


def _turned_away(rng: np.random.Generator, seconds: float) -> list[tuple[float, float]]:
    starts = rng.uniform(0.0, seconds, int(rng.poisson(_BURSTS_PER_S * seconds)))
    return [(float(start_s), float(start_s + rng.uniform(0.08, _BURST_S))) for start_s in starts]


def _noisy(box: NDArray[np.float64], rng: np.random.Generator, eye: Eye, worse: float) -> NDArray[np.float64]:
    middle, size = (box[:2] + box[2:]) / 2, box[2:] - box[:2]
    middle = middle + rng.normal(0.0, worse * eye.place, 2) * size
    half = size * np.exp(rng.normal(0.0, worse * eye.size, 2)) / 2
    return np.concatenate([middle - half, middle + half])


def _false_alarms(haunt: NDArray[np.float64], rng: np.random.Generator, eye: Eye) -> list[NDArray[np.float64]]:
    found = []
    for _ in range(int(rng.poisson(eye.false))):
        again = rng.uniform() < 0.5
        middle = haunt + rng.normal(0.0, 2.0, 2) if again else rng.uniform((0, 0), (STAGE_WIDTH_PX, STAGE_HEIGHT_PX))
        half = np.array([15.0, 20.0]) if again else np.array([3.0, 4.0]) * rng.uniform(3, 12)
        found.append(np.concatenate([middle - half, middle + half]))
    return found
