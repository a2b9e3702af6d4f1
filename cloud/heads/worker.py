"""The worker that signs where the chain ends."""

from __future__ import annotations

import logging
from collections.abc import Callable

from cloud.heads.signer import HeadSigner
from cloud.ledger.heads import SignedHead
from cloud.store.database import Database
from cloud.store.heads import sign_head
from cloud.worker import Worker

log = logging.getLogger(__name__)


class Heads(Worker):
    """Signs the head at the start, then from hour to hour."""

    CANNOT = "the head of the chain cannot be signed"
    EVERY_S = 3600.0
    TROUBLED_S = 60.0
    AT_ONCE = True

    def __init__(self, database: Database, signer: HeadSigner, now_ms: Callable[[], int]) -> None:
        super().__init__()
        self._database, self._signer, self._now_ms = database, signer, now_ms

    def round(self) -> SignedHead | None:
        """Sign where the chain ends; None where it has not grown."""
        with self._database.writing() as connection:
            return sign_head(connection, self._signer.sign, self._now_ms())
