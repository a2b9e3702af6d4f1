"""The worker that makes the daily report: at its time, also of a day without an event; later where there was no cloud then."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from cloud.ledger.reporting.schedule import Schedule
from cloud.reports.summary import told
from cloud.store.database import Database
from cloud.store.reporting.book import Last, add_report, begin, last_report
from cloud.store.reporting.collect import Duty, Rounds, Supplies, body_of
from cloud.store.reporting.period import Period
from cloud.store.verifying import head_of

log = logging.getLogger(__name__)

EVERY_S: Final = 1.0
TROUBLED_S: Final = 10.0


class Reporter:
    """Runs until `stop`. `trouble`: why no report can be made; empty while it can.

    Several may run, in whatever process: where two make the same report, the ledger takes one.
    """

    def __init__(
        self,
        database: Database,
        schedule: Schedule,
        late_ms: int,
        now_ms: Callable[[], int],
        duty: Duty | None = None,
        rounds: Rounds | None = None,
        supplies: Supplies | None = None,
    ) -> None:
        self._database, self._schedule, self._late_ms, self._now_ms = database, schedule, late_ms, now_ms
        self._duty, self._rounds, self._supplies = duty, rounds, supplies
        self._stopping = threading.Event()
        self._next_ms = 0
        self.trouble = ""
        self.made = 0

    def stop(self) -> None:
        self._stopping.set()

    def run(self) -> None:
        pause_s = EVERY_S
        while not self._stopping.wait(pause_s):
            try:
                self.round()
            except (SQLAlchemyError, OSError) as away:
                self._note_trouble(str(away))
                pause_s = TROUBLED_S
            except Exception as unforeseen:
                # The supervisor of this thread: what is due is made when it works again.
                log.exception("the daily report could not be made")
                self._note_trouble(str(unforeseen))
                pause_s = TROUBLED_S
            else:
                self.trouble, pause_s = "", EVERY_S

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
            found = body_of(connection, period, last, self._duty, self._rounds, self._supplies)
        body = found.model_copy(update={"told": told(found)})
        try:
            with self._database.writing() as connection:
                add_report(connection, body, due_ms, made_ms)
        except IntegrityError:
            log.info("the report of %s has been made elsewhere", body.day)
        else:
            self.made += 1
            log.info("made the report of %s", body.day)

    def _note_trouble(self, reason: str) -> None:
        if reason != self.trouble:
            log.error("no daily report can be made now: %s", reason)
        self.trouble = reason
