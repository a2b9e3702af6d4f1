"""Alarms over time, in a real ledger: chattering, cases that nobody takes, and what is kept of every move."""

from __future__ import annotations

from datetime import timedelta

from cloud.store.tables import alarm, alarm_move, recheck_case
from tests.cloud import messages
from tests.cloud.postgres import either_ledger
from tests.cloud.rig import Rig

pytestmark = either_ledger

STATES = ("state", "active", "count", "chattering")


def later(rig: Rig, seconds: float) -> None:
    """Without the broker, so that silence is no news."""
    rig.now_ms += round(seconds * 1000)
    rig.ingest.round()


def come_and_go(rig: Rig, times: int, first: int = 1) -> int:
    """A camera that is lost and found again every ten seconds. Returns the next number."""
    for seq in range(first, first + 2 * times, 2):
        for number, state in ((seq, "raised"), (seq + 1, "returned")):
            later(rig, 10)
            rig.arrive(
                messages.alert(number, state=state, at=messages.START + timedelta(milliseconds=rig.now_ms - messages.START_MS))
            )
    return first + 2 * times


def test_an_alarm_that_comes_and_goes_is_told_once_with_its_count(rig: Rig) -> None:
    come_and_go(rig, 6)
    assert rig.rows(alarm, *STATES) == [("UNACK", False, 6, True)]
    announced = [row for row in rig.rows(alarm_move, "move", "announced") if row[1]]
    assert len(announced) == 2, "until it is known to chatter"
    item = rig.look().queue[0]
    assert (item.chattering, item.count) == (True, 6)


def test_what_has_stopped_to_chatter_returns_after_ten_quiet_minutes(rig: Rig) -> None:
    come_and_go(rig, 4)
    later(rig, 500)
    assert rig.rows(alarm, "state", "chattering") == [("UNACK", True)]
    later(rig, 120)
    assert rig.rows(alarm, "state", "chattering") == [("RTNUN", False)]


def test_what_comes_back_rarely_is_new_each_time(rig: Rig) -> None:
    for seq in range(1, 9, 2):
        come_and_go(rig, 1, seq)
        later(rig, 400)
    assert rig.rows(alarm, *STATES) == [("RTNUN", False, 4, False)]
    assert sum(row[0] for row in rig.rows(alarm_move, "announced")) == 4


def test_a_fault_told_again_while_it_lasts_is_no_move(rig: Rig) -> None:
    rig.arrive(*(messages.alert(seq) for seq in range(1, 6)))
    assert rig.rows(alarm_move, "move", "before", "state", "announced") == [("raise", "NORM", "UNACK", True)]


def test_a_case_that_nobody_takes_becomes_an_alarm_each_by_itself(rig: Rig) -> None:
    rig.arrive(messages.alert(1, "recheck", subject="v1"), messages.alert(2, "recheck", subject="v2"))
    later(rig, 100)
    assert rig.rows(recheck_case, "alarmed_why") == [(None,), (None,)]
    later(rig, 30)
    at_ms = rig.now_ms
    assert rig.rows(recheck_case, "visit", "alarmed_why", "alarmed_ms") == [("v1", "untaken", at_ms), ("v2", "untaken", at_ms)]
    later(rig, 30)
    assert rig.rows(recheck_case, "alarmed_ms") == [(at_ms,), (at_ms,)]
    assert {item.alarmed_why for item in rig.look().queue} == {"untaken"}


def test_a_visitor_who_refuses_is_an_alarm_from_the_first_moment(rig: Rig) -> None:
    rig.arrive(messages.alert(1, "guard_needed", subject="v1", refused=True), messages.alert(2, "guard_needed", subject="v2"))
    assert rig.rows(recheck_case, "visit", "alarmed_why") == [("v1", "refusal"), ("v2", None)]


def test_whoever_is_gone_or_came_long_ago_is_no_alarm_any_more(rig: Rig) -> None:
    long_ago = messages.START - timedelta(hours=2)
    rig.arrive(messages.alert(1, "recheck", subject="v1", at=long_ago), messages.alert(2, "guard_needed", subject="v2"))
    rig.arrive(messages.alert(3, "guard_needed", subject="v2", state="returned"))
    later(rig, 200)
    assert rig.rows(recheck_case, "visit", "alarmed_why") == [("v1", None), ("v2", None)]
    assert {item.visit for item in rig.look().queue} == {"v1", "v2"}
