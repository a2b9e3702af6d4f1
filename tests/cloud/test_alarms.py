from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloud.ledger.alarms import MOVES, Alarm, Move, Said, State, acknowledged, after, after_said, quiet
from cloud.ledger.cases import CaseMove, CaseState, case_after
from cloud.ledger.kinds import PRIORITIES, CloudAlarm
from cloud.ledger.visits import Position
from contract.messages import AlertKind

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
