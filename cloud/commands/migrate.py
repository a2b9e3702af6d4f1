"""`menshen-cloud migrate`."""

from __future__ import annotations

from pathlib import Path

import typer

from cloud.settings import load_cloud
from cloud.store.migrate import open_database


def migrate_ledger(settings_file: Path) -> None:
    """Raises SettingsError, LedgerError."""
    open_database(load_cloud(settings_file).ledger.url).close()
    typer.echo("The ledger has this version's schema.")
