"""Commands in the loop: people before a lane, somebody who orders, and what the arm does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.commands import Verb
from contract.message import Message
from contract.messages.orders import ActData
from contract.topics import Kind
from contract.verdicts import Mask, Verdict
from edge.actuators.log_barrier import LogBarrier
from edge.board import Board
from edge.gate.loop import HELD
from edge.gate.obeying import SHOWN_S, Obeying
from edge.gate.opening import LATEST_S, Opening
from edge.lane.lane import GONE_S
from edge.lane.step import Step
from edge.orders import Order, Orders
from tests.clocks import FakeClock
from tests.lane.scene import FRAME_S, NEAR, Scene

AWAY = (0.0, 200.0, 40.0, 260.0)
"""Beside the zone."""


class Ordered(Scene):
    """A scene whose rounds are the loop's: held or not, lane, orders, arm. Every record is on disk at once."""

    def __init__(self, folder: Path, *, orders: Board | None = None) -> None:
        super().__init__()
        self.clock = FakeClock(now_s=self.now_s)
        self.board = orders or Board.create(folder / "orders")
        self.on_site = Board.create(folder / "on_site")
        self.barrier = LogBarrier(self.clock)
        self.opening = Opening(self.barrier, open_s=3.0)
        self.acts: list[ActData] = []
        self.fire = False
        self.restart()
        self.orders = Orders()
        self._lane = self.lane
        self.lane = self  # type: ignore[assignment]  # so that `frame` makes a whole round

    def restart(self) -> None:
        self.obeying = Obeying(self.board, self.opening, self.clock, self.on_site)

    def step(self, now_s: float, faces: Any, fault: Any) -> Step:
        self.clock.now_s = now_s
        step = self._lane.step(now_s, faces, fault, hold=HELD if self.obeying.look() else None)
        self.obeying.act(step.screen.in_zone, now_s, self._record)
        for said in step.announced:
            if said.decision.verdict is Verdict.PASS:
                self.opening.want(said.visit, 0, said.decided_s)
        self.opening.round(step.passing, 1, now_s, fire=self.fire)
        return step

    def order(self, verb: Verb, *, lasts_s: float = 10.0, **arguments: str) -> None:
        name = f"c-{len(self.acts)}-{self.board.version}"
        order = Order(name, verb, "guard.li", "guard", arguments, self.now_s + lasts_s)
        self.orders = self.orders.with_order(order)
        self.board.post(self.orders.as_note(), self.now_s)

    def _record(self, kind: Kind, data: Message) -> int:
        assert kind is Kind.ACT
        assert isinstance(data, ActData)
        self.acts.append(data)
        return 1

    @property
    def told(self) -> list[tuple[str, bool]]:
        return [(act.verb, act.done) for act in self.acts]


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Ordered]:
    made = Ordered(tmp_path)
    yield made
    made.board.close()


def test_a_guard_lets_in_whom_the_gate_would_not(gate: Ordered) -> None:
    gate.person(mask=Mask.ABSENT, frames=40)
    gate.order(Verb.OPEN_ONCE, reason="child")
    gate.person(mask=Mask.ABSENT, frames=1)
    assert gate.barrier.is_open
    assert gate.told == [("open_once", True)]
    gate.person(mask=Mask.ABSENT, frames=80)
    assert not gate.barrier.is_open, "for barrier.open_s, and once"


def test_a_technician_opens_once_by_the_page_of_the_gate_which_a_guard_still_holds(gate: Ordered) -> None:
    gate.order(Verb.HOLD)
    gate.person(frames=20)
    order = Order("t-1", Verb.OPEN_ONCE, "technician", "technician", {"reason": "test"}, gate.now_s + 5.0)
    gate.on_site.post(Orders(last=(order,)).as_note(), gate.now_s)
    gate.person(frames=1)
    assert gate.barrier.is_open
    assert gate.told == [("hold", True), ("open_once", True)]
    gate.person(frames=80)
    assert not gate.barrier.is_open, "once"
    assert gate.steps[-1].screen.decision == HELD


def test_an_empty_gate_does_not_open_and_says_so(gate: Ordered) -> None:
    gate.empty(5)
    gate.order(Verb.OPEN_ONCE, reason="test")
    gate.empty(5).person(frames=1, box=AWAY)
    assert not gate.barrier.is_open
    assert gate.told == [("open_once", False)]
    assert "nobody" in gate.acts[0].detail


def test_nobody_orders_the_arm_down_while_there_is_fire(gate: Ordered) -> None:
    gate.fire = True
    gate.empty(5)
    gate.order(Verb.CLOSE)
    gate.empty(40)
    assert gate.barrier.is_open
    assert gate.told == [("close", False)]
    assert "fire" in gate.acts[0].detail


def test_an_order_that_reaches_the_loop_too_late_is_not_obeyed(gate: Ordered) -> None:
    gate.person(frames=3, mask=Mask.ABSENT)
    gate.order(Verb.OPEN_ONCE, lasts_s=0.0, reason="late")
    gate.person(frames=3, mask=Mask.ABSENT)
    assert (gate.barrier.is_open, gate.told) == (False, [("open_once", False)])


