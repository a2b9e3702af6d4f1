"""`menshen-cloud restore`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import typer

from cloud.commands.backup import is_embedded, words
from cloud.settings import load_cloud
from cloud.store import backup, backup_postgres


def restore(settings_file: Path, file: Path, *, replace: bool) -> None:
    """Raises SettingsError, LedgerError."""
    url = load_cloud(settings_file).ledger.url
    embedded = is_embedded(url)
    beside = backup.ledger_file(url) if embedded else file
    aside = beside.with_name(f"{beside.name}.replaced-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    done = (backup if embedded else backup_postgres).restore(url, file, aside, replace=replace)
    typer.echo(f"The ledger holds {words(done.now)}; every session has ended.")
    if done.found.schema != done.now.schema:
        typer.echo(f"It was of schema {done.found.schema} and is now of schema {done.now.schema}.")
    if done.aside:
        typer.echo(f"The ledger that was there is kept as {done.aside}.")
