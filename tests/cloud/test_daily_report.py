"""The daily report by a fake clock over a real ledger: nobody types anything, and nothing falls between two of them."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from cloud.ledger.alarms import Move, acknowledged
from cloud.ledger.casework import CaseOutcome, Step
from cloud.ledger.reporting.schedule import MOST_MISSED, Schedule
from cloud.reports.narrowed import narrowed
from cloud.reports.sections import hands_table
from cloud.reports.words import Language
from cloud.reports.worker import Reporter
from cloud.store.alarms import Act, act_on_alarm, alarm_for_update
from cloud.store.cases import take_case
from cloud.store.casework import Entry, add_entry, close_case
from cloud.store.feed import Feed
from cloud.store.reporting.body import Body, DutyLine, HandsLine
from cloud.store.reporting.book import Report, corrections_of, report_of, reports_before
from cloud.store.tables import event, report
from cloud.store.verifying import verify
from contract.dropped import Dropped
from contract.verdicts import Hands, Verdict
from tests.cloud import messages
from tests.cloud.messages import START, START_MS
from tests.cloud.postgres import either_ledger
from tests.cloud.rig import Rig

SHANGHAI = ZoneInfo("Asia/Shanghai")
SIX = Schedule(18 * 60, SHANGHAI)  # START is 16:00 there
DAY_S = 86_400


def reporter(rig: Rig, late_s: float = 60) -> Reporter:
    made = Reporter(rig.database, SIX, round(late_s * 1000), lambda: rig.now_ms)
    made.round()
    return made


def at(rig: Rig) -> datetime:
    return datetime.fromtimestamp(rig.now_ms / 1000, UTC)


def until(rig: Rig, hour: int, minute: int = 0, days: int = 0) -> None:
    """The cloud's clock stands there, local time."""
    local = START.astimezone(SHANGHAI).replace(hour=hour, minute=minute) + timedelta(days=days)
    rig.now_ms = round(local.timestamp() * 1000)


def bodies(rig: Rig) -> list[Body]:
    return [one.body for one in reports(rig)]


def reports(rig: Rig) -> list[Report]:
    with rig.database.reading() as connection:
        return list(reversed(reports_before(connection, None, 100)))


def whole(rig: Rig) -> list[str]:
    with rig.database.reading() as connection:
        return verify(connection).faults


def visits(body: Body) -> Counter[tuple[str, str, str]]:
    counts: Counter[tuple[str, str, str]] = Counter()
    for one in body.visits:
        counts[one.day, one.population, one.verdict] += one.count
    return counts


def test_a_day_without_an_event_still_has_its_report(rig: Rig) -> None:
    """R3: made at its time, once, and says that there was nothing."""
    making = reporter(rig)
    until(rig, 17, 59)
    making.round()
    assert bodies(rig) == []
    until(rig, 18)
    making.round()
    making.round()
    [body] = bodies(rig)
    assert (body.day, body.due, body.made, body.first) == ("2026-11-21", at(rig), at(rig), True)
    assert (body.visits, body.cases, body.alarms, body.late, body.gaps, body.silent) == ([], [], [], [], [], [])
    assert (body.proof.faults, whole(rig)) == ([], [])
    until(rig, 18, 1, days=1)
    making.round()
    assert [one.day for one in bodies(rig)] == ["2026-11-21", "2026-11-22"]


def test_visits_are_counted_by_verdict_and_by_who_they_are(rig: Rig) -> None:
    making = reporter(rig)
    rig.arrive(
        messages.visit(1, "a"),
        messages.visit(2, "b", 0, Verdict.PUT_ON_MASK),
        messages.visit(3, "b", 1),
        messages.visit(4, "c", seen={"badge": "0007", "duty": "on"}),
        messages.visit(5, "d", seen={"replay": True}),
        messages.visit(6, "e", 0, Verdict.NOT_ADMITTED, gate="gate-2"),
    )
    until(rig, 18)
    making.round()
    [body] = bodies(rig)
    assert visits(body) == {
        ("", "visitor", "pass"): 2, ("", "staff", "pass"): 1, ("", "replay", "pass"): 1, ("", "visitor", "not_admitted"): 1,
    }  # fmt: skip
    assert [(one.duty, one.count) for one in body.visits if one.population == "staff"] == [("on", 1)]
    assert [(one.gate, one.kind, one.count) for one in body.refusals] == [("gate-2", "not_admitted", 1)]


