"""Before a canteen: hands are asked for, and clean hands are neither a mask nor a temperature."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from contract.verdicts import Hands, Mask, Reason, Verdict
from edge.lane.step import Step
from edge.lane.visit import Face
from edge.policy.rule import PATIENCE_S, Limits
from tests.lane.scene import BESIDE, FRAME_S, Scene

ASKED = Limits(mask=True, temperature=True, limit_c=37.3)
REQUIRED = replace(ASKED, hands=True)


@dataclass
class Told:
    """What is known of hands: each once, to whoever is asked about first."""

    waiting: list[Hands] = field(default_factory=list)

    def of(self, visit: str, now_s: float) -> Hands:
        assert visit
        assert now_s > 0
        return self.waiting.pop(0) if self.waiting else Hands.NONE


class Canteen(Scene):
    def __init__(self, limits: Limits = REQUIRED, *hands: Hands) -> None:
        super().__init__(limits=limits)
        self.hands = Told(list(hands))

    def frame(self, *faces: Face, fault: Reason | None = None) -> Step:
        self.now_s += FRAME_S
        step = self.lane.step(self.now_s, faces, fault, hands=self.hands)
        self.steps.append(step)
        self.announced.extend(step.announced)
        return step


def last(scene: Scene) -> tuple[Verdict, Reason | None] | None:
    decision = scene.steps[-1].screen.decision
    return None if decision is None else (decision.verdict, decision.reason)


def test_where_hands_are_asked_for_an_entry_without_is_let_in_and_told() -> None:
    scene = Canteen(ASKED).person()
    assert [(said.decision.verdict, said.hands) for said in scene.announced] == [(Verdict.PASS, Hands.NONE)]
    assert scene.steps[-1].screen.asked == ("v0", Hands.NONE)


@pytest.mark.parametrize("how", [Hands.DISPENSER, Hands.CONFIRMED])
def test_who_has_disinfected_their_hands_passes_and_it_is_written_down(how: Hands) -> None:
    scene = Canteen(REQUIRED, how).person()
    assert [(said.decision.verdict, said.hands) for said in scene.announced] == [(Verdict.PASS, how)]
    assert scene.steps[-1].screen.asked == ("v0", how)


def test_where_hands_are_required_one_waits_with_the_reason_and_goes_in_after() -> None:
    scene = Canteen()
    scene.person(frames=60)
    assert last(scene) == (Verdict.WAIT, Reason.WASH_HANDS)
    assert scene.announced == []
    scene.hands.waiting.append(Hands.CONFIRMED)
    scene.person(frames=10)
    assert [(said.decision.verdict, said.hands) for said in scene.announced] == [(Verdict.PASS, Hands.CONFIRMED)]


def test_who_waits_for_too_long_gets_the_staffed_lane() -> None:
    scene = Canteen().person(frames=round((PATIENCE_S + 3) / FRAME_S))
    assert last(scene) == (Verdict.CANNOT_MEASURE, Reason.WASH_HANDS)
    assert scene.passing is None


@pytest.mark.parametrize("limits", [ASKED, REQUIRED])
@pytest.mark.parametrize(
    ("mask", "core_c", "verdict"),
    [(Mask.ABSENT, 36.5, Verdict.PUT_ON_MASK), (Mask.WORN_WRONG, 36.5, Verdict.FIX_MASK), (Mask.WORN, 38.2, Verdict.RECHECK)],
)
def test_clean_hands_are_no_mask_and_no_temperature(limits: Limits, mask: Mask, core_c: float, verdict: Verdict) -> None:
    assert Canteen(limits, Hands.DISPENSER).person(mask=mask, core_c=core_c).verdicts == [verdict]


def test_a_use_among_two_people_is_nobodys_until_one_stands_there_alone() -> None:
    scene = Canteen(REQUIRED, Hands.DISPENSER)
    for _ in range(30):
        scene.frame(scene.face(track=1), scene.face(track=2, box=BESIDE))
    assert scene.hands.waiting == [Hands.DISPENSER]


def test_who_may_have_become_somebody_else_is_asked_again() -> None:
    scene = Canteen(REQUIRED, Hands.DISPENSER).person(frames=60)
    assert scene.passing == "v0"
    scene.frame(replace(scene.face(), doubted=True))
    scene.person(frames=60)
    assert last(scene) == (Verdict.WAIT, Reason.WASH_HANDS)


def test_where_nobody_asks_nothing_is_said_of_hands() -> None:
    scene = Scene().person()
    assert [said.hands for said in scene.announced] == [None]
    assert scene.steps[-1].screen.asked is None
