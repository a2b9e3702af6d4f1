"""`menshen-cloud backup`."""

from __future__ import annotations

from pathlib import Path

import typer

from cloud.settings import load_cloud
from cloud.store import backup, backup_postgres
from cloud.store.copying import Inventory


def back_up(settings_file: Path, out: Path) -> None:
    """Raises SettingsError, LedgerError."""
    url = load_cloud(settings_file).ledger.url
    held = (backup if is_embedded(url) else backup_postgres).back_up(url, out)
    typer.echo(f"{out} holds {words(held)}.")


def is_embedded(url: str) -> bool:
    """Whether the ledger is a file of this machine."""
    return url.startswith("sqlite:")


def words(held: Inventory) -> str:
    """What a ledger holds, for a person."""
    rows = held.rows
    return f"{rows['event']} events, {rows['visit']} visits and {rows['recheck_case']} cases of {rows['gate']} gates"
