"""The worker that signs where the chain ends."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from cloud.heads.signer import HeadSigner
from cloud.ledger.heads import SignedHead
from cloud.store.database import Database
from cloud.store.heads import sign_head

log = logging.getLogger(__name__)

EVERY_S: Final = 3600.0
TROUBLED_S: Final = 60.0


class Heads:
    """Runs until `stop`. `trouble`: why nothing can be signed; empty while it can."""

    def __init__(self, database: Database, signer: HeadSigner, now_ms: Callable[[], int]) -> None:
        self._database, self._signer, self._now_ms = database, signer, now_ms
        self._stopping = threading.Event()
        self.trouble = ""

    def stop(self) -> None:
        self._stopping.set()

    def run(self) -> None:
        """The first head is signed at once."""
        pause_s = 0.0
        while not self._stopping.wait(pause_s):
            try:
                self.round()
            except (SQLAlchemyError, OSError) as away:
                self._note_trouble(str(away))
                pause_s = TROUBLED_S
            except Exception as unforeseen:
                # The supervisor of this thread: what was not signed is signed when it works again.
                log.exception("the head of the chain cannot be signed")
                self._note_trouble(str(unforeseen))
                pause_s = TROUBLED_S
            else:
                self.trouble, pause_s = "", EVERY_S

    def round(self) -> SignedHead | None:
        """Sign where the chain ends; None where it has not grown."""
        with self._database.writing() as connection:
            return sign_head(connection, self._signer.sign, self._now_ms())

    def _note_trouble(self, reason: str) -> None:
        if reason != self.trouble:
            log.error("the head of the chain cannot be signed: %s", reason)
        self.trouble = reason
