from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloud.ledger.alarms import MOVES, Alarm, Move, Said, State, acknowledged, after, after_said, quiet
from cloud.ledger.cases import CaseMove, CaseState, case_after
from cloud.ledger.chatter import calmed, is_quiet, steadied
from cloud.ledger.kinds import PRIORITIES, SAFETY, CloudAlarm
from cloud.ledger.moves import is_announced
from cloud.ledger.visits import Position
from cloud.ledger.withholding import brought_back, is_over, out_of_service, shelved
from contract.messages.alert import AlertKind

IN_SIGHT = {State.UNACK, State.ACKED, State.RTNUN}


def said(seq: int, *, raised: bool) -> Said:
    return Said(raised, Position("i1", seq, seq * 1000), seq * 1000, f"said {seq}")


def after_all(messages: list[Said], kind: str = "colour_camera") -> Alarm:
    alarm = quiet("gate-1", kind)
    for one in messages:
        alarm = after_said(alarm, one)
    return alarm


@given(raises=st.lists(st.booleans(), min_size=1, max_size=12), chance=st.randoms(use_true_random=False))
def test_an_alarm_ends_in_the_same_state_whatever_overtakes_what(raises: list[bool], chance: Any) -> None:
    messages = [said(seq, raised=raised) for seq, raised in enumerate(raises, start=1)]
    in_order = after_all(messages)
    chance.shuffle(messages)
    shuffled = after_all(messages)
    assert (shuffled.state, shuffled.active, shuffled.count, shuffled.detail) == (
        in_order.state,
        in_order.active,
        in_order.count,
        in_order.detail,
    )


@given(raises=st.lists(st.booleans(), min_size=1, max_size=12))
def test_a_fault_that_is_there_is_never_out_of_the_guards_sight(raises: list[bool]) -> None:
    alarm = after_all([said(seq, raised=raised) for seq, raised in enumerate(raises, start=1)])
    assert alarm.active == raises[-1]
    assert (alarm.state in IN_SIGHT) == any(raises)


@given(state=st.sampled_from(State), move=st.sampled_from(Move))
def test_what_a_gate_says_fits_every_state(state: State, move: Move) -> None:
    if move in (Move.RAISE, Move.RAISED_EARLIER, Move.RETURN_TO_NORMAL):
        assert (state, move) in MOVES


@given(state=st.sampled_from([State.SHLVD, State.DSUPR, State.OOSRV]), active=st.booleans())
def test_an_alarm_that_comes_back_into_sight_shows_a_fault_that_is_there(state: State, active: bool) -> None:
    back = {State.SHLVD: Move.UNSHELVE, State.DSUPR: Move.UNSUPPRESS, State.OOSRV: Move.RESTORE}[state]
    assert after(state, back, active=active) is (State.UNACK if active else State.NORM)


def test_a_guard_acknowledges_an_alarm_once_and_a_new_raise_asks_again() -> None:
    alarm = acknowledged(after_all([said(1, raised=True)]), "li", 5_000)
    assert alarm is not None
    assert (alarm.state, alarm.acknowledged_by) == (State.ACKED, "li")
    assert acknowledged(alarm, "wang", 6_000) is None
    gone = after_said(alarm, said(2, raised=False))
    assert gone.state == State.NORM
    again = after_said(gone, said(3, raised=True))
    assert (again.state, again.acknowledged_by, again.raised_ms, again.count) == (State.UNACK, None, 3_000, 2)


def test_what_is_over_when_it_is_told_waits_for_one_acknowledgement() -> None:
    alarm = after_all([said(1, raised=True)], AlertKind.DROPPED.value)
    assert (alarm.state, alarm.active) == (State.RTNUN, False)
    done = acknowledged(alarm, "li", 5_000)
    assert done is not None
    assert done.state == State.NORM


@pytest.mark.parametrize("kind", [*AlertKind, *CloudAlarm])
def test_every_kind_has_a_priority(kind: str) -> None:
    assert kind in PRIORITIES


