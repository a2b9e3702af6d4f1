"""A barrier behind a relay on a network or a serial line, asked by a thread of its own: the loop never waits."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from typing import Final

from edge.actuators.relay import Relay
from edge.clock import Clock
from edge.errors import BarrierError

log = logging.getLogger("menshen.barrier")

ASK_S: Final = 5.0
"""So often the relay is asked whether it is there, also while nobody is to be let in."""
LATE_S: Final = 1.0
"""An order to open that could not be given for so long is forgotten: whoever it was for may have gone."""
STILL_S: Final = 0.25
"""A loop that has made no round for so long holds nothing any more."""
END_S: Final = 3.0


@dataclass(frozen=True, slots=True)
class _Order:
    """What is to be done; `seconds` 0 means shut."""

    seconds: float
    given_s: float


class RemoteBarrier:
    """The newest order alone counts. The drive's own light barrier keeps the arm off people: this is not quick enough for it."""

    def __init__(self, relay: Relay, clock: Clock) -> None:
        self._relay, self._clock = relay, clock
        self._order: _Order | None = None
        self._until_s = self._ticked_s = 0.0
        self._news = threading.Event()
        self._end = False
        self.trouble: str | None = None
        self._thread = threading.Thread(target=self._serve, name="barrier", daemon=True)
        self._thread.start()

    def open_for(self, seconds: float) -> None:
        now_s = self._clock.monotonic_s()
        self._until_s = now_s + seconds
        self._give(_Order(seconds, now_s))

    def tick(self, now_s: float) -> None:
        self._ticked_s = now_s
        if self._until_s and now_s >= self._until_s:
            self._until_s = 0.0
            if self._relay.again_s is not None:
                self._give(_Order(0.0, now_s))

    def shut(self) -> None:
        if self.is_open:
            self._until_s = 0.0
            self._give(_Order(0.0, self._clock.monotonic_s()))

    @property
    def is_open(self) -> bool:
        """Whether the relay was asked to be pulled, as far as is known here."""
        return self._until_s > 0.0

    def close(self) -> None:
        self._end = True
        self._news.set()
        self._thread.join(END_S)

    def _give(self, order: _Order) -> None:
        self._order = order
        self._news.set()

    def _serve(self) -> None:
        """The thread: orders as they come, and between them a look at whether the relay is there."""
        self._try(None)
        while not self._end:
            self._news.wait(self._pause_s())
            self._news.clear()
            order, self._order = self._order, None
            if not self._end:
                self._try(order)
        if self.is_open:
            self._try(_Order(0.0, self._clock.monotonic_s()))
        self._relay.close()

    def _pause_s(self) -> float:
        again_s = self._relay.again_s
        return ASK_S if again_s is None or not self.is_open else again_s

    def _try(self, order: _Order | None) -> None:
        try:
            self._do(order)
        except BarrierError as refused:
            if self.trouble is None:
                log.warning("the barrier's relay: %s", refused)
            self.trouble = refused.what
            if order is not None:
                self._until_s = 0.0
        else:
            self.trouble = None

    def _do(self, order: _Order | None) -> None:
        now_s = self._clock.monotonic_s()
        if order is None:
            self._hold(now_s)
        elif order.seconds == 0.0:
            self._relay.drop()
        elif now_s - order.given_s < LATE_S:
            self._relay.pull(order.seconds)
        else:
            log.warning("the barrier's relay was busy for %.1f s: an order to open is forgotten", now_s - order.given_s)
            self._until_s = 0.0

    def _hold(self, now_s: float) -> None:
        left_s = self._until_s - now_s
        if self._relay.again_s is None or left_s <= 0.0:
            self._relay.ask()
        elif now_s - self._ticked_s < STILL_S:
            self._relay.pull(left_s)
