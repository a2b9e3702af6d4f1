"""A poster on the wall, and two people who come together: twenty drawn scenes of each before a whole gate."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from contract.verdicts import Verdict
from edge.sim.drawing import Placement
from edge.sim.walk_up import CAST
from edge.sim.world import Actor
from edge.vision.detector import Detector
from tests.gate.watched import Watched, somebody

SCENES = 20
POSTER_S = 0.8
MOST = 0.85
"""Of the scenes: a drawn visitor the network is unsure about waits, which is no mistake of the gate."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector.open()


def seeds() -> Iterator[tuple[int, np.random.Generator]]:
    for seed in range(SCENES):
        yield seed, np.random.default_rng([seed, 47])


def test_a_poster_never_passes_and_keeps_no_visitor_waiting(detector: Detector) -> None:
    alone, beside = [], []
    for seed, rng in seeds():
        # Not before the reference body, which hangs at the upper left: that is another fault, with an alarm of its own.
        x, y, size = float(rng.uniform(490, 530)), float(rng.uniform(120, 260)), float(rng.uniform(85, 150))
        face = int(rng.choice(CAST))
        poster = somebody(face, x, y, size, Placement.WORN if seed % 2 else None)
        visitor = somebody(CAST[(CAST.index(face) + 1 + seed % 5) % len(CAST)], 280.0, 225.0, 190.0, Placement.WORN)

        def seen(t_s: float, poster: Actor = poster, visitor: Actor = visitor) -> tuple[Actor, ...]:
            return (poster,) if t_s < POSTER_S else (poster, visitor)

        def warm(t_s: float, visitor: Actor = visitor) -> tuple[Actor, ...]:
            return () if t_s < POSTER_S else (visitor,)

        gate = Watched(detector, seen, warm, seed)
        gate.until(POSTER_S)
        alone.append(gate.passes)
        gate.until(POSTER_S + 1.3)
        beside.append(gate.passes)
        gate.close()
    print(f"\nof {SCENES}: posters that passed {sum(alone)}, visitors beside one who passed {sum(map(bool, beside))}")
    assert sum(alone) == 0
    assert max(beside) <= 1
    assert sum(map(bool, beside)) >= MOST * SCENES


def test_two_together_never_pass_and_each_passes_alone(detector: Detector) -> None:
    first_alone, second_alone = [], []
    for seed, rng in seeds():
        apart, size = float(rng.uniform(105, 125)), float(rng.uniform(165, 195))
        one, other = (int(person) for person in rng.permutation(CAST)[:2])
        left = somebody(one, 320 - apart, 220.0, size, Placement.WORN)
        right = somebody(other, 320 + apart, 225.0, size * float(rng.uniform(0.85, 1.0)), Placement.WORN)

        def seen(t_s: float, left: Actor = left, right: Actor = right) -> tuple[Actor, ...]:
            if t_s < 1.0:
                return left, right
            return (left,) if t_s < 2.1 else (right,)

        gate = Watched(detector, seen, seen, seed)
        gate.until(1.0)
        assert gate.passes == 0, seed
        assert not any(gate.passing), seed
        gate.until(2.1)
        first_alone.append(gate.passes == 1)
        gate.until(3.4)
        visits = {said.visit for said in gate.said if said.decision.verdict is Verdict.PASS}
        second_alone.append(len(visits) == 1 + first_alone[-1])
        gate.close()
    print(f"\npassed alone afterwards: {sum(first_alone)} and {sum(second_alone)} of {SCENES}; together: 0")
    assert sum(first_alone) >= MOST * SCENES
    assert sum(second_alone) >= MOST * SCENES
