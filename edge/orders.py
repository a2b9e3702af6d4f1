"""Commands on their way from the uplink, which has checked them, to the loop, which acts: the note on the board `orders`.

The board holds the last few, so that one that comes right after another does not wipe it; the loop knows by their ids which
are new. `held` is a state and no order: it stands on the board as long as it holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from contract.commands import Verb

KEPT: Final = 8


@dataclass(frozen=True, slots=True)
class Order:
    """One command, checked.

    Attributes:
        command: its id.
        issuer, role: who gave it.
        until_s: monotonic time after which it is too late.
    """

    command: str
    verb: Verb
    issuer: str
    role: str
    arguments: dict[str, str]
    until_s: float


@dataclass(frozen=True, slots=True)
class Orders:
    """The note. `held`: whether nobody is let in."""

    held: bool = False
    last: tuple[Order, ...] = ()

    def with_order(self, order: Order) -> Orders:
        """The note with one order more; the oldest is forgotten when there are too many."""
        return Orders(held_after(order.verb, before=self.held), (*self.last, order)[-KEPT:])

    def as_note(self) -> dict[str, Any]:
        return {"held": self.held, "last": [asdict(order) for order in self.last]}


def held_after(verb: Verb, *, before: bool) -> bool:
    """Whether the gate is held after this command."""
    match verb:
        case Verb.HOLD:
            return True
        case Verb.RELEASE:
            return False
        case Verb.OPEN_ONCE | Verb.CLOSE | Verb.MESSAGE | Verb.LIVE:
            return before


def from_note(note: dict[str, Any] | None) -> Orders:
    """The note as it was posted; nothing ordered before the first."""
    if note is None:
        return Orders()
    last: Sequence[dict[str, Any]] = note["last"]
    return Orders(bool(note["held"]), tuple(Order(**{**one, "verb": Verb(one["verb"])}) for one in last))
