"""A worker on a bus in memory and a real ledger: what a test says arrives is settled, and one can look at the outcome."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Table, select

from cloud.bus import Arrival
from cloud.dispatch.dispatch import Dispatch
from cloud.dispatch.signer import Signer
from cloud.ingest.worker import Ingest
from cloud.passes.signer import BadgeSigner
from cloud.store.database import Database
from cloud.store.migrate import open_database
from cloud.store.views.changes import Snapshot, snapshot
from contract.messages.down import AckData
from contract.topics import Kind, topic
from tests.cloud.messages import START_MS, topic_of


class MemoryBus:
    """The bus's verbs; keeps what was acknowledged."""

    def __init__(self) -> None:
        self.waiting: list[Arrival] = []
        self.told: list[tuple[str, str, int]] = []
        self.acknowledged: list[int] = []
        self.listening_ms = 0
        self.sent: list[tuple[str, Kind, str]] = []
        self.away = False

    @property
    def backlog(self) -> int:
        return len(self.waiting)

    def send(self, gate: str, kind: Kind, body: str, expires_s: int) -> bool:  # noqa: ARG002  the bus's verb
        self.sent += [(gate, kind, body)]
        return not self.away

    def receive(self, wait_s: float) -> list[Arrival]:  # noqa: ARG002  the bus's verb
        arrivals, self.waiting = self.waiting, []
        return arrivals

    def tell_gate(self, gate: str, stored: AckData) -> None:
        self.told += [(gate, stored.install, seq) for seq in stored.seqs]

    def acknowledge(self, arrivals: Sequence[Arrival]) -> None:
        self.acknowledged += [one.mid for one in arrivals]


class Rig:
    """Attributes: now_ms, the cloud's clock, moved by the test, and signer, the key it signs commands with."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.bus = MemoryBus()
        self.now_ms = START_MS + 500
        self.on_commit: Callable[[], None] = lambda: None
        self.signer = Signer(Ed25519PrivateKey.generate())
        self.badge_signer = BadgeSigner(Ed25519PrivateKey.generate())
        self.dispatch = Dispatch(self.signer, self.bus, lambda: self.now_ms)
        self.ingest = Ingest(self.bus, database, lambda: self.now_ms, self._committed, self.dispatch.answered)
        self._mid = 0

    @classmethod
    def open(cls, path: Path) -> Rig:
        return cls(open_database(f"sqlite:///{path}"))

    def arrive(self, *bodies: bytes) -> None:
        self.put(*((topic_of(body), body, None) for body in bodies))

    def arrive_state(self, body: bytes, gate: str = "gate-1", *, retained: bool = False) -> None:
        self.bus.waiting.append(Arrival(1, 0, topic(gate, Kind.STATE), body, None, retained))
        self.ingest.round()

    def put(self, *messages: tuple[str, bytes, str | None]) -> None:
        for address, body, event_id in messages:
            self._mid += 1
            self.bus.waiting.append(Arrival(1, self._mid, address, body, event_id))
        self.ingest.round()

    def pass_time(self, seconds: float) -> None:
        self.now_ms += round(seconds * 1000)
        self.bus.listening_ms += round(seconds * 1000)
        self.ingest.round()

    def rows(self, table: Table, *columns: str) -> list[tuple[Any, ...]]:
        names = columns or tuple(table.c.keys())
        with self.database.reading() as connection:
            found = connection.execute(select(*(table.c[name] for name in names)).order_by(*table.primary_key))
            return [tuple(row) for row in found]

    def look(self) -> Snapshot:
        return snapshot(self.database, self.now_ms)

    def _committed(self) -> None:
        self.on_commit()
