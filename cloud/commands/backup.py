"""`menshen-cloud backup`."""

from __future__ import annotations

from pathlib import Path

import typer

from cloud.app.now import now_ms
from cloud.retention.files import BACKUP, backup_name, forget_copies
from cloud.settings import load_cloud
from cloud.store import backup, backup_postgres
from cloud.store.copying import Inventory


def back_up(settings_file: Path, out: Path) -> None:
    """Into this file, or into a dated file in this folder, whose older ones go. Raises SettingsError, LedgerError, OSError."""
    settings, now = load_cloud(settings_file), now_ms()
    url, file = settings.ledger.url, out / backup_name(now) if out.is_dir() else out
    held = (backup if is_embedded(url) else backup_postgres).back_up(url, file)
    typer.echo(f"{file} holds {words(held)}.")
    if out.is_dir():
        for gone in forget_copies(out, BACKUP, now, settings.retention.backups_days):
            typer.echo(f"{gone} had its time (retention.backups_days) and is removed.")


def is_embedded(url: str) -> bool:
    """Whether the ledger is a file of this machine."""
    return url.startswith("sqlite:")


def words(held: Inventory) -> str:
    """What a ledger holds, for a person."""
    rows = held.rows
    return f"{rows['event']} events, {rows['visit']} visits and {rows['recheck_case']} cases of {rows['gate']} gates"
