"""Who is taken for whom: scenes of one to six people at 10 and 25 pictures a second, and what following them costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.identities import Score, score
from benchmarks.result import Figure, Json, Result
from benchmarks.timing import Times
from edge.sim.sightings import Eye, watch
from edge.sim.walks import KINDS, SECONDS, scene
from edge.vision.tracker import Tracker

SEEDS: Final = 35
RATES_FPS: Final = (10.0, 25.0)
FACES: Final = (1, 8, 20)
UPDATES, WARM = 400, 40
TAKEN_OVER_PERCENT: Final = 1.0


def measure(folder: Path, say: Callable[[str], None]) -> Result:
    del folder
    say(f"{SEEDS} scenes each of {', '.join(KINDS)}, at {' and '.join(f'{fps:g}' for fps in RATES_FPS)} pictures a second")
    scores = {fps: {kind: _kind(kind, fps) for kind in KINDS} for fps in RATES_FPS}
    say(f"{UPDATES} updates with {FACES} faces")
    costs = {count: _cost(count) for count in FACES}
    figures: list[Figure] = []
    for fps, kinds in scores.items():
        total = _total(kinds)
        figures += [
            Figure(f"{fps:g} fps: IDSW in {total.scenes} scenes of {total.people} people", total.switches, ""),
            Figure(f"{fps:g} fps: FRAG", total.fragments, ""),
            Figure(f"{fps:g} fps: scenes in which a track covers two people", _percent(total.merged, total), "%"),
            Figure(
                f"{fps:g} fps: the same unnoticed, a PASS could be alive",
                _percent(total.taken_over, total),
                "%",
                TAKEN_OVER_PERCENT,
            ),
        ]
    figures += [Figure(f"an update, {count} faces", times.wall.p50, "ms") for count, times in costs.items()]
    details: dict[str, Json] = {
        f"{fps:g} fps": {kind: asdict(one) for kind, one in kinds.items()} for fps, kinds in scores.items()
    } | {"update_ms": {str(count): asdict(times.wall) for count, times in costs.items()}}
    method = (
        f"seeded walks of {SECONDS:g} s with noisy boxes, misses, hidden faces and false alarms; FRAG: switches to a fresh "
        "number; unnoticed: no gap over 0.3 s and no doubt said between a person with enough frames for a PASS and another"
    )
    return Result("tracking", method, tuple(figures), details)


def _kind(kind: str, fps: float) -> Score:
    total = Score()
    for seed in range(SEEDS):
        total.add(score(Tracker(), watch(scene(kind, seed), SECONDS, fps, seed, Eye())))
    return total


def _total(kinds: dict[str, Score]) -> Score:
    total = Score()
    for one in kinds.values():
        total.add(one)
    return total


def _percent(count: int, total: Score) -> float:
    return 100.0 * count / total.scenes


def _cost(count: int) -> Times:
    """One picture after the other with `count` people who stand beside each other; what the loop asks of the tracker."""
    rng = np.random.default_rng(count)
    corner = np.array([(60.0 + 110.0 * (index % 5), 40.0 + 105.0 * (index // 5)) for index in range(count)])
    standing = np.concatenate([corner, np.add(corner, (70.0, 90.0))], 1)
    scores: NDArray[np.float32] = np.full(count, 0.9, np.float32)
    tracker, times = Tracker(), Times()
    for tick in range(UPDATES):
        boxes = (standing + rng.normal(0.0, 1.5, standing.shape)).astype(np.float32)

        def follow(boxes: NDArray[np.float32] = boxes, now_s: float = tick / 25.0) -> None:
            tracker.update(boxes, scores, now_s)
            assert len(tracker.tracks) == count

        times.of(follow)
    return times.without_first(WARM)
