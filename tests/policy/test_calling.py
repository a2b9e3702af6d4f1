"""A guard is called for a visitor whom the gate cannot help, or who does not heed it: once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.verdicts import Reason, Verdict
from edge.policy.calling import HEEDED_S, Call, Caller
from edge.policy.rule import PATIENCE_S, Decision

PUT_ON, FIX = Decision(Verdict.PUT_ON_MASK), Decision(Verdict.FIX_MASK)
PASS, WAIT = Decision(Verdict.PASS), Decision(Verdict.WAIT, Reason.LOOK_HERE)
COLD = Decision(Verdict.CANNOT_MEASURE, Reason.COLD_SKIN)
EVERY_S = 0.1


def told(caller: Caller, decision: Decision, seconds: float, now_s: float = 100.0) -> tuple[list[Call], float]:
    """The calls made while the visitor is told this for so long, and the time then."""
    calls = []
    for _ in range(round(seconds / EVERY_S)):
        call = caller.see(decision, now_s)
        now_s += EVERY_S
        calls += [] if call is None else [call]
    return calls, now_s


@pytest.mark.parametrize("decision", [WAIT, COLD])
def test_who_is_neither_let_in_nor_helped_gets_a_guard_once(decision: Decision) -> None:
    caller = Caller(3)
    before, now_s = told(caller, decision, PATIENCE_S - 0.5)
    assert before == []
    assert told(caller, decision, 60.0, now_s)[0] == [Call.STUCK]


def test_waiting_and_then_not_being_measured_is_one_wait() -> None:
    caller = Caller(3)
    before, now_s = told(caller, WAIT, PATIENCE_S / 2)
    after, _ = told(caller, COLD, PATIENCE_S / 2 + 1.0, now_s)
    assert (before, after) == ([], [Call.STUCK])


def test_an_instruction_in_between_begins_the_wait_anew() -> None:
    caller = Caller(3)
    _, now_s = told(caller, WAIT, PATIENCE_S - 1.0)
    _, now_s = told(caller, FIX, 1.0, now_s)
    assert told(caller, WAIT, PATIENCE_S - 1.0, now_s)[0] == []


def test_taking_the_mask_off_for_the_third_time_calls_a_guard_once() -> None:
    """G6: the third refusal in one visit is exactly one alarm, not three."""
    caller, now_s, calls = Caller(3), 0.0, []
    for _ in range(5):
        for decision in (PUT_ON, PASS):
            called, now_s = told(caller, decision, 1.0, now_s)
            calls += called
    assert calls == [Call.REFUSING]
    assert caller.refusals == 5


def test_standing_there_without_a_mask_is_refusing_again_and_again() -> None:
    caller = Caller(3)
    before, now_s = told(caller, PUT_ON, 2 * HEEDED_S - 1.0)
    assert before == []
    assert told(caller, PUT_ON, 2.0, now_s)[0] == [Call.REFUSING]


def test_one_instruction_for_another_or_a_look_aside_is_no_new_refusal() -> None:
    caller, now_s = Caller(3), 0.0
    for decision in (PUT_ON, WAIT, FIX, WAIT, PUT_ON):
        _, now_s = told(caller, decision, 2.0, now_s)
    assert caller.refusals == 1


def test_a_site_may_call_nobody_for_refusals() -> None:
    assert told(Caller(0), PUT_ON, 300.0)[0] == []


@given(st.lists(st.tuples(st.sampled_from([PUT_ON, FIX, PASS, WAIT, COLD]), st.floats(0.0, 40.0)), max_size=40))
def test_nobody_is_called_twice_for_one_visit(course: list[tuple[Decision, float]]) -> None:
    caller, now_s, calls = Caller(3), 0.0, 0
    for decision, seconds in course:
        now_s += seconds
        calls += caller.see(decision, now_s) is not None
    assert calls <= 1
