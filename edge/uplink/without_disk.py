"""What can be said while the events' database cannot be opened: the retained state message needs no disk."""

from __future__ import annotations

from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from edge.mqtt import Connected, Disconnected, Incoming, Link, LinkEvent, Puback, Refused
from edge.uplink.state_teller import StateTeller

if TYPE_CHECKING:
    from collections.abc import Callable

    from contract.messages.health import StateData
    from edge.config.tree import GateConfig


class WithoutDisk:
    """Connects when it is made. No last will: the uplink itself comes up a moment after `close`, and was never away."""

    def __init__(self, config: GateConfig, state: Callable[[], StateData]) -> None:
        self._events: SimpleQueue[LinkEvent] = SimpleQueue()
        self._state = StateTeller(config.gate, state)
        self._epoch: int | None = None
        self._link = Link(config.uplink.broker, config.gate, self._events.put)
        self._link.start()

    def round(self, now_s: float) -> None:
        """Say how it is, where that is news and somebody is there to hear it."""
        while (event := self._news()) is not None:
            self._take(event)
        if self._epoch is not None:
            self._state.tell(self._link, self._epoch, now_s)

    def _news(self) -> LinkEvent | None:
        try:
            return self._events.get_nowait()
        except Empty:
            return None

    def _take(self, event: LinkEvent) -> None:
        match event:
            case Connected():
                self._epoch = event.epoch
                self._state.connected()
            case Disconnected() | Refused():
                self._epoch = None
            case Puback() | Incoming():
                pass

    def close(self) -> None:
        self._link.close()