def test_hands_are_counted_of_those_let_in_where_somebody_asks_and_once(rig: Rig) -> None:
    """Q5: the entry without clean hands is a number of the day; a word that comes after the cut is nobody's second entry."""
    making = reporter(rig)
    rig.arrive(
        messages.visit(1, "a", seen={"hands": Hands.DISPENSER}),
        messages.visit(2, "b", seen={"hands": Hands.NONE}),
        messages.visit(3, "c", seen={"hands": Hands.NONE}),
        messages.visit(4, "c", 1, seen={"hands": Hands.CONFIRMED}),
        messages.visit(5, "d", 0, Verdict.PUT_ON_MASK, seen={"hands": Hands.NONE}),
        messages.visit(6, "e", seen={"hands": Hands.NONE, "replay": True}),
        messages.visit(7, "f", gate="gate-2"),
    )
    until(rig, 18)
    making.round()
    [body] = bodies(rig)
    assert body.hands == [HandsLine(gate="gate-1", day="", let_in=3, dispenser=1, confirmed=1, without=1)]
    table = hands_table(body, Language.EN)
    assert [list(row) for row in table.rows] == [["gate-1", "2026-11-21", 3, 1, 1, 1]]
    rig.arrive(messages.visit(8, "b", 1, seen={"hands": Hands.CONFIRMED}), messages.visit(9, "d", 1, seen={"hands": Hands.NONE}))
    until(rig, 18, days=1)
    making.round()
    assert bodies(rig)[1].hands == [HandsLine(gate="gate-1", day="2026-11-21", let_in=1, dispenser=0, confirmed=0, without=1)]
    assert narrowed(body, "city", ["gate-2"]).hands == []


@either_ledger
def test_a_visit_that_ends_otherwise_after_the_cut_is_corrected_and_not_counted_twice(rig: Rig) -> None:
    making = reporter(rig)
    until(rig, 17, 59)
    rig.arrive(messages.visit(1, "a", 0, Verdict.PUT_ON_MASK, at=at(rig)), messages.visit(2, "b", at=at(rig)))
    until(rig, 18)
    making.round()
    rig.arrive(messages.visit(3, "a", 1, at=at(rig)), messages.visit(4, "b", 1, at=at(rig)))
    until(rig, 18, days=1)
    making.round()
    first, second = bodies(rig)
    assert visits(first) == {("", "visitor", "put_on_mask"): 1, ("", "visitor", "pass"): 1}
    assert (visits(second), [(one.day, one.before, one.verdict, one.count) for one in second.changed]) == (
        {},
        [("2026-11-21", "put_on_mask", "pass", 1)],
    )


def test_a_network_that_was_cut_for_ten_minutes_loses_nothing_and_its_lateness_is_listed(rig: Rig) -> None:
    """R4: kill the network for ten minutes: 0 lost, lateness listed."""
    making = reporter(rig)
    rig.arrive(messages.visit(1, "v1"))
    cut = [START + timedelta(seconds=10 * number) for number in range(1, 61)]
    kept = [messages.visit(1 + number, f"v{1 + number}", at=moment) for number, moment in enumerate(cut, 1)]
    rig.now_ms = START_MS + 605_000  # the network is back
    rig.arrive(*kept, messages.health(62, oldest_unacked=None, last_seq=61, at=at(rig)))
    until(rig, 18)
    making.round()
    [body] = bodies(rig)
    assert visits(body) == {("", "visitor", "pass"): 61}
    assert (body.gaps, body.corrects) == ([], [])
    [line] = body.late
    assert (line.count, line.kinds, line.numbers, line.day) == (54, {"visit": 54}, [(2, 55)], "")
    assert (line.first_sent, line.last_sent) == (cut[0], cut[53])
    assert line.longest_s == 595
    assert {line.first_stored, line.last_stored} == {START + timedelta(seconds=605)}


