"""`menshen-cloud password`."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from cloud.access.accounts import change_password
from cloud.app.now import now_ms
from cloud.settings import load_cloud
from cloud.store.migrate import open_database


def set_password(settings_file: Path) -> None:
    """Read a password and keep its hash. Raises SettingsError, LedgerError."""
    settings = load_cloud(settings_file)
    user = settings.access.admin
    if sys.stdin.isatty():
        password = typer.prompt(f"New password of {user}", hide_input=True, confirmation_prompt=True)
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    database = open_database(settings.ledger.url)
    try:
        change_password(database, user, password, now_ms())
    finally:
        database.close()
    typer.echo(f"The password of {user} is set; every session of that account has ended.")
