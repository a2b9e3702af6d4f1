"""The worker that lets go what has had its time."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final

from cloud.ledger.retention import Horizons
from cloud.periods import RetentionSettings
from cloud.retention.files import aside_stem, forget_copies
from cloud.store.accounts import note
from cloud.store.database import Database
from cloud.store.feed import Feed
from cloud.store.retention import AT_ONCE, SWEEPS, Sweep
from cloud.worker import Worker

log = logging.getLogger(__name__)

BREATH_S: Final = 0.05
"""Between two transactions of a sweep: others want to write too."""


class Retention(Worker):
    """The first sweep is at once: a ledger that was put back from a backup holds what had gone."""

    CANNOT = "what has had its time cannot go"
    EVERY_S = 3600.0
    TROUBLED_S = 60.0
    AT_ONCE = True

    def __init__(
        self, database: Database, keep: RetentionSettings, now_ms: Callable[[], int], ledger: Path | None = None
    ) -> None:
        """`ledger`: the embedded ledger's file; what a restore put aside lies beside it."""
        super().__init__()
        self._database, self._keep, self._now_ms, self._ledger = database, keep, now_ms, ledger

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
