"""A whole day of a service hall on a fake clock: roster, visits, a refused mask, two rechecks, a cut line, the report at six."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from cloud.ledger.facility.rules import RoundRules
from cloud.ledger.reporting.schedule import Schedule
from cloud.reports.disinfection import DisinfectionOf
from cloud.reports.worker import Reporter
from cloud.store.reporting.body import Body
from cloud.store.reporting.book import reports_before
from cloud.store.tables import case_entry
from cloud.store.verifying import verify
from contract.verdicts import Duty, Verdict
from tests.cloud import messages
from tests.cloud.rig import Rig
from tests.cloud.server import Served
from tests.cloud.test_staff_api import READ, joins, moment, ok, somebody, stands, today, trains

AT_SIX = Schedule(18 * 60, UTC)
GATE = "gate-1"


class Day:
    """One gate, one guard, one supervisor, and the clock."""

    def __init__(self, rig: Rig, boss: httpx.Client, guard: httpx.Client) -> None:
        self.rig, self.boss, self.guard = rig, boss, guard
        self._seq = 0
        self._reporter = Reporter(rig.database, AT_SIX, 60_000, lambda: rig.now_ms, rounds=DisinfectionOf(RoundRules()))
        self._line_cut: list[bytes] | None = None

    def at(self, clock: str) -> datetime:
        """The time comes: the gate says that it is well, unless nobody hears it, and the cloud looks about."""
        when = moment(clock)
        passed_ms = round(when.timestamp() * 1000) - self.rig.now_ms
        self.rig.now_ms += passed_ms
        self.rig.bus.listening_ms += passed_ms
        if self._line_cut is None:
            self.rig.arrive(messages.health(self._next(), at=when))
        self.rig.pass_time(0)
        self._reporter.round()
        return when

    def gate_says(self, *bodies: bytes) -> None:
        if self._line_cut is None:
            self.rig.arrive(*bodies)
        else:
            self._line_cut += bodies

    def cut_line(self) -> None:
        self._line_cut = []
        self.rig.arrive_state(messages.state(online=False))

    def mend_line(self) -> None:
        waiting, self._line_cut = self._line_cut or [], None
        self.rig.arrive_state(messages.state(online=True))
        self.rig.arrive(*waiting)

    def visit(self, clock: str, name: str, verdict: Verdict = Verdict.PASS, revision: int = 0, **seen: Any) -> None:
        when = self.at(clock)
        self.gate_says(messages.visit(self._next(), name, revision, verdict, at=when, seen=seen))

    def alert(self, kind: str, subject: str, **more: Any) -> None:
        when = datetime.fromtimestamp(self.rig.now_ms / 1000, UTC)
        self.gate_says(messages.alert(self._next(), kind, subject=subject, at=when, **more))

    def staff(self, clock: str, badge: str, duty: Duty = Duty.DURING) -> None:
        self.visit(clock, f"staff-{badge}-{clock.replace(':', '')}", badge=badge, duty=duty, reading=READ)

    def work(self, case: str, step: str, **body: Any) -> Any:
        return ok(self.guard.post(f"/api/cases/{case}/{step}", json=body))

    def answers(self, case: str, **other: Any) -> None:
        asked = ok(self.guard.get("/api/questionnaire"))
        said = {one["key"]: {"answer": "no"} for one in asked["questions"]} | other
        self.work(case, "answers", version=asked["version"], answers=said)

    def report(self) -> Body:
        with self.rig.database.reading() as connection:
            [only] = reports_before(connection, None, 10)
        return only.body

    def _next(self) -> int:
        self._seq += 1
        return self._seq


@pytest.fixture
def day(served: Served) -> Any:
    served.rig.now_ms = round(moment("07:00").timestamp() * 1000)
    with somebody(served, "supervisor", user="zhao") as boss, somebody(served, "guard", user="mei") as guard:
        one = Day(served.rig, boss, guard)
        served.rig.arrive_state(messages.state(online=True))
        one.at("07:00")
        yield one


def morning(day: Day) -> None:
    """Two people of the staff on a trained roster; ten visitors; somebody who does not put the mask on."""
    for name, badge in (("Mei", "s-17"), ("Lin", "s-18")):
        person = joins(day.boss, name, badge=badge)
        trains(day.boss, person)
    people = [one["id"] for one in ok(day.boss.get("/api/staff"))]
    for shift in ("morning", "afternoon"):
        ok(stands(day.boss, *people, shift=shift))
    assert [one for one in ok(day.boss.get("/api/staff/today"))["roster"] if one["day"] == "2026-11-23"] == []
    day.staff("08:20", "s-17", Duty.ON)
    day.staff("08:22", "s-18", Duty.ON)
    for number in range(10):
        day.visit(f"09:{number:02}", f"v{number}")
    for revision in range(3):
        day.visit(f"09:3{revision}", "stubborn", Verdict.PUT_ON_MASK, revision)
    day.alert("guard_needed", "stubborn", refused=True)
    day.at("09:34")
    ok(day.guard.post("/api/queue/case-1/acknowledge"))
    day.work("case-1", "symptoms", symptoms=[])
    day.work("case-1", "close", outcome="not_admitted", detail="would not put the mask on")


def two_rechecks(day: Day) -> None:
    """One has a fever, and the leading group is told; with the other the gate was wrong."""
    day.visit("10:00", "feverish", Verdict.RECHECK, reading=READ)
    day.alert("recheck", "feverish")
    day.at("10:01")
    ok(day.guard.post("/api/queue/case-2/acknowledge"))
    day.work("case-2", "second-reading", temperature_c=38.1, site="ear")
    day.work("case-2", "symptoms", symptoms=["cough"], detail="since Sunday")
    day.answers("case-2", travel={"answer": "yes", "detail": "the city, last week"})
    day.at("10:08")
    day.work("case-2", "report", text="waits in the buffer zone")
    day.staff("10:15", "s-17")
    day.staff("10:16", "s-18")
    day.visit("11:00", "ran", Verdict.RECHECK, reading=READ)
    day.alert("recheck", "ran")
    day.at("11:01")
    ok(day.guard.post("/api/queue/case-3/acknowledge"))
    day.work("case-3", "second-reading", temperature_c=36.6, site="ear")
    day.work("case-3", "symptoms", symptoms=[])
    day.work("case-3", "close", outcome="false_alarm", why="exertion")
    day.at("11:30")
    day.work("case-2", "close", outcome="not_admitted")


def afternoon(day: Day) -> None:
    """The line is cut from two o'clock for ten minutes; people come and go meanwhile."""
    for badge in ("s-17", "s-18"):
        day.staff("11:50", badge, Duty.OFF)
    for badge in ("s-17", "s-18"):
        day.staff("13:20", badge, Duty.ON)
    day.visit("13:59", "before")
    day.at("14:00")
    day.cut_line()
    for minute in range(1, 10):
        day.visit(f"14:{minute:02}", f"cut{minute}")
    day.at("14:10:05")
    day.mend_line()
    for clock in ("15:15", "16:50"):
        for badge in ("s-17", "s-18"):
            day.staff(clock, badge)
    day.staff("17:32", "s-17", Duty.OFF)


