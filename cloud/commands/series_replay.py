"""`menshen-cloud series replay`."""

from __future__ import annotations

from pathlib import Path

import typer

from cloud.settings import load_cloud
from cloud.store.migrate import open_database
from cloud.store.outbox import queue_refused_again


def replay_refused(settings_file: Path) -> None:
    """Raises SettingsError, LedgerError."""
    database = open_database(load_cloud(settings_file).ledger.url)
    try:
        with database.writing() as connection:
            count = queue_refused_again(connection)
    finally:
        database.close()
    typer.echo(f"{count} events wait for the projector again." if count else "The series has refused nothing.")
