"""The worker that tells gates which badges and passes are good no more: as soon as that changes, and once a day."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final, Protocol

from sqlalchemy import Connection

from cloud.ledger.badges import FORGOTTEN_MS
from cloud.ledger.receptions import Reception
from cloud.ledger.sites import ROOT
from cloud.passes.signer import BadgeSigner
from cloud.store.appointments import passes_withdrawn
from cloud.store.badges import badges_revoked
from cloud.store.database import Database
from cloud.store.receptions import gates_of, receptions_below
from cloud.worker import Worker
from contract.topics import Kind

log = logging.getLogger(__name__)

AGAIN_MS: Final = 86_400_000
EXPIRES_S: Final = 8 * 86_400
"""Of what the broker keeps: no pass lasts longer."""


class Voice(Protocol):
    """The bus, as far as it is needed here."""

    def send(self, gate: str, kind: Kind, body: str, expires_s: int) -> bool:
        """False while there is no connection."""


class Withdrawals(Worker):
    """Looks at what is withdrawn, and tells the gates that have not been told."""

    CANNOT = "gates cannot be told what was withdrawn"
    TROUBLED_S = 1.0

    def __init__(self, database: Database, bus: Voice, signer: BadgeSigner, now_ms: Callable[[], int]) -> None:
        super().__init__()
        self._database, self._bus, self._signer, self._now_ms = database, bus, signer, now_ms
        self._told: dict[str, tuple[tuple[str, ...], int]] = {}

    def round(self) -> int:
        """Tell every gate that has not been told what is so now. Returns how many."""
        now_ms, told = self._now_ms(), 0
        with self._database.reading() as connection:
            plans = [
                (one, tuple(_withdrawn(connection, one, now_ms)), [row.gate for row in gates_of(connection, one)])
                for one in receptions_below(connection, ROOT)
            ]
        for where, numbers, gates in plans:
            due = [gate for gate in gates if self._is_news(gate, where, numbers, now_ms)]
            if due:
                body = self._signer.withdrawn(where.name, numbers, now_ms).model_dump_json()
                told += sum(self._tell(gate, body, (where.name, *numbers), now_ms) for gate in due)
        return told

    def _is_news(self, gate: str, where: Reception, numbers: tuple[str, ...], now_ms: int) -> bool:
        said, at_ms = self._told.get(gate, ((), 0))
        return said != (where.name, *numbers) or now_ms - at_ms >= AGAIN_MS

    def _tell(self, gate: str, body: str, said: tuple[str, ...], now_ms: int) -> bool:
        if not self._bus.send(gate, Kind.WITHDRAWN, body, EXPIRES_S):
            return False
        self._told[gate] = said, now_ms
        return True


def _withdrawn(connection: Connection, where: Reception, now_ms: int) -> list[str]:
    return badges_revoked(connection, where.name, now_ms - FORGOTTEN_MS) + passes_withdrawn(connection, where, now_ms)
