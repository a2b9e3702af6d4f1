"""Disinfection rounds as values: strength, evidence, what is due, meetings, and what is locked."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloud.facilities import FacilitySettings, Kind
from cloud.ledger.facility.agents import BY_CHLORINE, Agent, AgentFault, faults, ppm_of
from cloud.ledger.facility.assets import Asset
from cloud.ledger.facility.confirmed import CaseNotice, locking
from cloud.ledger.facility.due import Light, Missed, missed, standing
from cloud.ledger.facility.kinds import INTERVAL_H, AssetKind
from cloud.ledger.facility.meetings import Concern, Meeting, Wants, concerns, demands
from cloud.ledger.facility.rounds import Doubt, Evidence, Round, Trust, believed
from cloud.ledger.facility.rules import HOUR_MS, MINUTE_MS, RoundRules, round_rules
from cloud.reports.words import ASSETS

RULES = RoundRules()
HANDLE = Asset(1, "city/hall", AssetKind.DOOR_HANDLE, "南门", made_ms=0)
ROOM = Asset(2, "city/hall", AssetKind.MEETING_ROOM, "201", made_ms=0, interval_ms=1000 * HOUR_MS, head_limit=10)
MOMENTS = st.integers(0, 400 * HOUR_MS)


def made(done_ms: int, asset: Asset = HANDLE, trust: Trust = Trust.SCANNED, *found: AgentFault) -> Round:
    return Round(done_ms, asset.number, done_ms, done_ms, "li", Agent.BLEACH_84, 500.0, 30.0, trust, faults=found)


def test_one_part_in_a_hundred_of_84_gives_500_milligrams_in_a_litre() -> None:
    assert ppm_of(5.0, 100) == 500
    assert ppm_of(5.0, 200) == 250


@pytest.mark.parametrize(
    ("ppm", "contact_min", "found"),
    [
        (250.0, 30.0, ()),
        (500.0, 45.0, ()),
        (249.9, 30.0, (AgentFault.TOO_WEAK,)),
        (500.1, 30.0, (AgentFault.TOO_STRONG,)),
        (math.nan, 30.0, (AgentFault.TOO_WEAK,)),
        (None, 30.0, (AgentFault.NO_STRENGTH,)),
        (400.0, 29.0, (AgentFault.TOO_SHORT,)),
        (400.0, None, (AgentFault.NO_CONTACT,)),
    ],
)
def test_a_round_out_of_range_counts_for_nothing_and_says_why(
    ppm: float | None, contact_min: float | None, found: tuple[AgentFault, ...]
) -> None:
    """F3: the agent, its strength and its contact time are checked; out of range makes the round invalid."""
    assert faults(Agent.BLEACH_84, ppm, contact_min, None, RULES) == found


@given(
    agent=st.sampled_from(Agent),
    ppm=st.none() | st.floats(),
    contact_min=st.none() | st.floats(min_value=0, max_value=1440),
    prescribed=st.none() | st.sampled_from(Agent),
)
def test_no_round_counts_of_which_strength_or_contact_time_is_not_known(
    agent: Agent, ppm: float | None, contact_min: float | None, prescribed: Agent | None
) -> None:
    if faults(agent, ppm, contact_min, prescribed, RULES):
        return
    assert contact_min is not None
    assert prescribed in (None, agent)
    if agent in BY_CHLORINE:
        assert ppm is not None
        assert RULES.low_ppm <= ppm <= RULES.high_ppm
        assert contact_min >= RULES.contact_min


def test_a_scan_counts_once_and_what_shows_nothing_is_unverified() -> None:
    """R7: a round without evidence is unverified; manual and measured are told apart."""
    at = 10 * HOUR_MS
    assert believed(Evidence.NONE, at, (), RULES, holds=False) == (Trust.UNVERIFIED, Doubt.NO_EVIDENCE)
    assert believed(Evidence.TAG, at, (), RULES, holds=True) == (Trust.SCANNED, None)
    assert believed(Evidence.TAG, at, (), RULES, holds=False) == (Trust.UNVERIFIED, Doubt.TAG_UNKNOWN)
    again = believed(Evidence.TAG, at + 9 * MINUTE_MS, [made(at)], RULES, holds=True)
    assert again == (Trust.UNVERIFIED, Doubt.SCANNED_AGAIN)
    assert believed(Evidence.TAG, at + 10 * MINUTE_MS, [made(at)], RULES, holds=True) == (Trust.SCANNED, None)
    assert believed(Evidence.SENSOR, at, (), RULES, holds=True) == (Trust.MEASURED, None)
    assert believed(Evidence.SENSOR, at, (), RULES, holds=False) == (Trust.UNVERIFIED, Doubt.SENSOR_SILENT)


def test_an_asset_turns_overdue_at_interval_and_grace() -> None:
    """F1: to the millisecond."""
    last = made(HOUR_MS)
    due_ms = HOUR_MS + 2 * HOUR_MS
    over_ms = due_ms + 15 * MINUTE_MS
    lights = [standing(HANDLE, [last], at, RULES).light for at in (due_ms - 1, due_ms, over_ms - 1, over_ms)]
    assert lights == [Light.FINE, Light.DUE, Light.DUE, Light.OVERDUE]


@given(
    now_ms=MOMENTS,
    rounds=st.lists(st.builds(made, MOMENTS, st.just(HANDLE), st.sampled_from(Trust)), max_size=4),
    invalid=MOMENTS,
    locked=st.booleans(),
)
def test_nothing_is_green_without_a_round_that_counts_and_is_shown(
    now_ms: int, rounds: list[Round], invalid: int, locked: bool
) -> None:
    bad = made(invalid, HANDLE, Trust.MEASURED, AgentFault.TOO_WEAK)
    how = standing(HANDLE, [*rounds, bad], now_ms, RULES, locked=locked)
    assert how == standing(HANDLE, rounds, now_ms, RULES, locked=locked), "what does not count changes nothing"
    if how.light is Light.FINE:
        assert not locked
        assert how.last is not None
        assert how.last.trust is not Trust.UNVERIFIED
        assert 0 <= now_ms - how.last.done_ms < RULES.intervals_ms[AssetKind.DOOR_HANDLE]


def test_a_new_asset_is_unknown_and_later_overdue_without_any_round() -> None:
    assert standing(HANDLE, [], HOUR_MS, RULES).light is Light.UNKNOWN
    assert standing(HANDLE, [], 3 * HOUR_MS, RULES).light is Light.OVERDUE


@given(now_ms=MOMENTS, crowded_ms=st.none() | MOMENTS)
def test_people_at_the_gate_only_ever_make_it_due_earlier(now_ms: int, crowded_ms: int | None) -> None:
    calm = standing(HANDLE, [made(0)], now_ms, RULES)
    busy = standing(HANDLE, [made(0)], now_ms, RULES, flow=lambda _since_ms: crowded_ms)
    assert busy.due_ms == (calm.due_ms if crowded_ms is None else min(calm.due_ms, crowded_ms))
    assert busy.by_flow == (crowded_ms is not None and crowded_ms < calm.due_ms)


def test_a_room_is_due_before_and_after_a_meeting() -> None:
    """F0: too many people warn; a room without a round after the meeting is overdue."""
    meeting = Meeting(7, ROOM.number, 10 * HOUR_MS, 12 * HOUR_MS, heads=11, screened=4)
    wanted = demands([meeting], RULES)
    rounds = [made(HOUR_MS, ROOM)]

    def light(at: float, *more: Round) -> tuple[Light, Wants | None]:
        how = standing(ROOM, [*rounds, *more], round(at * HOUR_MS), RULES, wanted=wanted)
        return how.light, how.wants

    assert light(7.9) == (Light.FINE, None)
    assert light(8) == (Light.DUE, Wants.BEFORE_MEETING)
    assert light(10) == (Light.OVERDUE, Wants.BEFORE_MEETING)
    assert light(9.5, made(9 * HOUR_MS, ROOM)) == (Light.FINE, None)
    assert light(12, made(9 * HOUR_MS, ROOM)) == (Light.DUE, Wants.AFTER_MEETING)
    assert light(12.5, made(9 * HOUR_MS, ROOM)) == (Light.OVERDUE, Wants.AFTER_MEETING)
    assert light(12.5, made(round(12.2 * HOUR_MS), ROOM)) == (Light.FINE, None)
    assert concerns(meeting, ROOM, rounds, 9 * HOUR_MS, RULES) == [Concern.TOO_MANY]
    late = concerns(meeting, ROOM, rounds, 10 * HOUR_MS, RULES)
    assert late == [Concern.TOO_MANY, Concern.NOT_SCREENED, Concern.NO_ROUND_BEFORE]
    assert concerns(meeting, replace(ROOM, head_limit=None), rounds, 0, RULES) == [Concern.NO_LIMIT]


def test_only_an_end_unlocks_an_area_and_no_other_site_is_locked() -> None:
    """F9: locked with all below until evidence is attached."""
    notice = CaseNotice(1, 5, date(2026, 11, 23), "district CDC", "第三办公楼", "city/hall")
    assert locking([notice], "city/hall/east") == notice
    assert locking([notice], "city/hall-2") is None
    assert locking([replace(notice, site=None)], "city/hall") is None
    assert locking([replace(notice, ended_ms=9)], "city/hall") is None
    assert standing(HANDLE, [made(HOUR_MS)], HOUR_MS, RULES, locked=True).light is Light.LOCKED


def test_times_without_a_round_are_listed_as_far_as_they_lie_in_the_period() -> None:
    grace, every = RULES.grace_ms, RULES.intervals_ms[AssetKind.DOOR_HANDLE]
    rounds = [made(0), made(5 * HOUR_MS), made(6 * HOUR_MS)]
    assert missed(HANDLE, rounds, 0, 12 * HOUR_MS, RULES) == [
        Missed(every + grace, 5 * HOUR_MS),
        Missed(6 * HOUR_MS + every + grace, None),
    ]
    assert missed(HANDLE, rounds, 4 * HOUR_MS, 7 * HOUR_MS, RULES) == [Missed(4 * HOUR_MS, 5 * HOUR_MS)]


def test_every_kind_of_the_notices_has_an_interval_a_setting_and_words() -> None:
    """F2: each kind has its own interval, and a site's own settings go before it."""
    assert set(INTERVAL_H) == set(AssetKind) == set(ASSETS) == set(get_args(Kind))
    rules = round_rules(FacilitySettings(interval_h={"office": 6.0}))
    assert rules.intervals_ms[AssetKind.OFFICE] == 6 * HOUR_MS
    assert rules.intervals_ms[AssetKind.LIFT] == 2 * HOUR_MS
    assert round_rules(FacilitySettings()) == RULES
    with pytest.raises(ValueError, match="low_ppm"):
        FacilitySettings(low_ppm=600.0)
