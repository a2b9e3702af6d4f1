"""Staff before the gate: what is written down of them, and that a badge and a touch decide nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from contract.message import Message
from contract.messages.visit import Screened, VisitData
from contract.topics import Kind
from contract.verdicts import Duty, Mask, Verdict
from edge.actuators.log_barrier import LogBarrier
from edge.board import Board
from edge.gate.announce import WallTime
from edge.gate.opening import Opening
from edge.gate.register import Register
from edge.gate.shown_tokens import ShownTokens
from edge.lane.step import Step
from edge.policy.rule import Limits
from tests.clocks import FakeClock
from tests.lane.scene import FRAME_S, Scene


class Entry(Scene):
    """A scene whose rounds are the loop's as far as badges and decisions go. Every record is on disk at once."""

    def __init__(self, folder: Path, limits: Limits | None = None) -> None:
        super().__init__(limits=limits or Limits(mask=True, temperature=True, limit_c=37.3))
        self.clock = FakeClock(now_s=self.now_s)
        self.qr, self.screen = Board.create(folder / "qr"), Board.create(folder / "duty")
        self.shown = ShownTokens(self.qr, self.screen)
        self.opening = Opening(LogBarrier(self.clock), open_s=3.0)
        self.written: list[VisitData] = []
        self._lane = self.lane
        self.register = Register(
            self._lane, self.opening, self.shown, self._record, WallTime(self.clock), Screened(), replay=False
        )
        self.lane = self  # type: ignore[assignment]  # so that `frame` makes a whole round

    def step(self, now_s: float, faces: Any, fault: Any) -> Step:
        self.clock.now_s = now_s
        self.shown.look()
        step = self._lane.step(now_s, faces, fault, badges=self.shown)
        self.register.enter(step)
        self.opening.round(step.passing, 1, now_s)
        return step

    def _record(self, kind: Kind, data: Message) -> int:
        if kind is Kind.VISIT:
            assert isinstance(data, VisitData)
            self.written.append(data)
        return 1

    def badge(self, holder: str = "s-17", kind: str = "badge", *, listed: bool = False) -> None:
        note = {"shown_s": self.now_s, "refused": "", "kind": kind, "holder": holder, "listed": listed}
        self.qr.post(note, self.now_s)

    def refuse(self, why: str, number: str) -> None:
        note = {"shown_s": self.now_s, "refused": "words", "why": why, "pass": number}
        self.qr.post(note, self.now_s)

    def touch(self, duty: str, visit: str = "v0") -> None:
        self.screen.post({"visit": visit, "duty": duty, "pressed_s": self.now_s}, self.now_s)

    @property
    def told(self) -> list[tuple[int, Verdict, str | None, Duty | None]]:
        return [(one.revision, one.verdict, one.badge, one.duty) for one in self.written]


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    return Entry(tmp_path)


def test_a_badge_makes_the_visit_a_staff_check_with_its_whole_reading(entry: Entry) -> None:
    entry.badge()
    entry.person(frames=60)
    assert entry.told == [(0, Verdict.PASS, "s-17", Duty.DURING)]
    (said,) = entry.written
    assert said.core_bin_c is None
    assert said.reading is not None
    assert said.reading.core_c == 36.5


def test_a_touch_after_the_verdict_is_one_more_entry_and_opens_nothing_again(entry: Entry) -> None:
    entry.badge()
    entry.person(frames=40)
    opened = entry.opening.openings
    entry.touch("on")
    entry.person(frames=10)
    entry.touch("on")
    entry.person(frames=10)
    assert entry.told == [(0, Verdict.PASS, "s-17", Duty.DURING), (1, Verdict.PASS, "s-17", Duty.ON)]
    assert abs((entry.written[0].decided - entry.written[1].decided).total_seconds()) < 1e-3
    assert (opened, entry.opening.openings) == (1, 1)
    entry.touch("off")
    entry.person(frames=2)
    assert entry.told[-1] == (2, Verdict.PASS, "s-17", Duty.OFF)


def test_a_touch_before_the_verdict_goes_with_it(entry: Entry) -> None:
    entry.badge()
    entry.person(frames=6)
    entry.touch("off")
    entry.person(frames=50)
    assert entry.told == [(0, Verdict.PASS, "s-17", Duty.OFF)]


def test_a_badge_shown_after_the_verdict_is_written_down_too(entry: Entry) -> None:
    entry.person(Mask.ABSENT, frames=40)
    entry.badge()
    entry.person(Mask.ABSENT, frames=10)
    assert entry.told == [(0, Verdict.PUT_ON_MASK, None, None), (1, Verdict.PUT_ON_MASK, "s-17", Duty.DURING)]
    entry.person(frames=40)
    assert entry.told[-1] == (2, Verdict.PASS, "s-17", Duty.DURING)


def test_nobody_without_a_badge_chooses_anything(entry: Entry) -> None:
    entry.touch("on")
    entry.badge(holder="p-3", kind="pass")
    entry.person(frames=40)
    entry.touch("on")
    entry.touch("on", visit="v7")
    entry.person(frames=10)
    assert entry.told == [(0, Verdict.PASS, None, None)]
    assert entry.written[0].visitor_pass == "p-3"
    assert entry.written[0].reading is None, "a visitor's reading stays at the gate"


def test_who_may_have_become_somebody_else_is_no_staff_check_and_chooses_nothing(entry: Entry) -> None:
    entry.badge()
    entry.person(frames=40)
    entry.frame(replace(entry.face(), doubted=True))
    entry.touch("on")
    entry.person(frames=60)
    assert [(badge, duty) for _, _, badge, duty in entry.told] == [("s-17", Duty.DURING), (None, None)]


def test_the_buttons_are_there_while_the_holder_is_and_for_nobody_after(entry: Entry) -> None:
    entry.badge()
    entry.person(frames=40)
    assert entry.shown.check(entry.steps[-1].screen.staff) == {"visit": "v0", "duty": "during"}
    entry.empty(round(1.0 / FRAME_S))
    assert entry.shown.check(entry.steps[-1].screen.staff) is None
    entry.person(frames=40, track=2)
    assert entry.shown.check(entry.steps[-1].screen.staff) is None
    assert entry.told[-1] == (0, Verdict.PASS, None, None)


def test_a_pass_that_is_refused_is_a_line_of_the_record_and_changes_no_verdict(entry: Entry) -> None:
    entry.refuse("withdrawn", "p-3")
    entry.person(frames=40)
    (said,) = entry.written
    assert (said.verdict, said.visitor_pass, said.code_refused) == (Verdict.PASS, "p-3", "withdrawn")


def test_a_pass_refused_after_the_verdict_is_one_more_entry(entry: Entry) -> None:
    entry.person(Mask.ABSENT, frames=40)
    entry.refuse("used", "p-3")
    entry.person(Mask.ABSENT, frames=10)
    assert [(one.revision, one.code_refused) for one in entry.written] == [(0, None), (1, "used")]
    assert entry.opening.openings == 0


def test_a_good_pass_held_up_again_stays_good_and_one_after_a_refused_one_counts(entry: Entry) -> None:
    entry.refuse("early", "p-3")
    entry.person(frames=40)
    entry.badge(holder="p-4", kind="pass")
    entry.person(frames=10)
    entry.refuse("used", "p-4")
    entry.person(frames=10)
    assert [(one.visitor_pass, one.code_refused) for one in entry.written] == [("p-3", "early"), ("p-4", None)]