def test_a_case_nobody_took_cannot_be_closed() -> None:
    assert case_after(CaseState.OPEN, CaseMove.CLOSE) is None
    assert case_after(CaseState.OPEN, CaseMove.TAKE) is CaseState.TAKEN
    assert case_after(CaseState.TAKEN, CaseMove.TAKE) is None


SHELF_MS = 15 * 60_000


def raised(kind: str = "colour_camera") -> Alarm:
    return after_all([said(1, raised=True)], kind)


def test_a_shelved_alarm_is_out_of_sight_with_who_why_and_until_when() -> None:
    alarm = shelved(raised(), "li", "the cable comes on Monday", 2_000, 60_000)
    assert alarm is not None
    assert (alarm.state, alarm.withheld_by, alarm.withheld_why, alarm.withheld_until_ms) == (
        State.SHLVD,
        "li",
        "the cable comes on Monday",
        60_000,
    )
    assert (is_over(alarm, 59_999), is_over(alarm, 60_000)) == (False, True)


@pytest.mark.parametrize(("kind", "minutes"), [("tailgating", 15), ("colour_camera", 120), ("occupancy", 480)])
def test_the_more_urgent_an_alarm_the_shorter_it_may_be_shelved(kind: str, minutes: int) -> None:
    assert shelved(raised(kind), "li", "why", 0, minutes * 60_000) is not None
    for wrong_ms in (0, minutes * 60_000 + 1):
        with pytest.raises(ValueError, match=f"1 to {minutes} minutes"):
            shelved(raised(kind), "li", "why", 0, wrong_ms)


@pytest.mark.parametrize("kind", sorted(SAFETY))
def test_nobody_puts_fire_or_a_lamp_that_harms_aside_but_a_supervisor_who_has_it_repaired(kind: str) -> None:
    with pytest.raises(ValueError, match="is not shelved"):
        shelved(raised(kind), "li", "why", 0, 60_000)
    assert out_of_service(raised(kind), "wang", "the wire is being replaced", 0) is not None


@given(goes_on=st.booleans(), back=st.sampled_from([Move.UNSHELVE, Move.RESTORE]))
def test_what_comes_back_is_new_to_the_guard_where_the_fault_is_still_there(goes_on: bool, back: Move) -> None:
    shelf = shelved(raised(), "li", "why", 0, SHELF_MS) if back is Move.UNSHELVE else out_of_service(raised(), "li", "why", 0)
    assert shelf is not None
    seen = brought_back(after_said(shelf, said(2, raised=goes_on)), back, 9_000)
    assert seen is not None
    assert (seen.state, seen.withheld_by, seen.withheld_until_ms) == (State.UNACK if goes_on else State.NORM, None, None)
    assert seen.raised_ms == (9_000 if goes_on else 1_000)


def test_out_of_service_cannot_be_shelved_and_a_shelf_cannot_be_restored() -> None:
    gone = out_of_service(raised(), "wang", "being rebuilt", 0)
    assert gone is not None
    assert shelved(gone, "li", "why", 0, 1_000) is None
    assert brought_back(gone, Move.UNSHELVE, 0) is None


def test_an_alarm_that_chatters_keeps_its_age_and_its_acknowledgement_until_it_is_quiet() -> None:
    known = acknowledged(raised(), "li", 5_000)
    assert known is not None
    gone = steadied(known, after_said(known, said(2, raised=False)))
    assert (gone.state, gone.active, gone.chattering) == (State.ACKED, False, True)
    again = steadied(gone, after_said(gone, said(3, raised=True)))
    assert (again.state, again.raised_ms, again.acknowledged_by, again.count) == (State.ACKED, 1_000, "li", 2)
    assert calmed(gone).state == State.NORM
    assert (is_quiet(gone, 0, 599_999), is_quiet(gone, 0, 600_000)) == (False, True)


@given(state=st.sampled_from(State), before=st.sampled_from(State))
def test_a_guard_is_told_only_by_what_asks_for_an_acknowledgement(state: State, before: State) -> None:
    assert not is_announced(before, state) or state in (State.UNACK, State.RTNUN)
    assert not is_announced(state, state)
