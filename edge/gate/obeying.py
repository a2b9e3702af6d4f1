"""What the loop does about commands: looks for new ones at no cost, acts at once or not at all, and records either.

The uplink has checked who gave them. Whether the gate can obey is decided here, by what stands before it now: an empty gate
never opens. Only the way in is moved or held; the way out is nobody's to hold.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from typing import Final

from contract.commands import Verb
from contract.message import Message
from contract.messages.orders import ActData
from contract.topics import Kind
from edge.board import Board
from edge.clock import Clock
from edge.gate.opening import Opening
from edge.orders import KEPT, Order, from_note

log = logging.getLogger("menshen.gate")

SHOWN_S: Final = 60.0
"""A message stays on the visitor's screen for so long."""
Record = Callable[[Kind, Message], int | None]


class Desk:
    """One process's board of orders, read again when something new stands on it."""

    def __init__(self, board: Board) -> None:
        self._board, self._version = board, board.version
        self.orders = from_note(board.read())

    def look(self) -> None:
        if self._board.version != self._version:
            self._version = self._board.version
            note = self._board.read()
            self.orders = self.orders if note is None else from_note(note)


class Obeying:
    """Reads the uplink's board of orders. What stands on it when the loop begins was the loop's before this one to obey.

    `on_site`: the board of the technician's page, for who stands at the gate with a phone. `live`: whether pictures may leave.
    """

    def __init__(self, board: Board, opening: Opening, clock: Clock, on_site: Board | None = None, *, live: bool = False) -> None:
        self._opening, self._clock, self._live = opening, clock, live
        self._desks = [Desk(one) for one in (board, on_site) if one is not None]
        self._known = deque((order.command for desk in self._desks for order in desk.orders.last), maxlen=8 * KEPT)
        self._message: tuple[dict[str, str], float] = ({}, float("-inf"))

    def look(self) -> bool:
        """See what is new on the board; whether nobody is to be let in."""
        for desk in self._desks:
            desk.look()
        return any(desk.orders.held for desk in self._desks)

    def message(self, now_s: float) -> dict[str, str] | None:
        """The line for the visitor's screen, in Chinese (`zh`) and English (`en`); None without one."""
        texts, since_s = self._message
        return texts if now_s - since_s < SHOWN_S else None

    def act(self, in_zone: int, now_s: float, record: Record) -> None:
        """Obey what is new, with `in_zone` people before the gate. `record` puts an act into the ring: its number, or None."""
        for order in self._new():
            why_not = _why_not(order, in_zone, now_s, fire=self._opening.fire, live=self._live)
            did = _act_data(order, why_not, self._clock)
            log.info(
                "command %s: %s by %s: %s",
                order.command,
                order.verb.value,
                order.issuer,
                did.detail,
                extra={"person": order.issuer},
            )
            number = record(Kind.ACT, did)
            if why_not is None:
                self._do(order, number, now_s)

    def _new(self) -> list[Order]:
        fresh = [order for desk in self._desks for order in desk.orders.last if order.command not in self._known]
        self._known.extend(order.command for order in fresh)
        return fresh

    def _do(self, order: Order, number: int | None, now_s: float) -> None:
        match order.verb:
            case Verb.OPEN_ONCE:
                self._opening.want_once(number, now_s)
            case Verb.CLOSE | Verb.HOLD:
                self._opening.close()
            case Verb.MESSAGE:
                self._message = (order.arguments, now_s)
            case Verb.RELEASE | Verb.LIVE:
                pass  # that the gate is held stands on the board, not in an order; pictures are the kiosk process's business


def _why_not(order: Order, in_zone: int, now_s: float, *, fire: bool, live: bool) -> str | None:
    """Why the gate does not obey; None where it does."""
    if now_s >= order.until_s:
        return "it came to the gate too late"
    if order.verb is Verb.OPEN_ONCE and in_zone < 1:
        return "nobody is seen in the zone: an empty gate does not open"
    if order.verb is Verb.CLOSE and fire:
        return "the fire contact is open: the arm stays up"
    if order.verb is Verb.LIVE and not live:
        return "no picture leaves this gate: its settings do not allow it (live.allowed)"
    return None


_DONE: Final[dict[Verb, str]] = {
    Verb.OPEN_ONCE: "the arm opens",
    Verb.HOLD: "the gate is held: nobody is let in",
    Verb.RELEASE: "the gate is not held any more",
    Verb.CLOSE: "the arm comes down",
    Verb.MESSAGE: "it is shown for a minute",
    Verb.LIVE: "a guard may look for a minute",
}


def _act_data(order: Order, why_not: str | None, clock: Clock) -> ActData:
    return ActData(
        command=order.command,
        verb=order.verb.value,
        issuer=order.issuer,
        role=order.role,
        arguments={name: said for name, said in order.arguments.items() if name != "ticket"},  # a key is no record
        done=why_not is None,
        detail=_DONE[order.verb] if why_not is None else why_not,
        acted=clock.wall(),
    )
