"""`menshen-cloud rebuild-series`."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import typer
from sqlalchemy.exc import OperationalError

from cloud.app.now import now_ms
from cloud.app.series import open_series
from cloud.settings import load_cloud
from cloud.store.database import Database
from cloud.store.errors import SeriesAwayError
from cloud.store.migrate import open_database
from cloud.store.series import DAY_S, SeriesStore
from cloud.store.series_rebuild import Progress, Wanted, rebuild
from contract.ids import parse_event_id

EVERY_S: Final = 2.0
FIRST_PAUSE_S: Final = 0.5
LONGEST_PAUSE_S: Final = 60.0
INTERRUPTED: Final = 130
Sleep = Callable[[float], None]


def rebuild_series(settings_file: Path, since: datetime | None, gate: str | None, after: str | None) -> None:
    """Raises SettingsError, LedgerError, MessageError, and SeriesAwayError where the store does not answer at the start."""
    settings = load_cloud(settings_file)
    kept_since_s = now_ms() // 1000 - settings.series.keep.raw_days * DAY_S
    since_s = kept_since_s if since is None else max(kept_since_s, int(since.replace(tzinfo=UTC).timestamp()))
    wanted = Wanted(since_s, gate, None if after is None else parse_event_id(after))
    typer.echo(f"From {datetime.fromtimestamp(since_s, UTC):%Y-%m-%d %H:%M} UTC on (points are kept for "
               f"{settings.series.keep.raw_days} days), gate {gate or 'any'}.")  # fmt: skip
    database = open_database(settings.ledger.url)
    series = open_series(settings.series)
    try:
        done = Persistent(database, series, time.sleep).run(wanted)
    finally:
        series.close()
        database.close()
    typer.echo(f"Done: {done.done - done.refused} events are in the series; {done.refused} were refused (dead letters).")


class Persistent:
    """Goes on where it was whenever the store has been away. Attributes: progress, how far it is."""

    def __init__(self, database: Database, series: SeriesStore, sleep: Sleep) -> None:
        self._database, self._series, self._sleep = database, series, sleep
        self._told_s = 0.0
        self.progress: Progress | None = None

    def run(self, wanted: Wanted) -> Progress:
        """Rebuild. What is away before the first event is an error; later it is waited for."""
        self._series.probe()
        try:
            return self._run(Progress(0, 0, 0, wanted.after), wanted)
        except KeyboardInterrupt:
            last = wanted.after if self.progress is None else self.progress.last
            typer.echo(f"Stopped. To go on from here: --after {last}" if last else "Stopped before the first event.", err=True)
            raise typer.Exit(INTERRUPTED) from None

    def _run(self, before: Progress, wanted: Wanted) -> Progress:
        pause_s = FIRST_PAUSE_S
        while True:
            self.progress = Progress(0, 0, 0, before.last)
            try:
                done = rebuild(self._database, self._series, replace(wanted, after=before.last), now_ms, self._tell)
            except (SeriesAwayError, OperationalError) as away:
                pause_s = FIRST_PAUSE_S if self.progress.done else min(2 * pause_s, LONGEST_PAUSE_S)
                before = _added(before, self.progress)
                typer.echo(f"{away}\ntried again in {pause_s:g} s", err=True)
                self._sleep(pause_s)
            else:
                return _added(before, done)

    def _tell(self, progress: Progress) -> None:
        self.progress = progress
        if time.monotonic() - self._told_s >= EVERY_S:
            self._told_s = time.monotonic()
            where = f", last {progress.last}" if progress.last else ""
            typer.echo(f"{progress.done} of {progress.total} events{where}")


def _added(before: Progress, now: Progress) -> Progress:
    return Progress(before.done + now.done, now.total, before.refused + now.refused, now.last)
