"""People on their way through an entrance, told as places over time: who crosses whom, who leaves, who takes whose place.

Everything is metres in the camera's frame: x to the right, z away from the camera. The same seed gives the same scene.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, sin
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS: Final = 7.0
GATE_M: Final = 0.9
"""Where a visitor stands."""
_SIDE_M: Final = 1.6
_DOOR_M: Final = 4.5
_PACE_M_S: Final = (0.8, 1.5)
_SMOOTH_S: Final = np.linspace(-0.2, 0.2, 5)
_ELBOW_ROOM_M: Final = 0.3
_TRIES: Final = 60

Way = tuple[tuple[float, float, float], ...]
"""(seconds, x, z): a person is nowhere before the first and after the last, and goes straight in between."""


@dataclass(frozen=True, slots=True)
class Walker:
    """One person.

    Attributes:
        way: where, when.
        tall_m: how much higher the face is than the camera.
        step_s: of one step, and `phase` of it.
    """

    way: Way
    tall_m: float
    step_s: float
    phase: float

    def at(self, t_s: float) -> tuple[float, float, float] | None:
        """x, height above the camera, z of the face's middle, metres; None when not there."""
        if not self.way[0][0] <= t_s < self.way[-1][0]:
            return None
        times_s, x, z = zip(*self.way, strict=True)
        around_s = t_s + _SMOOTH_S  # nobody starts or stops at once
        places = np.interp(around_s, times_s, x), np.interp(around_s, times_s, z)
        pace_m_s = np.hypot(*(place[-1] - place[0] for place in places)) / (around_s[-1] - around_s[0])
        turn, walking = 2 * pi * (t_s / self.step_s + self.phase), min(1.0, float(pace_m_s))
        sway_m, bob_m = (0.006 + 0.02 * walking) * sin(turn / 2), 0.018 * walking * cos(turn)
        return float(places[0].mean()) + sway_m, self.tall_m + bob_m, float(places[1].mean())


def scene(kind: str, seed: int) -> tuple[Walker, ...]:
    """1 to 6 people who do what `kind` (one of KINDS) says, each time a little differently."""
    rng = np.random.default_rng([seed, sorted(KINDS).index(kind), 41])
    walkers: tuple[Walker, ...] = ()
    for _ in range(_TRIES):
        walkers = tuple(
            Walker(way, float(rng.normal(0.0, 0.07)), float(rng.uniform(0.45, 0.6)), float(rng.uniform()))
            for way in KINDS[kind](rng)
        )
        if _elbow_room(walkers):
            break
    return walkers


def _elbow_room(walkers: tuple[Walker, ...]) -> bool:
    """Whether nobody walks through anybody else."""
    for t_s in np.arange(0.0, SECONDS, 0.1):
        places = [place for walker in walkers if (place := walker.at(float(t_s))) is not None]
        for index, (x, _, z) in enumerate(places):
            if any(abs(x - other[0]) < _ELBOW_ROOM_M and abs(z - other[2]) < _ELBOW_ROOM_M for other in places[:index]):
                return False
    return True


def _alone(rng: np.random.Generator) -> list[Way]:
    start_s, x = float(rng.uniform(0, 0.5)), float(rng.uniform(-0.2, 0.2))
    return [_through(rng, start_s, x, stand_s=float(rng.uniform(1.0, 3.0)))]


def _cross(rng: np.random.Generator) -> list[Way]:
    """Two from opposite sides, one before the other or almost beside each other."""
    z = float(rng.uniform(1.0, 2.2))
    back = z + float(rng.choice((0.25, 0.6, 1.2)))
    paces = rng.uniform(*_PACE_M_S, 2)
    return [
        _across(0.3, -_SIDE_M * 1.2, _SIDE_M * 1.2, z, float(paces[0])),
        _across(0.3, _SIDE_M * 1.2, -_SIDE_M * 1.2, back, float(paces[1])),
    ]


