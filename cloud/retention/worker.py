"""The worker that lets go what has had its time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from cloud.ledger.retention import Horizons
from cloud.periods import RetentionSettings
from cloud.retention.files import aside_stem, forget_copies
from cloud.store.accounts import note
from cloud.store.database import Database
from cloud.store.feed import Feed
from cloud.store.retention import AT_ONCE, SWEEPS, Sweep

log = logging.getLogger(__name__)

EVERY_S: Final = 3600.0
TROUBLED_S: Final = 60.0
BREATH_S: Final = 0.05
"""Between two transactions of a sweep: others want to write too."""


class Retention:
    """Runs until `stop`. `trouble`: why the ledger cannot be swept; empty while it can."""

    def __init__(
        self, database: Database, keep: RetentionSettings, now_ms: Callable[[], int], ledger: Path | None = None
    ) -> None:
        """`ledger`: the embedded ledger's file; what a restore put aside lies beside it."""
        self._database, self._keep, self._now_ms, self._ledger = database, keep, now_ms, ledger
        self._stopping = threading.Event()
        self.trouble = ""

    def stop(self) -> None:
        self._stopping.set()

    def run(self) -> None:
        """The first sweep is at once: a ledger that was put back from a backup holds what had gone."""
        pause_s = 0.0
        while not self._stopping.wait(pause_s):
            try:
                self.round()
            except (SQLAlchemyError, OSError) as away:
                self._note_trouble(str(away))
                pause_s = TROUBLED_S
            except Exception as unforeseen:
                # The supervisor of this thread: what was not swept is swept when it works again.
                log.exception("the sweep failed")
                self._note_trouble(str(unforeseen))
                pause_s = TROUBLED_S
            else:
                self.trouble, pause_s = "", EVERY_S

    def round(self) -> dict[str, int]:
        """Let go all that has had its time. Returns how many rows of each kind, where there were any."""
        horizons = Horizons.at(self._now_ms(), self._keep)
        gone = {kind: count for kind, sweep in SWEEPS.items() if (count := self._all_of(sweep, horizons))}
        if copies := self._forget_replaced(horizons.now_ms):
            gone["replaced ledgers"] = copies
        if gone:
            words = ", ".join(f"{count} {kind}" for kind, count in gone.items())
            with self._database.writing() as connection:
                note(connection, "menshen", "retention", "ledger", self._now_ms(), words)
            self._database.overwrite_log()
            log.info("had their time and went: %s", words)
        return gone

    def _all_of(self, sweep: Sweep, horizons: Horizons) -> int:
        count = 0
        while not self._stopping.is_set():
            with self._database.writing() as connection, Feed(connection) as feed:
                some = sweep(connection, feed, horizons)
            count += some
            if some < AT_ONCE:
                break
            self._stopping.wait(BREATH_S)
        return count

    def _forget_replaced(self, now_ms: int) -> int:
        if self._ledger is None:
            return 0
        stem = aside_stem(self._ledger.name)
        return len(forget_copies(self._ledger.absolute().parent, stem, now_ms, self._keep.backups_days))

    def _note_trouble(self, reason: str) -> None:
        if reason != self.trouble:
            log.error("what has had its time cannot go: %s", reason)
        self.trouble = reason
