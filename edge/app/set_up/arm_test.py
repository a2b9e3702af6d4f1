"""The barrier tried by somebody who stands there: one opening by the road of `open once`, and whether its inputs react."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass
from typing import Any, Final

from contract.commands import Verb
from contract.errors import MenshenError
from edge.app.rundir import RunDir
from edge.clock import Clock
from edge.orders import Order, Orders

BY: Final = "technician"
_LASTS_S: Final = 5.0
"""The loop obeys within a round; later than this it is too late."""
_OPENS_WITHIN_S: Final = 4.0
_SHUTS_WITHIN_S: Final = 20.0
_LOOK_S: Final = 0.03


@dataclass(frozen=True, slots=True)
class Moved:
    """What the arm did. Seconds after the order, and after it went up; None where it did not."""

    opened_s: float | None
    shut_s: float | None

    @property
    def works(self) -> bool:
        return self.opened_s is not None and self.shut_s is not None


class ArmTest:
    """`see` is called with what the gate says, as often as somebody looks; `open` waits until the arm has come down again."""

    def __init__(self, rundir: RunDir, clock: Clock, open_s: float) -> None:
        self._rundir, self._clock, self._open_s = rundir, clock, open_s
        self._waiting = threading.Event()
        self._seen: dict[str, set[bool]] = {"arm_clear": set(), "fire": set()}
        self.moved: Moved | None = None

    def see(self, gate: dict[str, Any]) -> None:
        """Note how the inputs are now."""
        for name, states in self._seen.items():
            if (now := gate.get(name)) is not None:
                states.add(bool(now))

    @property
    def reacted(self) -> dict[str, bool]:
        """Which inputs were seen both ways."""
        return {name: len(states) == len((False, True)) for name, states in self._seen.items()}

    def open(self) -> Moved:
        """Order one opening and watch it. Raises MenshenError where nobody stands in the zone, or there is fire."""
        self._refuse()
        board = self._rundir.board("on_site")
        begun_s = self._clock.monotonic_s()
        order = Order(f"t-{secrets.token_hex(8)}", Verb.OPEN_ONCE, BY, BY, {"reason": "test"}, begun_s + _LASTS_S)
        board.post(Orders(last=(order,)).as_note(), begun_s)
        board.close()
        opened_s = self._until(is_open=True, within_s=_OPENS_WITHIN_S)
        shut_s = None if opened_s is None else self._until(is_open=False, within_s=self._open_s + _SHUTS_WITHIN_S)
        self.moved = Moved(opened_s, shut_s)
        return self.moved

    def _refuse(self) -> None:
        said = self._note()
        if said.get("fire"):
            raise MenshenError("the fire contact is open: the arm is up already", remedy="Close it, then try again.")
        if said.get("barrier_open"):
            raise MenshenError("the arm is up already", remedy="Wait until it is down.")
        if not said.get("in_zone"):
            raise MenshenError(
                "nobody is seen in the zone, and an empty gate does not open", remedy="Stand in the zone, not under the arm."
            )

    def _until(self, *, is_open: bool, within_s: float) -> float | None:
        begun_s = self._clock.monotonic_s()
        while (since_s := self._clock.monotonic_s() - begun_s) < within_s:
            said = self._note()
            self.see(said)
            if bool(said.get("barrier_open")) is is_open:
                return round(since_s, 2)
            self._waiting.wait(_LOOK_S)
        return None

    def _note(self) -> dict[str, Any]:
        board = self._rundir.board("gate")
        try:
            return board.read() or {}
        finally:
            board.close()
