"""A relay somewhere else: the loop never waits for it, nothing opens late, and what is wrong is said."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event

import pytest

from edge.actuators.remote_barrier import LATE_S, STILL_S, RemoteBarrier
from edge.errors import BarrierError
from tests.clocks import FakeClock
from tests.system.until import until


class Far:
    """A relay that answers when it is let."""

    def __init__(self, again_s: float | None = None) -> None:
        self.again_s = again_s
        self.told: queue.Queue[tuple[str, float]] = queue.Queue()
        self.answers, self.away = Event(), False
        self.answers.set()

    def pull(self, seconds: float) -> None:
        self._tell("pull", seconds)

    def drop(self) -> None:
        self._tell("drop", 0.0)

    def ask(self) -> None:
        self._tell("ask", 0.0)

    def close(self) -> None:
        self.told.put(("close", 0.0))

    def _tell(self, what: str, seconds: float) -> None:
        self.told.put((what, round(seconds, 2)))
        self.answers.wait(5)
        if self.away:
            raise BarrierError("the relay does not answer", where="far away")

    def next(self) -> tuple[str, float]:
        return self.told.get(timeout=5)

    def silent(self) -> None:
        """What was under way is taken, and then nothing comes for many times `again_s`."""
        while not self.told.empty():
            self.told.get()
        with suppress(queue.Empty):
            self.told.get(timeout=0.1)
        with pytest.raises(queue.Empty):
            self.told.get(timeout=0.1)


@contextmanager
def barrier(relay: Far, clock: FakeClock) -> Iterator[RemoteBarrier]:
    one = RemoteBarrier(relay, clock)
    assert relay.next() == ("ask", 0.0)
    yield one
    relay.answers.set()
    one.close()


def test_it_opens_for_a_time_and_is_shut_sooner_when_asked() -> None:
    relay, clock = Far(), FakeClock()
    with barrier(relay, clock) as arm:
        arm.open_for(3.0)
        assert relay.next() == ("pull", 3.0)
        assert arm.is_open
        arm.shut()
        assert relay.next() == ("drop", 0.0)
        assert not arm.is_open


def test_it_times_itself() -> None:
    relay, clock = Far(), FakeClock()
    with barrier(relay, clock) as arm:
        arm.open_for(3.0)
        assert relay.next() == ("pull", 3.0)
        clock.advance(3.1)
        arm.tick(clock.now_s)
        assert not arm.is_open
    assert relay.next() == ("close", 0.0)


def test_a_slow_relay_holds_up_nobody_and_opens_nothing_late() -> None:
    relay, clock = Far(), FakeClock()
    with barrier(relay, clock) as arm:
        relay.answers.clear()
        arm.open_for(3.0)
        assert relay.next() == ("pull", 3.0)
        arm.open_for(4.0)  # the thread still waits for the first answer
        clock.advance(LATE_S + 0.1)
        relay.answers.set()
        until(lambda: not arm.is_open, 5, "the second is forgotten")
        arm.open_for(5.0)
        assert relay.next() == ("pull", 5.0)


def test_a_relay_that_is_away_is_trouble_until_it_is_back() -> None:
    relay, clock = Far(), FakeClock()
    with barrier(relay, clock) as arm:
        relay.away = True
        arm.open_for(3.0)
        assert relay.next() == ("pull", 3.0)
        assert until(lambda: arm.trouble, 5, "it is told") == "the relay does not answer"
        assert not arm.is_open
        relay.away = False
        arm.open_for(3.0)
        assert relay.next() == ("pull", 3.0)
        until(lambda: arm.trouble is None, 5, "it is over")


def test_a_watchdog_is_fed_only_while_the_loop_makes_its_rounds() -> None:
    relay, clock = Far(again_s=0.01), FakeClock()
    with barrier(relay, clock) as arm:
        arm.tick(clock.now_s)
        arm.open_for(3.0)
        assert [relay.next() for _ in range(5)] == [("pull", 3.0)] * 5
        clock.advance(STILL_S + 0.01)  # and no tick
        relay.silent()
        arm.tick(clock.now_s)
        assert relay.next()[0] == "pull"


def test_an_open_barrier_is_shut_when_the_gate_ends() -> None:
    relay, clock = Far(), FakeClock()
    with barrier(relay, clock) as arm:
        arm.open_for(3.0)
        assert relay.next() == ("pull", 3.0)
    assert relay.next() == ("drop", 0.0)
    assert relay.next() == ("close", 0.0)