def test_what_comes_after_its_day_was_reported_corrects_that_report(rig: Rig) -> None:
    """Nothing falls between two reports, whatever the order of arrival."""
    making = reporter(rig)
    rig.arrive(messages.visit(1, "a"))
    until(rig, 18)
    making.round()
    until(rig, 20)
    rig.arrive(messages.visit(2, "b", at=START + timedelta(minutes=90)), messages.visit(3, "c", at=at(rig)))
    until(rig, 18, days=1)
    making.round()
    first, second = reports(rig)
    assert visits(first.body) == {("", "visitor", "pass"): 1}
    assert visits(second.body) == {("2026-11-21", "visitor", "pass"): 1, ("", "visitor", "pass"): 1}
    assert [(one.day, one.numbers) for one in second.body.late] == [("2026-11-21", [(2, 2)])]
    assert second.body.corrects == [first.number]
    assert second.body.proof.first_link == first.body.proof.last_link + 1
    with rig.database.reading() as connection:
        assert corrections_of(connection, first) == [second.number]
        assert report_of(connection, first.number) == first  # a report is never changed


def test_a_cloud_that_was_down_makes_the_report_when_it_starts_and_says_that_it_is_late(rig: Rig) -> None:
    reporter(rig)
    rig.arrive(messages.visit(1, "a"))
    until(rig, 20, 30, days=1)  # nothing ran at two times that it was due
    started = Reporter(rig.database, SIX, 60_000, lambda: rig.now_ms)
    started.round()
    Reporter(rig.database, SIX, 60_000, lambda: rig.now_ms).round()  # and once more
    first, second = bodies(rig)
    assert [(one.day, one.made - one.due) for one in (first, second)] == [
        ("2026-11-21", timedelta(hours=26, minutes=30)),
        ("2026-11-22", timedelta(hours=2, minutes=30)),
    ]
    assert (visits(first), visits(second)) == ({("", "visitor", "pass"): 1}, {})


@either_ledger
def test_two_that_make_the_same_report_make_one(rig: Rig) -> None:
    second = reporter(rig)
    until(rig, 18)

    def others_turn(*_: object) -> list[DutyLine]:
        second.round()  # the other makes it while this one reads
        return []

    first = Reporter(rig.database, SIX, 60_000, lambda: rig.now_ms, duty=others_turn)
    first.round()
    assert (first.made, second.made, len(bodies(rig))) == (0, 1, 1)


@either_ledger
def test_cases_alarms_and_silence_are_told_with_who_and_how_fast(rig: Rig) -> None:
    making = reporter(rig)
    rig.arrive_state(messages.state(online=True))
    rig.arrive(
        messages.visit(1, "v1", 0, Verdict.RECHECK),
        messages.alert(2, "recheck", subject="v1"),
        messages.alert(3, "guard_needed", subject="v2", refused=True),
        messages.alert(4, "fire"),
    )
    rig.now_ms += 8_000
    with rig.database.writing() as connection, Feed(connection) as feed:
        take_case(connection, feed, 1, "li", rig.now_ms)
        said = {"outcome": "false_alarm", "why": "exertion", "detail": "ran for the tram"}
        close_case(connection, feed, 1, CaseOutcome.FALSE_ALARM, "exertion: ran for the tram", rig.now_ms)
        add_entry(connection, feed, 1, Entry(0, rig.now_ms, "li", Step.CLOSED, dict(said)))
        alarm = alarm_for_update(connection, 1)
        assert alarm is not None
        act_on_alarm(connection, feed, alarm, acknowledged(alarm, "wang", rig.now_ms), Act(Move.ACK, "wang", rig.now_ms))
    rig.pass_time(100)
    until(rig, 18)
    rig.ingest.round()
    making.round()
    [body] = bodies(rig)
    assert [(one.id, one.state, one.outcome, one.mistake, one.taken_by) for one in body.cases] == [
        ("case-1", "closed", "false_alarm", "exertion", "li"),
        ("case-2", "open", None, None, None),
    ]
    assert "tram" not in body.model_dump_json()  # words about a person are the case's own
    fire = next(one for one in body.alarms if one.kind == "fire")
    assert (fire.announced, fire.acknowledged, fire.by, fire.median_s, fire.waits) == (1, 1, ["wang"], 8.5, False)
    assert [(one.kind, one.count) for one in body.refusals] == [("mask", 1)]
    [silent] = body.silent
    assert (silent.gate, silent.silent_now) == ("gate-1", True)
    assert silent.total_s > 7_000