def _behind(rng: np.random.Generator) -> list[Way]:
    """One stands at the gate, another passes behind, hidden for a moment; some stop there."""
    x, z = float(rng.uniform(-0.15, 0.15)), GATE_M + float(rng.uniform(0.5, 1.2))
    side, pace = float(rng.choice((-1, 1))), float(rng.uniform(*_PACE_M_S))
    reach_s = 1.5 + (_SIDE_M + 0.3) / pace
    passing: Way = ((1.5, side * _SIDE_M, z), (reach_s, -side * 0.3, z), (reach_s + (_SIDE_M - 0.3) / pace, -side * _SIDE_M, z))
    return [_through(rng, 0.0, x, stand_s=4.0), passing]


def _together(rng: np.random.Generator) -> list[Way]:
    """Two or three walk up side by side and part at the gate."""
    count = int(rng.integers(2, 4))
    gap_m = float(rng.uniform(0.4, 0.6))
    start_s, stand_s = float(rng.uniform(0, 0.4)), float(rng.uniform(0.8, 2.0))
    return [_through(rng, start_s + 0.1 * index, (index - (count - 1) / 2) * gap_m, stand_s) for index in range(count)]


def _relay(rng: np.random.Generator) -> list[Way]:
    """One leaves the gate and the next, who waited close behind, steps into the same place."""
    x, side = float(rng.uniform(-0.15, 0.15)), float(rng.choice((-1, 1)))
    behind_m, leave_s = float(rng.uniform(0.35, 0.9)), float(rng.uniform(2.0, 3.0))
    out_s, in_s = float(rng.uniform(0.5, 1.1)), float(rng.uniform(0.3, 0.9))
    follow_s = leave_s + float(rng.uniform(0.0, 0.7)) * out_s
    first: Way = ((0.0, x, 2.5), (1.2, x, GATE_M), (leave_s, x, GATE_M), (leave_s + out_s, x + side * _SIDE_M, 0.8))
    aside = x + float(rng.uniform(-0.25, 0.25))
    wait = (1.6, aside, GATE_M + behind_m)
    next_: Way = ((0.2, aside, 3.2), wait, (follow_s, *wait[1:]), (follow_s + in_s, x, GATE_M), (SECONDS, x, GATE_M))
    return [first, next_]


def _crowd(rng: np.random.Generator) -> list[Way]:
    """Four to six who mill about."""
    return [_milling(rng) for _ in range(int(rng.integers(4, 7)))]


KINDS: Final[dict[str, Callable[[np.random.Generator], list[Way]]]] = {
    "alone": _alone,
    "cross": _cross,
    "behind": _behind,
    "together": _together,
    "relay": _relay,
    "crowd": _crowd,
}


def _through(rng: np.random.Generator, start_s: float, x: float, stand_s: float) -> Way:
    """From the door to the gate, a while there, and out at one side."""
    pace, side = float(rng.uniform(*_PACE_M_S)), float(rng.choice((-1, 1)))
    there_s = start_s + (_DOOR_M - GATE_M) / pace
    gone_s = there_s + stand_s + _SIDE_M / pace
    return (start_s, 0.3 * x, _DOOR_M), (there_s, x, GATE_M), (there_s + stand_s, x, GATE_M), (gone_s, x + side * _SIDE_M, 0.7)


def _across(start_s: float, from_x: float, to_x: float, z: float, pace: float) -> Way:
    return (start_s, from_x, z), (start_s + abs(to_x - from_x) / pace, to_x, z)


def _milling(rng: np.random.Generator) -> Way:
    places = [(float(rng.uniform(-1.0, 1.0)), float(rng.uniform(0.9, 3.5))) for _ in range(5)]
    t_s, way = float(rng.uniform(0, 1.0)), list[tuple[float, float, float]]()
    for (x, z), (next_x, next_z) in pairwise(places):
        way.append((t_s, x, z))
        t_s += max(0.6, float(np.hypot(next_x - x, next_z - z)) / float(rng.uniform(*_PACE_M_S)))
        way.append((t_s, next_x, next_z))
        t_s += float(rng.uniform(0.01, 0.8))
    return tuple(way)
