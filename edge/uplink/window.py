"""Which rows may be on their way now: a window of events the cloud has not acknowledged, with room kept for alerts.

Pure: told what happened and what time it is, it says what may be sent. A row is in flight from its sending until the
cloud's acknowledgement, whatever the broker says in between. When the broker says that nobody took a row (or that it
must not be sent), the row's priority is held: one row of it is tried every few seconds until one is taken.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from edge.uplink.line_width import LineWidth

PRIORITIES: Final = 4
FIRST_AGAIN_S: Final = 5.0
LONGEST_AGAIN_S: Final = 60.0
PROBE_S: Final = 5.0
NEVER_S: Final = 60.0
_LOOK_S: Final = 0.25  # how often flights are looked through: 500 of them at every message would cost more than the messages
_RESERVED: Final = 5  # one part in five is for alerts


@dataclass(slots=True)
class _Flight:
    prio: int
    due_s: float
    tries: int


@dataclass(slots=True)
class _Lane:
    """One priority: up to which number it was sent, and when the next probe may go while it is held."""

    cursor: int = 0
    probe_s: float | None = None


class Window:
    def __init__(self, size: int) -> None:
        self._size = size
        self._flights: dict[int, _Flight] = {}
        self._unreceipted: dict[int, tuple[int, float]] = {}
        self._width = LineWidth()
        self._lanes = [_Lane() for _ in range(PRIORITIES)]
        self._receive_maximum = size
        self._looked_s = 0.0

    def connected(self, receive_maximum: int) -> None:
        """A new connection: nothing is on its way. `receive_maximum`: messages without a receipt the broker bears.

        A held priority stays held: some brokers (mosquitto 2.0.11) not only refuse a forbidden topic but end the connection
        too, and one such row must not take the connection from all others again and again.
        """
        self._flights.clear()
        self._unreceipted.clear()
        self._width.connected()
        for lane in self._lanes:
            lane.cursor = 0
        self._receive_maximum = max(1, receive_maximum - 1)  # one is for the birth message

    @property
    def in_flight(self) -> int:
        return len(self._flights)

    @property
    def oldest_unreceipted(self) -> int | None:
        """The row sent first of those the broker has given no receipt for."""
        return next((seq for seq, _ in self._unreceipted.values()), None)

    @property
    def held(self) -> bool:
        """Whether the broker took the newest rows of some priority for nobody."""
        return any(lane.probe_s is not None for lane in self._lanes)

    def ahead(self, prio: int) -> int:
        """How many rows of this priority above the cursor are in flight: some, after a row went back."""
        cursor = self._lanes[prio].cursor
        return sum(flight.prio == prio and seq > cursor for seq, flight in self._flights.items())

    def flies(self, seq: int) -> bool:
        return seq in self._flights

    def cursor(self, prio: int) -> int:
        """Rows of this priority up to here have been sent."""
        return self._lanes[prio].cursor

    def room(self, prio: int, now_s: float) -> int:
        """How many more rows of this priority may be sent now."""
        probe_s = self._lanes[prio].probe_s
        if probe_s is not None and now_s < probe_s:
            return 0
        free = min(self._size - len(self._flights), self._receive_maximum - len(self._unreceipted))
        if prio > 0:
            common = sum(flight.prio > 0 for flight in self._flights.values())
            free = min(free, self._size - self._size // _RESERVED - common, self._width.messages - len(self._unreceipted))
        return max(0, free if probe_s is None else min(free, 1))

    def sent(self, seq: int, prio: int, mid: int, now_s: float, *, in_turn: bool = True) -> None:
        """Row `seq` went out as message `mid`. `in_turn`: every row of its priority below it has been sent, too."""
        before = self._flights.get(seq)
        tries = before.tries + 1 if before else 0
        self._flights[seq] = _Flight(prio, now_s + min(LONGEST_AGAIN_S, FIRST_AGAIN_S * 2.0**tries), tries)
        self._unreceipted[mid] = seq, now_s
        lane = self._lanes[prio]
        if before is None and in_turn:  # one sent again, or alone, must not pull the cursor over rows that wait
            lane.cursor = max(lane.cursor, seq)
        if lane.probe_s is not None:
            lane.probe_s = now_s + PROBE_S

    def receipt(self, mid: int, *, taken: bool, now_s: float) -> int | None:
        """The broker's receipt for message `mid`. Not taken: the row goes back and its priority is held. Returns the row."""
        seq, sent_s = self._unreceipted.pop(mid, (None, now_s))
        self._width.receipt(now_s - sent_s, now_s)
        flight = self._flights.get(seq) if seq is not None else None
        if seq is None or flight is None:
            return seq
        lane = self._lanes[flight.prio]
        if taken:
            lane.probe_s = None
            return seq
        del self._flights[seq]
        lane.cursor = min(lane.cursor, seq - 1)
        lane.probe_s = now_s + PROBE_S
        return seq

    def acknowledged(self, seqs: Iterable[int]) -> None:
        """These need not be sent any more: the cloud has them, or they were given up."""
        for seq in seqs:
            self._flights.pop(seq, None)

    def _forget_receipts(self, now_s: float) -> None:
        """A receipt that has not come for so long never will: it must not take room from others for ever."""
        for mid, (_, sent_s) in list(self._unreceipted.items()):
            if now_s - sent_s < NEVER_S:
                return
            del self._unreceipted[mid]

    def due(self, now_s: float) -> list[int]:
        """Rows whose acknowledgement has not come in time, to be sent again as far as the broker bears it."""
        if now_s - self._looked_s < _LOOK_S:
            return []
        self._looked_s = now_s
        self._forget_receipts(now_s)
        late = [seq for seq, flight in self._flights.items() if flight.due_s <= now_s]
        return sorted(late)[: max(0, min(self._receive_maximum, self._width.messages) - len(self._unreceipted))]
