"""The projector: copies every stored event into the series, for as long as it takes."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from cloud.store.database import Database
from cloud.store.dead_letters import add_dead_letters
from cloud.store.errors import SeriesAwayError
from cloud.store.facility.newest import save_newest
from cloud.store.facility.uvc import save_runs
from cloud.store.outbox import backlog, forget, waiting
from cloud.store.series import SeriesStore
from cloud.store.series_refusals import write_around

log = logging.getLogger(__name__)

BATCH: Final = 1_000
IDLE_S: Final = 1.0
GATHER_S: Final = 0.2
FIRST_PAUSE_S: Final = 0.5
LONGEST_PAUSE_S: Final = 60.0
UPKEEP_MS: Final = 3_600_000


class Projector:
    """Runs until `stop`. A store that is away is a state: the points wait in the ledger."""

    def __init__(self, database: Database, series: SeriesStore, now_ms: Callable[[], int]) -> None:
        self._database, self._series, self._now_ms = database, series, now_ms
        self._stopping = threading.Event()
        self._poked = threading.Event()
        self.trouble = ""
        self.written = 0
        self.refused = 0
        self._kept_up_ms = 0
        self._read_ahead = 0

    @property
    def waiting(self) -> int:
        """How many events are not in the series yet."""
        with self._database.reading() as connection:
            return backlog(connection)

    def poke(self) -> None:
        """There is something new."""
        self._poked.set()

    def stop(self) -> None:
        self._stopping.set()
        self._poked.set()

    def run(self) -> None:
        pause_s = FIRST_PAUSE_S
        while not self._stopping.is_set():
            try:
                more = self.round()
                if not more:
                    self.keep_up()
            except (SeriesAwayError, SQLAlchemyError, OSError) as away:
                self._note_trouble(str(away))
                self._stopping.wait(pause_s)
                pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
            except Exception as unforeseen:
                # The supervisor of this thread: the notes stay in the ledger and are tried again.
                log.exception("projector round failed")
                self._note_trouble(str(unforeseen))
                self._stopping.wait(LONGEST_PAUSE_S)
            else:
                self.trouble = ""
                pause_s = FIRST_PAUSE_S
                self._rest(more)

    def round(self) -> bool:
        """Copy one batch. Returns whether more may be waiting."""
        with self._database.reading() as connection:
            batch = waiting(connection, BATCH)
        if not batch:
            return False
        try:
            refused = write_around(self._series, batch)
        except SeriesAwayError:
            self._read_on()
            raise
        with self._database.writing() as connection:
            save_newest(connection, batch)
            save_runs(connection, batch)
            forget(connection, batch)
            add_dead_letters(connection, refused, self._now_ms())
        self.written += len(batch) - len(refused)
        self.refused += len(refused)
        return len(batch) == BATCH

    def _read_on(self) -> None:
        """While the series is away its notes wait, and how the sensors are now is kept all the same."""
        while True:
            with self._database.reading() as connection:
                batch = waiting(connection, BATCH, self._read_ahead)
            if not batch:
                return
            with self._database.writing() as connection:
                save_newest(connection, batch)
                save_runs(connection, batch)
            self._read_ahead = batch[-1].number

    def keep_up(self) -> None:
        """Once an hour, when nothing waits, let the store give up what is old and sum up what came late."""
        now_ms = self._now_ms()
        if now_ms >= self._kept_up_ms + UPKEEP_MS:
            self._series.upkeep(now_ms // 1000)
            self._kept_up_ms = now_ms

    def _rest(self, more: bool) -> None:
        """Gather a little where something has come, so that single events do not become single transactions."""
        if more:
            return
        if self._poked.wait(IDLE_S):
            self._stopping.wait(GATHER_S)
        self._poked.clear()

    def _note_trouble(self, reason: str) -> None:
        if reason != self.trouble:
            log.error("the series cannot be written, the points wait: %s", reason)
        self.trouble = reason
