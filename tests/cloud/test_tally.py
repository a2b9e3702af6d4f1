"""An asset's rounds of a month, counted: what is due is what was made and what was not."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from cloud.ledger.facility.agents import Agent, AgentFault
from cloud.ledger.facility.assets import Asset
from cloud.ledger.facility.kinds import AssetKind
from cloud.ledger.facility.rounds import Round, Trust
from cloud.ledger.facility.rules import HOUR_MS, RoundRules
from cloud.ledger.facility.tally import tally
from cloud.ledger.reporting.month import month_of

DAY_MS = 24 * HOUR_MS
RULES = RoundRules()
HANDLE = Asset(1, "", AssetKind.DOOR_HANDLE, "north door", made_ms=0, interval_ms=DAY_MS, grace_ms=HOUR_MS)
TIMES = st.lists(st.integers(min_value=0, max_value=40 * DAY_MS), max_size=40, unique=True)


def made(at_ms: int, trust: Trust = Trust.SCANNED, *, counts: bool = True, late: bool = False) -> Round:
    faults = () if counts else (AgentFault.TOO_WEAK,)
    return Round(at_ms, 1, at_ms, at_ms, "li", Agent.BLEACH_84, 400.0, 30.0, trust, None, faults, late)


def test_a_day_without_a_round_is_one_that_was_missed() -> None:
    """A round every noon but on the fourth day: four due, three shown, one missed, overdue from the grace until noon."""
    noons = [DAY_MS // 2 + day * DAY_MS for day in range(5) if day != 3]
    told = tally(HANDLE, [made(one) for one in noons], DAY_MS, 5 * DAY_MS, RULES)
    assert (told.due, told.shown, told.missed, told.unverified, told.share) == (4, 3, 1, 0, 0.75)
    assert told.overdue_ms == DAY_MS - HOUR_MS
    assert told.began_ms == (3 * DAY_MS + DAY_MS // 2 + HOUR_MS,)


def test_what_nothing_shows_is_due_and_not_shown_and_what_is_too_weak_is_not_made_at_all() -> None:
    rounds = [made(HOUR_MS), made(DAY_MS, Trust.UNVERIFIED), made(2 * DAY_MS, Trust.PHOTOGRAPHED, late=True)]
    told = tally(HANDLE, [*rounds, made(2 * DAY_MS + HOUR_MS, counts=False)], 0, 3 * DAY_MS, RULES)
    assert (told.due, told.shown, told.unverified, told.invalid, told.late, told.missed) == (3, 2, 1, 1, 1, 0)


def test_an_asset_that_is_new_and_not_due_has_no_share() -> None:
    assert tally(HANDLE, [], 0, HOUR_MS, RULES).share is None


@given(TIMES, st.integers(min_value=1, max_value=39))
def test_two_months_are_together_what_they_are_as_one(times: list[int], cut: int) -> None:
    """Nothing is counted twice, or by neither."""
    rounds = [made(one) for one in times]
    whole = tally(HANDLE, rounds, 0, 40 * DAY_MS, RULES)
    first = tally(HANDLE, [one for one in rounds if one.done_ms < cut * DAY_MS], 0, cut * DAY_MS, RULES)
    second = tally(HANDLE, rounds, cut * DAY_MS, 40 * DAY_MS, RULES)
    for name in ("due", "shown", "missed", "overdue_ms", "began_ms"):
        assert getattr(first, name) + getattr(second, name) == getattr(whole, name), name


@given(TIMES)
def test_there_is_never_more_shown_than_due_and_overdue_is_never_longer_than_the_month(times: list[int]) -> None:
    told = tally(HANDLE, [made(one) for one in times], 0, 40 * DAY_MS, RULES)
    assert 0 <= told.shown <= told.due
    assert 0 <= told.overdue_ms <= 40 * DAY_MS
    assert (told.missed > 0) is (told.overdue_ms > 0)


def test_a_month_goes_from_midnight_to_midnight_where_the_site_is() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    now_ms = round(datetime(2027, 2, 1, tzinfo=UTC).timestamp() * 1000)
    december = month_of("2026-12", zone, now_ms)
    assert december is not None
    assert december.since_ms == round(datetime(2026, 11, 30, 16, tzinfo=UTC).timestamp() * 1000)
    assert (december.over, len(december.days), december.days[-1], len(december.ends_of_days())) == (True, 31, "2026-12-31", 31)
    running = month_of("2027-02", zone, now_ms)
    assert running is not None
    assert (running.over, running.days) == (False, ["2027-02-01"])
    assert month_of("2027-03", zone, now_ms) is None


@given(st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/Santiago", "UTC"]), st.integers(1, 12))
def test_every_moment_of_a_month_is_in_one_of_its_days(name: str, number: int) -> None:
    month = month_of(f"2026-{number:02}", ZoneInfo(name), 2**42)
    assert month is not None
    ends = month.ends_of_days()
    assert len(ends) == len(month.days)
    assert ends == sorted(set(ends))
    assert ends[-1] == month.until_ms
    assert [month.day_of(end_ms - 1) for end_ms in ends] == month.days
