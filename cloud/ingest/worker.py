"""The worker: from the bus into the ledger, then the acknowledgements. Nothing is acknowledged that is not on disk."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final, Protocol

from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError, StatementError

from cloud.bus import BATCH, Arrival
from cloud.ingest.answers import answers_in
from cloud.ingest.pace import Pace
from cloud.ingest.reading import Taken, read
from cloud.ingest.transaction import Batch, settle
from cloud.ledger.events import Birth, Heard, Poison
from cloud.ledger.facility.levels import USUAL, LevelRules
from cloud.store.database import Database
from contract.ids import EventId
from contract.messages.down import AckData, FlowData
from contract.messages.envelope import Envelope
from contract.messages.orders import ResultData
from contract.topics import Kind, topic

log = logging.getLogger(__name__)

WAIT_S: Final = 0.25
WATCH_MS: Final = 1_000
FIRST_PAUSE_S: Final = 0.1
LONGEST_PAUSE_S: Final = 5.0
FLOW_EXPIRES_S: Final = 60


class Line(Protocol):
    """What the worker needs of the bus."""

    @property
    def listening_ms(self) -> int: ...
    @property
    def backlog(self) -> int: ...
    def receive(self, wait_s: float) -> list[Arrival]: ...
    def tell_gate(self, gate: str, stored: AckData) -> None: ...
    def send(self, gate: str, kind: Kind, body: str, expires_s: int) -> bool: ...
    def acknowledge(self, arrivals: Sequence[Arrival]) -> None: ...


class Ingest:
    """One worker. `run` goes on until `stop`; a ledger that is away is a state, and what came in waits at the broker.

    Attributes:
        stored, dead: how many events, and how many messages nobody could read, since the start.
        trouble: why the ledger cannot be written; empty while it can.
        beat_s: when it last went round, monotonic seconds, with or without work; waiting for the ledger is going round.
    """

    def __init__(
        self,
        bus: Line,
        database: Database,
        now_ms: Callable[[], int],
        on_commit: Callable[[], None],
        on_answer: Callable[[str, ResultData], None] | None = None,
        *,
        levels: LevelRules = USUAL,
    ) -> None:
        """`on_answer` is told what gates say of commands; `levels`: when bins and dispensers are due."""
        self._bus, self._database, self._now_ms, self._on_commit = bus, database, now_ms, on_commit
        self._on_answer, self._levels = on_answer, levels
        self._pace = Pace()
        self._took_s = 0.0
        self._stopping = threading.Event()
        self._watched_ms = 0
        self.stored = 0
        self.dead = 0
        self.trouble = ""
        self.beat_s = time.monotonic()

    def stop(self) -> None:
        self._stopping.set()

    def run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.round()
            except Exception as unforeseen:
                # The supervisor of this thread: what was not acknowledged comes again at the next connect.
                log.exception("ingest round failed")
                self.trouble = str(unforeseen)
                self._stopping.wait(LONGEST_PAUSE_S)

    def round(self) -> None:
        """Take what has arrived, keep it, acknowledge it."""
        self.beat_s = time.monotonic()
        arrivals = self._bus.receive(WAIT_S)
        now_ms = self._now_ms()
        watch = now_ms - self._watched_ms >= WATCH_MS or now_ms < self._watched_ms
        if not (arrivals or watch):
            return
        if watch:
            self._watched_ms = now_ms
        taken = [read(one, now_ms) for one in arrivals]
        self._hand_on(taken)
        batch = replace(_sorted(taken, now_ms, self._bus.listening_ms, watch=watch), levels=self._levels)
        if self._keep(batch):
            self._on_commit()
            self._tell_gates(batch)
            self._bus.acknowledge(arrivals)
            self._slow_gates(batch)

    def _keep(self, batch: Batch) -> bool:
        """Commit, however long it takes. False when stopped before."""
        pause_s = FIRST_PAUSE_S
        while not self._stopping.is_set():
            self.beat_s = time.monotonic()
            try:
                self._settle(batch)
                self._took_s = time.monotonic() - self.beat_s
            except (SQLAlchemyError, OSError) as away:
                self._note_trouble(str(away))
                self._stopping.wait(pause_s)
                pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
            else:
                self.trouble = ""
                return True
        return False

    def _settle(self, batch: Batch) -> None:
        """One transaction; a batch the database refuses is halved until the event at fault is alone, and set aside."""
        try:
            self.stored += settle(self._database, batch)
            self.dead += len(batch.poisons)
        except (DataError, IntegrityError, OverflowError, UnicodeEncodeError) as refused:
            self._halve(batch, refused)
        except StatementError as refused:
            if not isinstance(refused.orig, OverflowError | UnicodeEncodeError | ValueError):
                raise
            self._halve(batch, refused)

    def _halve(self, batch: Batch, refused: Exception) -> None:
        half = len(batch.heard) // 2
        rest = replace(batch, births=(), poisons=())
        if half:
            self._settle(replace(batch, heard=batch.heard[:half]))
            self._settle(replace(rest, heard=batch.heard[half:]))
        elif batch.heard:
            alone = _as_poison(batch.heard[0], refused)
            self._settle(replace(batch, heard=(), poisons=(*batch.poisons, alone)))
        else:
            raise refused

    def _tell_gates(self, batch: Batch) -> None:
        for (gate, install), seqs in _by_install(batch).items():
            self._bus.tell_gate(gate, AckData(install=install, seqs=tuple(seqs)))

    def _hand_on(self, taken: Sequence[Taken]) -> None:
        """Before the commit: somebody waits for it, and it is only told, not stored."""
        if self._on_answer is not None:
            for answer in answers_in(taken):
                self._on_answer(answer.gate, answer.result)

    def _slow_gates(self, batch: Batch) -> None:
        pressed = self._pace.pressed
        counts, full = Counter(one.id.gate for one in batch.heard), len(batch.heard) >= BATCH
        told = self._pace.see(counts, self._took_s, self._bus.backlog, time.monotonic(), full=full)
        if pressed != self._pace.pressed:
            log.warning("gates are %s", "asked to send less" if self._pace.pressed else "not asked to send less any more")
        for gate, rate in told.items():
            self._bus.send(gate, Kind.FLOW, FlowData(max_rate=rate).model_dump_json(), FLOW_EXPIRES_S)

    def _note_trouble(self, reason: str) -> None:
        if reason != self.trouble:
            log.error("the ledger cannot be written, nothing is acknowledged: %s", reason)
        self.trouble = reason


def _sorted(taken: Sequence[Taken], now_ms: int, listening_ms: int, *, watch: bool) -> Batch:
    return Batch(
        heard=[one for one in taken if isinstance(one, Heard)],
        births=[one for one in taken if isinstance(one, Birth)],
        poisons=[one for one in taken if isinstance(one, Poison)],
        now_ms=now_ms,
        listening_ms=listening_ms,
        watch=watch,
    )


def _by_install(batch: Batch) -> dict[tuple[str, str], list[int]]:
    stored: dict[tuple[str, str], list[int]] = defaultdict(list)
    names: list[EventId | None] = [*(one.id for one in batch.heard), *(one.id for one in batch.poisons)]
    for name in names:
        if name is not None:
            stored[name.gate, name.install].append(name.seq)
    return stored


def _as_poison(heard: Heard, refused: Exception) -> Poison:
    """As a message once more, so that it can be replayed."""
    body = Envelope(
        id=str(heard.id),
        source=f"/menshen/{heard.id.gate}",
        type=f"menshen.{heard.kind.value}",
        time=datetime.fromtimestamp(heard.time_ms / 1000, UTC),
        mono_ms=heard.mono_ms,
        boot=heard.boot,
        clock_ok=heard.clock_ok,
        data=heard.data.model_dump(mode="json"),
    )
    reason = f"the ledger refused it: {refused}"
    return Poison(heard.id.gate, topic(heard.id.gate, heard.kind), body.model_dump_json().encode(), reason, heard.id)
