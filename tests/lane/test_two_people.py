"""Two people before the gate, followed by the real tracker: whatever they do, no PASS is alive for the wrong one.

`MENSHEN_EXAMPLES=200` plays so many seeds of each scene.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final

import numpy as np
import pytest

from contract.verdicts import Mask
from edge.sim.walks import GATE_M, SECONDS, Walker, Way, scene
from tests.lane.entrance import Entrance, Soul

SEEDS: Final = int(os.environ.get("MENSHEN_EXAMPLES", "2"))
FPS: Final = [10.0, 25.0]
WELL, BARE, WARM = Soul(), Soul(Mask.ABSENT), Soul(core_c=38.6)
OTHERS: Final = [BARE, WARM, Soul(Mask.WORN_WRONG)]

pytestmark = pytest.mark.parametrize("fps", FPS)


def seeds() -> Iterator[tuple[int, np.random.Generator, Soul]]:
    """And who the second person is, in turn."""
    for seed in range(300, 300 + SEEDS):
        yield seed, np.random.default_rng(seed), OTHERS[seed % len(OTHERS)]


def walker(way: Way, rng: np.random.Generator, tall_m: float = 0.0) -> Walker:
    return Walker(way, tall_m + float(rng.normal(0.0, 0.05)), float(rng.uniform(0.45, 0.6)), float(rng.uniform()))


def through(start_s: float, x: float, stand_s: float, behind_m: float = 0.0) -> Way:
    """From 3 m to the gate, a while there, out at the right."""
    there_s = start_s + 2.0
    gone_s = there_s + stand_s + 1.6
    return (start_s, x, 3.0), (there_s, x, GATE_M + behind_m), (there_s + stand_s, x, GATE_M + behind_m), (gone_s, x + 1.7, 0.8)


def nobody_wrong(scenes: Iterator[tuple[int, Entrance]]) -> list[int]:
    """Plays all of them. Returns who passed, of all scenes together."""
    passed = []
    for seed, entrance in scenes:
        entrance.play(SECONDS + 1.0)
        assert not entrance.wrong, (seed, entrance.wrong[:3])
        passed += entrance.passed
    return passed


def of_kind(kind: str, fps: float, first: Soul = WELL) -> Iterator[tuple[int, Entrance]]:
    for seed, _, other in seeds():
        walkers = scene(kind, seed)
        yield seed, Entrance(walkers, (first, *[other] * (len(walkers) - 1)), fps, seed)


def test_who_takes_the_place_after_the_verdict_has_no_pass(fps: float) -> None:
    assert set(nobody_wrong(of_kind("relay", fps))) == {0}


def test_who_walks_by_behind_somebody_at_the_bar_has_no_pass(fps: float) -> None:
    assert set(nobody_wrong(of_kind("behind", fps))) == {0}


def test_of_two_who_cross_before_the_gate_nobody_passes_on_what_the_other_showed(fps: float) -> None:
    nobody_wrong(of_kind("cross", fps))


def test_who_enters_together_with_somebody_warm_or_without_a_mask_does_not_lend_a_pass(fps: float) -> None:
    assert set(nobody_wrong(of_kind("together", fps))) <= {0}


def test_a_tailgater_close_behind_ends_the_pass_of_the_one_before(fps: float) -> None:
    def scenes() -> Iterator[tuple[int, Entrance]]:
        for seed, rng, other in seeds():
            x, behind_m = float(rng.uniform(-0.15, 0.15)), float(rng.uniform(0.4, 0.9))
            first, second = through(0.0, x, 1.5), through(0.4, x + float(rng.uniform(-0.3, 0.3)), 1.5, behind_m)
            yield seed, Entrance((walker(first, rng), walker(second, rng)), (WELL, other), fps, seed)

    assert set(nobody_wrong(scenes())) <= {0}


def test_a_carried_child_has_no_pass_and_the_parent_none_while_the_child_s_face_is_seen(fps: float) -> None:
    def scenes() -> Iterator[tuple[int, Entrance]]:
        for seed, rng, other in seeds():
            side = float(rng.choice((-1, 1))) * float(rng.uniform(0.17, 0.24))
            way = through(0.0, 0.0, 20.0)
            arm: Way = tuple((t_s, x + side, z - 0.02) for t_s, x, z in way)
            child = walker(arm, rng, -float(rng.uniform(0.02, 0.14)))
            yield seed, Entrance((walker(way, rng), child), (WELL, other), fps, seed)

    assert set(nobody_wrong(scenes())) <= {0}


@pytest.mark.parametrize("after_s", [0.1, 0.8, 1.6])
def test_a_mask_taken_off_at_the_bar_ends_the_pass(fps: float, after_s: float) -> None:
    def scenes() -> Iterator[tuple[int, Entrance]]:
        for seed, rng, _ in seeds():
            yield seed, Entrance((walker(through(0.0, 0.0, 4.5), rng),), (Soul(takes_off_s=after_s),), fps, seed)

    assert set(nobody_wrong(scenes())) == {0}


def test_a_poster_on_the_wall_neither_passes_nor_takes_over_the_pass_of_who_walks_by(fps: float) -> None:
    def scenes() -> Iterator[tuple[int, Entrance]]:
        for seed, rng, _ in seeds():
            place = float(rng.uniform(0.3, 0.5)), float(rng.uniform(1.0, 1.3))
            poster = Walker(((0.0, *place), (20.0, *place)), 0.0, 0.5, 0.0)
            mask = Mask.WORN if seed % 2 else Mask.ABSENT
            yield seed, Entrance((walker(through(1.0, -0.15, 2.0), rng), poster), (WELL, Soul(mask, printed=True)), fps, seed)

    assert set(nobody_wrong(scenes())) == {0}