@either_ledger
def test_missing_dropped_and_unreadable_messages_are_told_until_somebody_has_seen_to_them(rig: Rig) -> None:
    making = reporter(rig)
    gone = Dropped.model_validate({"reason": "evicted", "runs": [[2, 3]]})
    rig.arrive(messages.visit(1), messages.alert(4, "dropped", dropped=gone), messages.health(7, None, 6))
    rig.arrive(messages.health(8, None, 7), messages.visit(9, "x", clock_ok=False, boot="b9"))
    rig.put(("menshen/v1/gate-1/visit", b"{", None))
    until(rig, 18)
    making.round()
    until(rig, 18, days=1)
    making.round()
    first, second = bodies(rig)
    told = {(one.first, one.last, one.state, one.reason) for one in first.gaps}
    assert told == {(5, 6, "missing", ""), (2, 3, "dropped", "evicted")}
    assert [(one.first, one.last, one.state) for one in second.gaps] == [(5, 6, "missing")]  # still
    assert [[(one.gate, one.count) for one in body.dead_letters] for body in (first, second)] == [[("gate-1", 1)]] * 2
    assert [(one.gate, one.count) for one in first.undated] == [("gate-1", 1)]
    assert (first.rounds_kept, first.duty) == (False, None)


def test_a_ledger_that_was_changed_afterwards_is_told_of(rig: Rig) -> None:
    making = reporter(rig)
    rig.arrive(messages.visit(1, "a"))
    with rig.database.writing() as connection:
        connection.execute(update(event).values(data='{"visit": "a"}'))
    with rig.database.writing() as connection:
        connection.execute(update(event).values(data=messages_data()))
    until(rig, 18)
    making.round()
    [body] = bodies(rig)
    assert [fault for fault in body.proof.faults if "not as it was written" in fault]


def test_a_report_that_is_changed_afterwards_breaks_the_chain(rig: Rig) -> None:
    making = reporter(rig)
    until(rig, 18)
    making.round()
    with rig.database.writing() as connection:
        connection.execute(update(report).values(body=bodies(rig)[0].model_copy(update={"first": False}).model_dump_json()))
    assert whole(rig)


def messages_data() -> str:
    return json.dumps(json.loads(messages.visit(1, "a", 0, Verdict.NOT_ADMITTED))["data"])


@pytest.mark.parametrize(
    ("after", "due"),
    [("2020-05-01T18:00:00+08:00", "2020-05-02T18:00:00+08:00"), ("2020-05-01T17:59:59+08:00", "2020-05-01T18:00:00+08:00")],
)
def test_a_report_is_due_at_the_same_time_every_day(after: str, due: str) -> None:
    assert SIX.next_ms(ms(after)) == ms(due)


def test_a_clock_that_is_put_forward_skips_no_report() -> None:
    early = Schedule(2 * 60 + 30, ZoneInfo("Europe/Berlin"))
    due = early.missed(ms("2020-03-27T12:00:00+00:00"), ms("2020-03-31T12:00:00+00:00"))
    assert [early.day_of(one) for one in due] == ["2020-03-28", "2020-03-29", "2020-03-30", "2020-03-31"]


def test_after_a_long_time_without_a_cloud_the_last_month_is_made_up_for() -> None:
    due = SIX.missed(ms("2019-01-01T00:00:00+08:00"), ms("2020-05-01T20:00:00+08:00"))
    assert (len(due), SIX.day_of(due[0]), SIX.day_of(due[-1])) == (MOST_MISSED, "2020-04-01", "2020-05-01")


def ms(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)
