"""The retained state message: said at every connect, and when the trouble with the disk begins, changes or ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contract.topics import ROUTES, Kind, topic

if TYPE_CHECKING:
    from collections.abc import Callable

    from contract.messages.health import StateData
    from edge.mqtt import Link

_EVERY_S: Final = 5.0


class StateTeller:
    """`state` makes the message as it is now."""

    def __init__(self, gate: str, state: Callable[[], StateData]) -> None:
        self._address = topic(gate, Kind.STATE)
        self._state = state
        self._said: StateData | None = None
        self._again_s = 0.0

    def connected(self) -> None:
        """A broker that may know nothing of us."""
        self._said = None

    def tell(self, link: Link, epoch: int, now_s: float) -> None:
        """Say it if it is news; while more and more events wait for the disk, only now and then."""
        state = self._state()
        said = self._said
        if said and state.disk == said.disk and (state.in_memory == said.in_memory or now_s < self._again_s):
            return
        link.publish(epoch, self._address, state.model_dump_json().encode(), retain=ROUTES[Kind.STATE].retained)
        self._said, self._again_s = state, now_s + _EVERY_S
