"""The worker that makes the daily report: at its time, also of a day without an event; later where there was no cloud then."""

from __future__ import annotations

import logging
from collections.abc import Callable

from sqlalchemy.exc import IntegrityError

from cloud.ledger.reporting.schedule import Schedule
from cloud.reports.summary import told
from cloud.store.database import Database
from cloud.store.reporting.book import Last, add_report, begin, last_report
from cloud.store.reporting.collect import Canteen, Duty, Levels, Rounds, Supplies, body_of
from cloud.store.reporting.period import Period
from cloud.store.verifying import head_of
from cloud.worker import Worker

log = logging.getLogger(__name__)


class Reporter(Worker):
    """Makes what is due, and what was due while there was no cloud.

    Several may run, in whatever process: where two make the same report, the ledger takes one.
    """

    CANNOT = "no daily report can be made now"

    def __init__(
        self,
        database: Database,
        schedule: Schedule,
        late_ms: int,
        now_ms: Callable[[], int],
        duty: Duty | None = None,
        rounds: Rounds | None = None,
        supplies: Supplies | None = None,
        levels: Levels | None = None,
        canteen: Canteen | None = None,
    ) -> None:
        super().__init__()
        self._database, self._schedule, self._late_ms, self._now_ms = database, schedule, late_ms, now_ms
        self._sources = duty, rounds, supplies, levels, canteen
        self._next_ms = 0
        self.made = 0

    def round(self) -> None:
        """Make every report that is due by now."""
        now_ms = self._now_ms()
        if now_ms < self._next_ms:
            return
        last = self._last(now_ms)
        for due_ms in self._schedule.missed(last.due_ms, now_ms):
            if self._stopping.is_set():
                return
            self._make(due_ms)
        self._next_ms = min(self._schedule.next_ms(now_ms), now_ms + 60_000)  # a clock may be set

    def _last(self, now_ms: int) -> Last:
        with self._database.reading() as connection:
            last = last_report(connection)
        if last is None:
            with self._database.writing() as connection:
                if last_report(connection) is None:
                    begin(connection, now_ms)
            with self._database.reading() as connection:
                last = last_report(connection)
        if last is None:
            raise RuntimeError("the beginning of the daily reports is not in the audit")
        return last

    def _make(self, due_ms: int) -> None:
        made_ms = self._now_ms()
        with self._database.reading() as connection:
            last = last_report(connection)
            if last is None or last.due_ms >= due_ms:
                return
            period = Period(
                last.head.number + 1, head_of(connection).number, last.due_ms, due_ms, made_ms, self._late_ms, self._schedule
            )
            found = body_of(connection, period, last, *self._sources)
        body = found.model_copy(update={"told": told(found)})
        try:
            with self._database.writing() as connection:
                add_report(connection, body, due_ms, made_ms)
        except IntegrityError:
            log.info("the report of %s has been made elsewhere", body.day)
        else:
            self.made += 1
            log.info("made the report of %s", body.day)