def test_a_loop_that_starts_again_does_not_obey_what_the_one_before_it_has(gate: Ordered) -> None:
    gate.person(frames=5, mask=Mask.ABSENT)
    gate.order(Verb.OPEN_ONCE, reason="child")
    gate.restart()
    gate.person(frames=5, mask=Mask.ABSENT)
    assert gate.told == []
    assert not gate.barrier.is_open


def test_a_held_gate_lets_nobody_in_and_says_so_until_it_is_released(gate: Ordered) -> None:
    gate.order(Verb.HOLD)
    gate.person(frames=60)
    assert gate.screens == [Verdict.HOLD]
    assert set(gate.verdicts) == {Verdict.HOLD}
    assert not gate.barrier.is_open
    gate.order(Verb.RELEASE)
    gate.person(frames=30)
    assert gate.verdicts[-1] is Verdict.PASS
    assert gate.barrier.is_open
    assert gate.told == [("hold", True), ("release", True)]


def test_a_hold_is_still_one_after_the_loop_began_anew(gate: Ordered) -> None:
    gate.order(Verb.HOLD)
    gate.empty(2)
    gate.restart()
    gate.person(frames=60)
    assert set(gate.verdicts) == {Verdict.HOLD}


def test_a_hold_takes_back_a_pass_and_brings_the_arm_down(gate: Ordered) -> None:
    gate.person(frames=40)
    assert gate.barrier.is_open
    gate.order(Verb.HOLD)
    gate.person(frames=1)
    assert not gate.barrier.is_open
    assert gate.passing is None


def test_close_brings_the_arm_down_for_this_one_only(gate: Ordered) -> None:
    gate.person(frames=20, mask=Mask.ABSENT)
    gate.order(Verb.OPEN_ONCE, reason="child")
    gate.person(frames=2, mask=Mask.ABSENT)
    gate.order(Verb.CLOSE)
    gate.person(frames=2, mask=Mask.ABSENT)
    assert not gate.barrier.is_open
    gate.empty(40).person(frames=50, track=2)
    assert gate.barrier.is_open


def test_a_message_stands_on_the_screen_for_a_minute(gate: Ordered) -> None:
    gate.order(Verb.MESSAGE, zh="请走左边", en="Keep left")
    gate.empty(2)
    assert gate.obeying.message(gate.now_s) == {"zh": "请走左边", "en": "Keep left"}
    assert gate.obeying.message(gate.now_s + SHOWN_S) is None


def test_the_order_is_recorded_with_who_gave_it_and_why(gate: Ordered) -> None:
    gate.person(frames=20, mask=Mask.ABSENT)
    gate.order(Verb.OPEN_ONCE, reason="child")
    gate.person(frames=1, mask=Mask.ABSENT)
    written = json.loads(gate.acts[0].model_dump_json())
    assert (written["issuer"], written["role"], written["arguments"]) == ("guard.li", "guard", {"reason": "child"})


MOMENTS = st.lists(
    st.tuples(st.sampled_from(["near", "away", "nobody"]), st.integers(1, 30), st.sampled_from([None, *Verb])),
    min_size=1,
    max_size=8,
)


@settings(max_examples=30, deadline=None)
@given(moments=MOMENTS)
def test_an_empty_gate_never_opens_whatever_is_ordered(moments: list[tuple[str, int, Verb | None]]) -> None:
    """The arm goes up only while somebody is in the zone, or was a moment ago; never while the gate is held, but for an order."""
    with TemporaryDirectory() as folder:
        gate = Ordered(Path(folder))
        seen_s, was_open = float("-inf"), False
        for who, frames, verb in moments:
            if verb is not None:
                gate.order(verb, reason="r")
            for _ in range(frames):
                faces = {"near": [gate.face(box=NEAR)], "away": [gate.face(box=AWAY, track=9)], "nobody": []}[who]
                gate.frame(*faces)
                seen_s = gate.now_s if who == "near" else seen_s
                if gate.barrier.is_open and not was_open:
                    assert gate.now_s - seen_s <= GONE_S + LATEST_S + FRAME_S
                    ordered = gate.acts and gate.acts[-1].verb == Verb.OPEN_ONCE
                    assert ordered or not gate.orders.held
                was_open = gate.barrier.is_open
        gate.board.close()


def test_no_picture_leaves_a_gate_that_does_not_allow_it_and_no_ticket_stands_in_a_record(tmp_path: Path) -> None:
    gate = Ordered(tmp_path)
    for allowed in (False, True):
        gate.obeying = Obeying(gate.board, gate.opening, gate.clock, live=allowed)
        gate.order(Verb.LIVE, purpose="somebody fell", ticket="good-once")
        gate.person(frames=1)
    refused, shown = gate.acts
    assert (refused.done, shown.done) == (False, True)
    assert "live.allowed" in refused.detail
    assert shown.arguments == {"purpose": "somebody fell"}
    assert not gate.barrier.is_open
