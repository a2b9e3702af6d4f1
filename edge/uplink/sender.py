"""From the disk to the cloud: sends what waits, most urgent first, until the cloud says that it has committed it."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from queue import Empty, SimpleQueue
from typing import Final

from contract.errors import MessageError
from contract.ids import EventId
from contract.messages import AckData, read_data
from contract.topics import ROUTES, Kind, topic
from edge.clock import Clock
from edge.mqtt import REFUSED_FROM, Connected, Disconnected, Incoming, Link, LinkEvent, Puback, Refused
from edge.uplink.envelope import event_body
from edge.uplink.outbox import Outbox, Row
from edge.uplink.window import PRIORITIES, Window

log = logging.getLogger(__name__)

ROUND_S: Final = 0.25
_BATCH: Final = 100  # rows between two looks at what came in: an alert waits for no more than these


@dataclass(frozen=True, slots=True)
class Wake:
    """The writer has committed something."""


class Sender:
    """Lives in one thread; `tell` may be called from any.

    Attributes:
        connected: whether the broker has let us in.
        away: why there is no connection; None where there is one.
        disk_fault: why an acknowledgement could not be noted; it will be sent and acknowledged again.
    """

    def __init__(self, gate: str, outbox: Outbox, window: Window, clock: Clock, birth: Callable[[], bytes]) -> None:
        self._gate = gate
        self._outbox = outbox
        self._window = window
        self._clock = clock
        self._birth = birth
        self._events: SimpleQueue[LinkEvent | Wake] = SimpleQueue()
        self._acks: set[int] = set()
        self._epoch: int | None = None
        self._login_refused: str | None = None
        self._message_refused: str | None = None
        self.away: str | None = "not connected yet"
        self.disk_fault: str | None = None

    @property
    def connected(self) -> bool:
        return self._epoch is not None

    @property
    def refused(self) -> str | None:
        """Why the broker does not take us or some message of ours; None where it does."""
        return self._login_refused or self._message_refused

    @property
    def nobody_listens(self) -> bool:
        """Whether the broker takes our messages for nobody: the cloud is away."""
        return self._window.held

    def tell(self, event: LinkEvent | Wake) -> None:
        self._events.put(event)

    def round(self, link: Link) -> None:
        """Wait a moment for news, take all there is, send what may be sent."""
        self._listen(link)
        self.disk_fault = None
        self._on_disk(self._note_acks)
        if self._epoch is not None:
            self._on_disk(partial(self._send, link, self._epoch))

    def _on_disk(self, step: Callable[[], None]) -> None:
        """A disk that is full or read-only is a state: what can still be sent is sent."""
        try:
            step()
        except sqlite3.OperationalError as fault:
            self.disk_fault = str(fault)

    def _listen(self, link: Link) -> None:
        try:
            event = self._events.get(timeout=ROUND_S)
            while True:
                self._take(event, link)
                event = self._events.get_nowait()
        except Empty:
            return

    def _take(self, event: LinkEvent | Wake, link: Link) -> None:
        match event:
            case Connected():
                self._greet(event, link)
            case Disconnected():
                self._epoch, self.away, self._login_refused = None, event.reason, None
            case Refused():
                self._epoch, self.away, self._login_refused = None, event.reason, event.reason
            case Puback() if event.epoch == self._epoch:
                self._receipt(event)
            case Incoming() if event.epoch == self._epoch:
                self._read(event)
            case Puback() | Incoming() | Wake():
                pass

    def _greet(self, event: Connected, link: Link) -> None:
        self._epoch, self.away, self._login_refused = event.epoch, None, None
        self._window.connected(event.receive_maximum)
        link.publish(event.epoch, topic(self._gate, Kind.STATE), self._birth(), retain=ROUTES[Kind.STATE].retained)
        link.subscribe(event.epoch, [topic(self._gate, Kind.ACK)])

    def _receipt(self, event: Puback) -> None:
        if event.code >= REFUSED_FROM:
            self._message_refused = f"the broker does not take our messages (reason {event.code:#x})"
        elif event.taken:
            self._message_refused = None
        self._window.receipt(event.mid, taken=event.taken, now_s=self._clock.monotonic_s())

    def _read(self, event: Incoming) -> None:
        try:
            ack = read_data(AckData, event.body)
        except MessageError as wrong:
            log.warning("unreadable acknowledgement on %s: %s", event.topic, wrong)
            return
        if ack.install == self._outbox.install:
            self._acks.update(seq for seq in ack.seqs if 0 < seq <= self._outbox.last_seq)

    def _note_acks(self) -> None:
        if self._acks:
            self._outbox.acknowledge(self._acks)
            self._window.acknowledged(self._acks)
            self._acks.clear()

    def _send(self, link: Link, epoch: int) -> None:
        now_s = self._clock.monotonic_s()
        late = self._window.due(now_s)
        if late:
            self._publish(link, epoch, self._outbox.again(late))
            self._on_disk(partial(self._outbox.count_tries, late))
        left = _BATCH
        for prio in range(PRIORITIES):
            left -= self._send_lane(link, epoch, prio, left)
        if left <= 0:
            self.tell(Wake())  # there may be more

    def _send_lane(self, link: Link, epoch: int, prio: int, most: int) -> int:
        room = min(most, self._window.room(prio, self._clock.monotonic_s()))
        if room <= 0:
            return 0
        rows = self._outbox.after(prio, self._window.cursor(prio), room + self._window.ahead(prio))
        fresh = [row for row in rows if not self._window.flies(row.seq)][:room]
        self._publish(link, epoch, fresh)
        return len(fresh)

    def _publish(self, link: Link, epoch: int, rows: list[Row]) -> None:
        for row in rows:
            name = EventId(self._gate, self._outbox.install, row.seq)
            mid = link.publish(epoch, topic(self._gate, row.kind), event_body(row, name), event_id=str(name))
            if mid is None:
                return
            self._window.sent(row.seq, row.prio, mid, self._clock.monotonic_s())
