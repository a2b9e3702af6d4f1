"""The arm of a gate with a simulated circuit, and what a test does around it."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from contract.commands import Verb
from edge.orders import Order, Orders
from edge.sim.hand import Hand
from tests.system.gate import Gate
from tests.system.until import until


class Arm:
    """What a test sees of the arm, and does to the circuit."""

    def __init__(self, gate: Gate) -> None:
        self._gate, self._hand, self._orders = gate, Hand(), 0

    @property
    def doing(self) -> str:
        return str(self._note["arm"])

    @property
    def struck(self) -> int:
        return int(self._note["struck"])

    @property
    def _note(self) -> dict[str, Any]:
        return until(lambda: self._gate.note("circuit"), 10, "the circuit says how it is")

    def since(self, at_s: float) -> list[tuple[float, str]]:
        """What it began to do after `at_s`, with the times."""
        return [(when_s, doing) for when_s, doing in self._note["history"] if when_s > at_s]

    def until_it_is(self, doing: str, at_s: float, within_s: float = 20.0) -> float:
        """Seconds from `at_s` to when it began to be so."""
        said = until(
            lambda: [when_s for when_s, done in self.since(at_s) if done == doing],
            within_s,
            lambda: f"the arm is {doing}: {self._note}",
        )
        return said[0] - at_s

    def do(self, **change: Any) -> float:
        """Something happens around the arm. Returns when."""
        self._hand = replace(self._hand, **change)
        board, now_s = self._gate.rundir.board("hand"), time.monotonic()
        board.post(self._hand.as_note(), now_s)
        board.close()
        return now_s

    def mend(self) -> None:
        """Nothing is wrong any more."""
        self._hand = Hand()
        self.do()

    def open(self) -> None:
        """A guard lets somebody in who stands there, as often as it takes until the arm is up."""
        began_s = time.monotonic()
        until(lambda: self._opened(began_s), 60, "the arm opens", every_s=0.3)

    def _opened(self, began_s: float) -> bool:
        if self.since(began_s) and self.doing == "open":
            return True
        if self._gate.note("gate").get("in_zone"):
            self._orders += 1
            order = Order(f"c{self._orders}-{time.monotonic_ns()}", Verb.OPEN_ONCE, "a", "guard", {}, time.monotonic() + 5.0)
            board = self._gate.rundir.board("orders")
            board.post(Orders(held=False, last=(order,)).as_note(), time.monotonic())
            board.close()
        return False
