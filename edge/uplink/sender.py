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
from contract.messages.down import AckData, FlowData
from contract.messages.envelope import read_data
from contract.messages.health import StateData
from contract.messages.orders import ResultData
from contract.topics import Kind, parse, topic
from edge.clock import Clock
from edge.mqtt import REFUSED_FROM, Connected, Disconnected, Incoming, Link, LinkEvent, Puback, Refused
from edge.uplink.commands import Commands, result_of
from edge.uplink.envelope import event_body
from edge.uplink.eviction import put_aside
from edge.uplink.flow import Flow
from edge.uplink.outbox import Outbox, Row
from edge.uplink.own_events import OwnEvents
from edge.uplink.state_teller import StateTeller
from edge.uplink.suspects import Suspects
from edge.uplink.window import PRIORITIES, Window
from edge.uplink.withdrawal import Withdrawal

log = logging.getLogger(__name__)

ROUND_S: Final = 0.25
ACKS_EVERY_S: Final = 0.05
"""Each time costs a durable transaction; a row that is forgotten a little later does no harm."""
HEALTH_EVERY_S: Final = 5.0
_HEARD: Final = (Kind.ACK, Kind.COMMAND, Kind.FLOW, Kind.WITHDRAWN)
_BATCH: Final = 100  # rows between two looks at what came in: an alert waits for no more than these


@dataclass(frozen=True, slots=True)
class Wake:
    """The writer has committed something."""


@dataclass(frozen=True, slots=True)
class Acted:
    """The loop's record of a command is on disk: it can be answered."""

    result: ResultData


