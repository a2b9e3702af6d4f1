"""From the ring to the disk: alerts and visits at once, the rest in groups. Never waits for the network."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Final

from contract.ids import EventId
from contract.messages.envelope import MAX_BYTES
from contract.topics import EVENTS, ROUTES, Kind
from contract.verdicts import Verdict
from edge.clock import Clock
from edge.records import Record, RecordRing
from edge.uplink.clock_watch import ClockWatch
from edge.uplink.envelope import event_body
from edge.uplink.outbox import NewEvent, Outbox, Row

log = logging.getLogger(__name__)

GROUP_S: Final = 0.020
GROUP_ROWS: Final = 50
LATE_S: Final = 0.150
"""The barrier waits this long for the commit; a pass committed later was acted on before it was on disk."""
_URGENT: Final = frozenset(kind for kind in EVENTS if ROUTES[kind].priority in (0, 1))
_WIDEST_SEQ: Final = 10**18 - 1


class Writer:
    """One consumer of the ring. Holds nothing: what is not committed is still in the ring, also when this process dies."""

    def __init__(
        self,
        gate: str,
        ring: RecordRing,
        outbox: Outbox,
        boot: str,
        clock: Clock,
        watch: ClockWatch,
        acted: Callable[[bytes], None] | None = None,
    ) -> None:
        """`acted` is told of every record of a command, when it is on disk."""
        self._gate = gate
        self._ring = ring
        self._outbox = outbox
        self._boot = boot
        self._clock = clock
        self._watch = watch
        self._acted = acted
        self.rejected = 0

    def round(self) -> int:
        """Commit what is due. Returns how many records left the ring.

        Raises sqlite3.OperationalError; then all of them are still in the ring.
        """
        self._watch.look(self._outbox)
        records = self._ring.waiting()
        if records and not self._due(records):
            return 0
        if records:
            self._commit(records)
        self._outbox.release()
        return len(records)

    @property
    def clock_sure(self) -> bool:
        """Whether the gate's clock can be believed now."""
        return self._watch.sure

    def finish(self) -> None:
        """Commit whatever is in the ring, however little and young: nobody will after this. Raises as `round` does."""
        while records := self._ring.waiting():
            self._commit(records)

    def _due(self, records: list[Record]) -> bool:
        waited_s = self._clock.monotonic_s() - records[0].mono_s
        return len(records) >= GROUP_ROWS or not 0 <= waited_s < GROUP_S or any(record.kind in _URGENT for record in records)

    def _commit(self, records: list[Record]) -> None:
        good = [(record, event) for record in records if (event := self._event(record)) is not None]
        seqs = self._outbox.add([event for _, event in good]) if good else []
        now_s = self._clock.monotonic_s()
        late = [seq for seq, (record, _) in zip(seqs, good, strict=True) if now_s - record.mono_s > LATE_S and _opens(record)]
        if late:
            self._outbox.mark_late(late)
        self._ring.commit(records[-1].number)
        for record, _ in good:
            if record.kind is Kind.ACT and self._acted is not None:
                self._acted(record.data)

    def _event(self, record: Record) -> NewEvent | None:
        """None for a record no message can be made of: on disk it would hold up all that come after it, for ever."""
        try:
            key = f"{self._ring.name}:{record.number}"
            event = NewEvent(record.kind, record.wall_s, record.mono_s, self._boot, key, record.data.decode(), self._watch.sure)
            self._check(event)
        except (ValueError, OverflowError, OSError) as wrong:  # JSON, model, or a time no calendar has
            self.rejected += 1
            log.error("record %d (%s) is no event: %s", record.number, record.kind, wrong)  # noqa: TRY400 - the sentence is enough
            return None
        return event

    def _check(self, event: NewEvent) -> None:
        if event.kind not in EVENTS:
            raise ValueError("this kind does not go through the outbox")
        row = Row(_WIDEST_SEQ, 0, event.kind, event.wall_s, event.mono_s, event.boot, event.data, late=False)
        size = len(event_body(row, EventId(self._gate, self._outbox.install, row.seq)))
        if size > MAX_BYTES:
            raise ValueError(f"{size} bytes are more than a message may have")


def _opens(record: Record) -> bool:
    return record.kind is Kind.VISIT and json.loads(record.data).get("verdict") == Verdict.PASS
