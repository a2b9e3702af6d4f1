"""A canteen's gate: staff show a badge, and are judged like everybody else."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from pydantic import ValidationError

from contract.verdicts import Mask, Reason, Verdict
from edge.config import GateConfig
from edge.lane.bearer import Bearer
from edge.lane.step import Step
from edge.policy.rule import Limits
from tests.lane.scene import BESIDE, FRAME_S, Scene

BADGE = Bearer(shown=True, staff=True)
STAFF = Limits(mask=True, temperature=True, limit_c=37.3, staff_only=True)


@dataclass
class Shown:
    """One badge before the camera; the first who asks has it."""

    there: bool = False
    owner: list[str] = field(default_factory=list)
    bearer: Bearer = BADGE

    def of(self, visit: str, now_s: float) -> Bearer | None:
        assert now_s > 0
        if not self.there or self.owner:
            return None
        self.owner.append(visit)
        return self.bearer


class Canteen(Scene):
    def __init__(self, badges: Shown | None = None, limits: Limits = STAFF) -> None:
        super().__init__(limits=limits)
        self.badges = badges or Shown()
        self._lane = self.lane
        self.lane = self  # type: ignore[assignment]  # so that `frame` hands the badges in

    def step(self, now_s: float, faces: object, fault: Reason | None) -> Step:
        return self._lane.step(now_s, faces, fault, badges=self.badges)  # type: ignore[arg-type]


def told(scene: Scene) -> list[tuple[Verdict, Reason | None]]:
    return [(said.decision.verdict, said.decision.reason) for said in scene.announced]


def test_a_visitor_without_a_badge_is_not_admitted_with_the_reason() -> None:
    """Q4: a visitor at the canteen's gate is `NOT_ADMITTED` (reason `staff_only`)."""
    scene = Canteen().person(frames=100)
    assert told(scene) == [(Verdict.NOT_ADMITTED, Reason.STAFF_ONLY)]
    assert all(step.passing is None for step in scene.steps)


def test_who_shows_a_badge_first_passes_and_needs_it_only_once() -> None:
    scene = Canteen(Shown(there=True))
    scene.person(frames=20)
    assert isinstance(scene, Canteen)
    scene.person(frames=60)
    assert told(scene) == [(Verdict.PASS, None)]


def test_who_is_turned_away_and_then_shows_a_badge_passes() -> None:
    badges = Shown()
    scene = Canteen(badges).person(frames=50)
    badges.there = True
    scene.person(frames=50)
    assert told(scene) == [(Verdict.NOT_ADMITTED, Reason.STAFF_ONLY), (Verdict.PASS, None)]


@pytest.mark.parametrize(("mask", "verdict"), [(Mask.ABSENT, Verdict.PUT_ON_MASK), (Mask.WORN_WRONG, Verdict.FIX_MASK)])
def test_a_badge_is_no_mask(mask: Mask, verdict: Verdict) -> None:
    assert told(Canteen(Shown(there=True)).person(mask, frames=60)) == [(verdict, None)]


def test_a_badge_is_no_temperature_and_a_warm_stranger_is_still_sent_to_the_recheck_area() -> None:
    assert told(Canteen(Shown(there=True)).person(core_c=38.4, frames=60))[0][0] is Verdict.RECHECK
    assert told(Canteen().person(core_c=38.4, frames=60))[-1][0] is Verdict.RECHECK


def test_a_badge_shown_among_two_people_is_nobodys() -> None:
    scene = Canteen(Shown(there=True))
    for _ in range(100):
        scene.frame(scene.face(), scene.face(track=2, box=BESIDE))
    assert Verdict.PASS not in {verdict for verdict, _ in told(scene)}


def test_who_may_have_become_somebody_else_has_to_show_a_badge_again() -> None:
    scene = Canteen(Shown(there=True)).person(frames=60)
    scene.frame(replace(scene.face(), doubted=True))
    scene.person(frames=60)
    assert told(scene)[-1] == (Verdict.NOT_ADMITTED, Reason.STAFF_ONLY)
    assert scene.passing is None


def test_whoever_comes_after_the_owner_of_a_badge_has_not_shown_it() -> None:
    scene = Canteen(Shown(there=True)).person(frames=60).empty(round(2.0 / FRAME_S)).person(frames=60, track=2)
    assert told(scene)[-1] == (Verdict.NOT_ADMITTED, Reason.STAFF_ONLY)


def test_a_gate_for_staff_that_knows_no_key_is_refused() -> None:
    tree = {
        "gate": "canteen",
        "colour": {"source": "simulated"},
        "thermal": {"source": "none"},
        "screening": {"temperature": False},
        "uplink": {"database": "/tmp/gate.db"},
        "admission": {"staff_only": True},
    }
    with pytest.raises(ValidationError, match=r"qr\.keys is empty"):
        GateConfig.model_validate(tree)


def test_everywhere_else_a_badge_changes_nothing() -> None:
    plain = replace(STAFF, staff_only=False)
    assert told(Scene(limits=plain).person(frames=60)) == [(Verdict.PASS, None)]