def test_a_whole_day_is_in_the_report_at_six_and_nobody_has_typed_it(day: Day) -> None:
    """R4: the line was cut for ten minutes: nothing is lost, and how late it came is listed. R6: nothing is entered twice."""
    morning(day)
    two_rechecks(day)
    afternoon(day)
    entered = len(day.rig.rows(case_entry))
    day.at("17:59:59")
    with pytest.raises(ValueError, match="not enough values"):
        day.report()
    day.at("18:00")
    told = day.report()
    assert (told.day, told.made - told.due) == ("2026-11-23", timedelta(0))
    assert visitors(told) == {"pass": 10 + 1 + 9, "put_on_mask": 1, "recheck": 2}
    assert staff_checks(told) == 13
    assert [(one.kind, one.count) for one in told.refusals] == [("case", 2), ("mask", 1)]
    assert [(one.id, one.outcome, one.mistake, one.taken_by) for one in told.cases] == [
        ("case-1", "not_admitted", None, "mei"),
        ("case-2", "not_admitted", None, "mei"),
        ("case-3", "false_alarm", "exertion", "mei"),
    ]
    assert told.cases[1].reported == moment("10:08")
    [late] = told.late
    assert (late.count, late.kinds, late.longest_s) == (9, {"visit": 9}, 545)
    assert (late.first_sent, late.first_stored) == (moment("14:01"), moment("14:10:05"))
    [silent] = told.silent
    assert (silent.times, silent.total_s, silent.silent_now) == (1, 605, False)
    assert (told.gaps, told.dead_letters, told.undated, told.rounds_kept) == ([], [], [], True)
    assert (told.proof.faults, told.proof.rows > entered) == ([], True)
    assert len(day.rig.rows(case_entry)) == entered
    with day.rig.database.reading() as connection:
        assert verify(connection).faults == []
    day.at("18:05")
    assert [(kind, state) for kind, _, state in today(day.boss) if state == "overdue"] == [("temperature_after", "overdue")]


def visitors(told: Body) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for one in told.visits:
        if one.population == "visitor":
            counts[one.verdict] += one.count
    return dict(counts)


def staff_checks(told: Body) -> int:
    return sum(one.count for one in told.visits if one.population == "staff")
