"""`menshen-cloud restore`."""

from __future__ import annotations

from pathlib import Path

import typer

from cloud.app.now import now_ms
from cloud.commands.backup import is_embedded, words
from cloud.retention.files import aside_name
from cloud.retention.worker import Retention
from cloud.settings import CloudSettings, load_cloud
from cloud.store import backup, backup_postgres
from cloud.store.migrate import open_database


def restore(settings_file: Path, file: Path, *, replace: bool) -> None:
    """Raises SettingsError, LedgerError."""
    settings, now = load_cloud(settings_file), now_ms()
    url = settings.ledger.url
    embedded = is_embedded(url)
    beside = backup.ledger_file(url) if embedded else file
    aside = beside.with_name(aside_name(beside.name, now))
    done = (backup if embedded else backup_postgres).restore(url, file, aside, replace=replace)
    typer.echo(f"The ledger holds {words(done.now)}; every session has ended.")
    if done.found.schema != done.now.schema:
        typer.echo(f"It was of schema {done.found.schema} and is now of schema {done.now.schema}.")
    _sweep(settings)
    if done.aside:
        typer.echo(f"The ledger that was there is kept as {done.aside}.")


def _sweep(settings: CloudSettings) -> None:
    """A backup holds what has had its time since."""
    database = open_database(settings.ledger.url)
    try:
        gone = Retention(database, settings.retention, now_ms).round()
    finally:
        database.close()
    if gone:
        typer.echo("Had their time since it was made, and went: " + ", ".join(f"{count} {kind}" for kind, count in gone.items()))
