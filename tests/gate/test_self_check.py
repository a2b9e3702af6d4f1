"""From the lane's steps to alarms about the thermometer: every visitor once."""

from __future__ import annotations

from contract.messages.alert import AlertKind
from contract.verdicts import Mask, Reason, Region, Verdict
from edge.gate.announce import WallTime, doubt_alert
from edge.gate.self_check import Doubt, SelfCheck
from edge.gate.site_rule import SiteRule
from edge.gate.visitors import Visitors
from edge.lane.step import Announcement, Screen, Step
from edge.policy.core_temperature import SkinToCore
from edge.policy.drift import DriftLimits
from edge.policy.reading import Reading
from edge.policy.rule import Decision
from tests.clocks import FakeClock
from tests.lane.scene import Scene

NOBODY = Screen(None, None, 0)


def reading(core_c: float, *, samples: int = 9, shift_c: float = 0.0) -> Reading:
    return Reading(33.0, core_c - 2, core_c, 0.3, Region.FOREHEAD, 0.6, samples, 1.0, reference_seen=True, shift_c=shift_c)


def said(name: str, verdict: Verdict, measured: Reading | None, reason: Reason | None = None) -> Announcement:
    return Announcement(name, 0, Decision(verdict, reason), Mask.WORN, measured, 20, 0.0, 1.0)


def gone(*announced: Announcement) -> Step:
    return Step(NOBODY, announced, None, tuple({one.visit for one in announced}))


class Gate:
    """A self check, fed with whole visits."""

    def __init__(self) -> None:
        self.check = SelfCheck(SiteRule(SkinToCore.constant(2.0)), DriftLimits(), 35.0)
        self.number, self.doubts = 0, list[Doubt]()

    def visits(self, count: int, core_c: float, *, shift_c: float = 0.0) -> Gate:
        for _ in range(count):
            self.number += 1
            visit = said(f"v{self.number}", Verdict.PASS, reading(core_c, shift_c=shift_c))
            self.doubts += self.check.see(gone(visit), 30.0 * self.number)
        return self

    @property
    def told(self) -> list[tuple[AlertKind, str]]:
        return [(doubt.kind, doubt.state) for doubt in self.doubts]


def test_an_ordinary_day_is_quiet() -> None:
    assert Gate().visits(200, 36.8).told == []


def test_a_gate_that_reads_low_on_the_whole_says_so_and_takes_it_back() -> None:
    gate = Gate().visits(60, 36.8).visits(30, 35.6).visits(60, 36.8)
    assert gate.told == [(AlertKind.DRIFT, "raised"), (AlertKind.DRIFT, "returned")]


def test_a_gate_that_reads_high_says_so_too() -> None:
    assert Gate().visits(60, 36.8).visits(30, 37.6).told == [(AlertKind.DRIFT, "raised")]


def test_a_baseline_cannot_hide_a_drift() -> None:
    assert Gate().visits(60, 36.8, shift_c=0.5).told == [(AlertKind.DRIFT, "raised")]


def test_one_person_who_reads_too_low_is_told_of() -> None:
    gate = Gate().visits(3, 36.8).visits(1, 34.5)
    assert gate.told == [(AlertKind.LOW_READING, "raised")]
    alert = doubt_alert(gate.doubts[0], WallTime(FakeClock()))
    assert alert.detail.startswith("A visitor read 34.5 degC core-equivalent. ")
    assert (alert.kind, alert.subject) == (AlertKind.LOW_READING, "")


def test_a_visit_counts_once_with_its_last_temperature_and_stays_flagged() -> None:
    visitors = Visitors()
    first = Step(NOBODY, (said("v1", Verdict.PUT_ON_MASK, reading(36.6)),), None)
    second = Step(NOBODY, (said("v1", Verdict.RECHECK, reading(37.9)),), None)
    assert visitors.left(first, 1.0) == visitors.left(second, 2.0) == []
    (visitor,) = visitors.left(gone(said("v1", Verdict.FIX_MASK, None)), 3.0)
    assert (visitor.flagged, visitor.left_s) == (True, 3.0)
    assert visitor.reading is not None
    assert visitor.reading.core_c == 37.9
    assert visitors.left(Step(NOBODY, (), None, ("v1",)), 4.0) == []


def test_who_was_too_cold_to_be_measured_counts_and_who_never_was_looked_at_does_not() -> None:
    visitors = Visitors()
    cold = said("v1", Verdict.CANNOT_MEASURE, None, Reason.COLD_SKIN)
    assert [visitor.cold for visitor in visitors.left(gone(cold), 1.0)] == [True]
    assert visitors.left(gone(said("v2", Verdict.WAIT, None, Reason.APPROACH)), 1.0) == []
    assert visitors.left(gone(said("v3", Verdict.PUT_ON_MASK, reading(36.6, samples=1))), 1.0) == []


def test_the_lane_says_when_a_visit_is_over() -> None:
    scene = Scene().person(frames=60)
    steps = [scene.frame() for _ in range(100)]
    ended = [name for step in steps for name in step.ended]
    assert len(ended) == 1
