"""From PASS to the arm."""

from __future__ import annotations

import pytest

from edge.actuators.log_barrier import LogBarrier
from edge.gate.opening import LATEST_S, Opening
from tests.clocks import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def barrier(clock: FakeClock) -> LogBarrier:
    return LogBarrier(clock)


@pytest.fixture
def opening(barrier: LogBarrier) -> Opening:
    return Opening(barrier, open_s=3.0)


def test_the_arm_waits_for_the_commit(clock: FakeClock, barrier: LogBarrier, opening: Opening) -> None:
    opening.want("v1", 7, clock.now_s)
    opening.round("v1", 6, clock.now_s)
    assert not barrier.is_open
    opening.round("v1", 7, clock.now_s)
    assert barrier.is_open


def test_a_slow_disk_delays_the_arm_by_150_ms_at_most(clock: FakeClock, barrier: LogBarrier, opening: Opening) -> None:
    opening.want("v1", 7, clock.now_s)
    clock.advance(LATEST_S - 0.001)
    opening.round("v1", 0, clock.now_s)
    assert not barrier.is_open
    clock.advance(0.002)
    opening.round("v1", 0, clock.now_s)
    assert barrier.is_open


def test_a_full_ring_does_not_keep_a_good_visitor_out(clock: FakeClock, barrier: LogBarrier, opening: Opening) -> None:
    opening.want("v1", None, clock.now_s)
    clock.advance(LATEST_S + 0.001)
    opening.round("v1", 0, clock.now_s)
    assert barrier.is_open


def test_a_pass_that_ended_before_the_commit_opens_nothing(clock: FakeClock, barrier: LogBarrier, opening: Opening) -> None:
    opening.want("v1", 7, clock.now_s)
    opening.round(None, 7, clock.now_s)
    opening.round("v1", 7, clock.now_s)
    assert not barrier.is_open


def test_the_arm_comes_down_when_the_pass_no_longer_holds(clock: FakeClock, barrier: LogBarrier, opening: Opening) -> None:
    opening.want("v1", 1, clock.now_s)
    opening.round("v1", 1, clock.now_s)
    opening.round(None, 1, clock.now_s)
    assert not barrier.is_open


def test_the_arm_comes_down_by_itself_after_its_time(clock: FakeClock, barrier: LogBarrier, opening: Opening) -> None:
    opening.want("v1", 1, clock.now_s)
    opening.round("v1", 1, clock.now_s)
    clock.advance(3.1)
    opening.round("v1", 1, clock.now_s)
    assert not barrier.is_open