class Sender:
    """Lives in one thread; `tell` may be called from any.

    Attributes:
        connected: whether the broker has let us in.
        away: why there is no connection; None where there is one.
        disk_fault: why an acknowledgement could not be noted; it will be sent and acknowledged again.
    """

    def __init__(
        self,
        gate: str,
        outbox: Outbox,
        own: OwnEvents,
        window: Window,
        clock: Clock,
        state: Callable[[], StateData],
        commands: Commands | None = None,
        withdrawal: Withdrawal | None = None,
    ) -> None:
        """`commands` is None where nobody obeys any; `withdrawal` where no badge or pass is read."""
        self._gate = gate
        self._outbox = outbox
        self._own = own
        self._suspects = Suspects(outbox.suspects())
        self._window = window
        self._clock = clock
        self._state = StateTeller(gate, state)
        self._commands, self._withdrawal = commands, withdrawal
        self._flow = Flow()
        self._health_s = 0.0
        self._noted_s = float("-inf")
        self._events: SimpleQueue[LinkEvent | Wake | Acted] = SimpleQueue()
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

    def acted(self, act: bytes) -> None:
        """The record of a command is on disk."""
        self._events.put(Acted(result_of(act)))

    def round(self, link: Link) -> None:
        """Wait a moment for news, take all there is, send what may be sent."""
        self._listen(link)
        self.disk_fault = None
        self._on_disk(self._note_acks)
        if self._epoch is not None:
            self._state.tell(link, self._epoch, self._clock.monotonic_s())
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

    def _take(self, event: LinkEvent | Wake | Acted, link: Link) -> None:
        match event:
            case Connected():
                self._greet(event, link)
            case Disconnected():
                self._lost(event.reason, told=event.told)
                self._login_refused = None
            case Refused():
                self._lost(event.reason, told=event.told)
                self._login_refused = event.reason
            case Puback() if event.epoch == self._epoch:
                self._receipt(event)
            case Incoming() if event.epoch == self._epoch:
                self._read(event, link)
            case Acted():
                self._answer(event.result, link)
            case Puback() | Incoming() | Wake():
                pass

    def _greet(self, event: Connected, link: Link) -> None:
        self._epoch, self.away, self._login_refused = event.epoch, None, None
        self._window.connected(event.receive_maximum)
        self._state.connected()
        self._state.tell(link, event.epoch, self._clock.monotonic_s())
        link.subscribe(event.epoch, [topic(self._gate, kind) for kind in _HEARD])
        guilty = self._suspects.connected(same_broker=event.same_broker)
        if guilty is not None:
            self._on_disk(partial(self._put_aside, guilty))

    def _lost(self, reason: str, *, told: bool) -> None:
        was_up, self._epoch, self.away = self._epoch is not None, None, reason
        if was_up:
            suspect = self._suspects.lost(self._window.oldest_unreceipted, self._clock.monotonic_s(), told=told)
            if suspect is not None:
                self._on_disk(partial(self._outbox.suspect, suspect, 1))

    def _put_aside(self, seq: int) -> None:
        self._suspects.free(seq)
        if put_aside(self._outbox, self._own, seq):
            log.error("event %d ends the connection again and again: it is set aside on this gate, the rest goes on", seq)
            self._outbox.release()

    def _receipt(self, event: Puback) -> None:
        if event.code >= REFUSED_FROM:
            self._message_refused = f"the broker does not take our messages (reason {event.code:#x})"
        elif event.taken:
            self._message_refused = None
        seq = self._window.receipt(event.mid, taken=event.taken, now_s=self._clock.monotonic_s())
        if seq is not None and self._suspects.free(seq):
            self._on_disk(partial(self._outbox.suspect, seq, 0))

    def _read(self, event: Incoming, link: Link) -> None:
        try:
            _, kind = parse(event.topic)
            if kind is Kind.COMMAND:
                self._obey(event, link)
            elif kind is Kind.FLOW and not event.retained:
                self._flow.limit(read_data(FlowData, event.body).max_rate, self._clock.monotonic_s())
            elif kind is Kind.ACK:
                self._read_ack(read_data(AckData, event.body))
            elif kind is Kind.WITHDRAWN and self._withdrawal is not None:
                self._withdrawal.take(event.body)
        except MessageError as wrong:
            log.warning("unreadable message on %s: %s", event.topic, wrong)

    def _obey(self, event: Incoming, link: Link) -> None:
        refusal = None if self._commands is None else self._commands.take(event)
        if refusal is not None:
            self._answer(refusal, link)

    def _answer(self, result: ResultData, link: Link) -> None:
        """At once or never: it is asked for within seconds, and what was done is an event as well."""
        if self._epoch is not None:
            link.publish(self._epoch, topic(self._gate, Kind.RESULT), result.model_dump_json().encode())

    def _read_ack(self, ack: AckData) -> None:
        if ack.install == self._outbox.install:
            self._acks.update(seq for seq in ack.seqs if 0 < seq <= self._outbox.last_seq)

    def _note_acks(self) -> None:
        if self._acks and self._clock.monotonic_s() >= self._noted_s + ACKS_EVERY_S:
            self._noted_s = self._clock.monotonic_s()
            self._outbox.acknowledge(self._acks)
            self._window.acknowledged(self._acks)
            for seq in self._acks:
                self._suspects.free(seq)
            self._acks.clear()

    def _send(self, link: Link, epoch: int) -> None:
        if self._suspects.alone or self._try_alone(link, epoch):
            return
        late = self._window.due(self._clock.monotonic_s())
        if late:
            rows = self._outbox.again(late)
            self._window.acknowledged(set(late) - {row.seq for row in rows})  # given up for want of room
            rows = self._let_through(rows)
            self._publish(link, epoch, rows)
            self._on_disk(partial(self._outbox.count_tries, [row.seq for row in rows]))
        self._send_health(link, epoch)
        left = _BATCH
        for prio in range(PRIORITIES):
            left -= self._send_lane(link, epoch, prio, left)
        if left <= 0:
            self.tell(Wake())  # there may be more

    def _send_health(self, link: Link, epoch: int) -> None:
        """The newest health message does not wait behind a backlog: meanwhile nobody would know how the gate is."""
        now_s = self._clock.monotonic_s()
        if now_s < self._health_s or self._window.room(0, now_s) == 0:
            return
        self._health_s = now_s + HEALTH_EVERY_S
        newest = self._outbox.newest_health()
        if newest is not None and not self._window.flies(newest):
            self._publish(link, epoch, self._outbox.again([newest]), in_turn=False)

    def _try_alone(self, link: Link, epoch: int) -> bool:
        """Send the next suspect when nothing else is without a receipt. Returns whether everything else has to wait for it."""
        suspect = self._suspects.next
        if suspect is None:
            return False
        if self._window.oldest_unreceipted is not None:
            return True
        rows = self._outbox.again([suspect])
        if not rows:
            self._suspects.free(suspect)
            return False
        self._suspects.sent_alone(suspect, self._clock.monotonic_s())
        self._publish(link, epoch, rows, in_turn=False)
        return True

    def _send_lane(self, link: Link, epoch: int, prio: int, most: int) -> int:
        now_s = self._clock.monotonic_s()
        room = self._flow.room(prio, min(most, self._window.room(prio, now_s)), now_s)
        if room <= 0:
            return 0
        rows = self._outbox.after(prio, self._window.cursor(prio), room + self._window.ahead(prio))
        fresh = [row for row in rows if not self._window.flies(row.seq)][:room]
        self._publish(link, epoch, fresh)
        self._flow.spent(prio, len(fresh))
        return len(fresh)

    def _let_through(self, rows: list[Row]) -> list[Row]:
        """Those of the rows to be sent again for which the cloud's wish leaves room; the others stay due."""
        urgent = [row for row in rows if row.prio == 0]
        others = rows[len(urgent) :]
        others = others[: self._flow.room(1, len(others), self._clock.monotonic_s())]
        self._flow.spent(1, len(others))
        return urgent + others

    def _publish(self, link: Link, epoch: int, rows: list[Row], *, in_turn: bool = True) -> None:
        for row in rows:
            name = EventId(self._gate, self._outbox.install, row.seq)
            mid = link.publish(epoch, topic(self._gate, row.kind), event_body(row, name), event_id=str(name))
            if mid is None:
                return
            self._window.sent(row.seq, row.prio, mid, self._clock.monotonic_s(), in_turn=in_turn)
