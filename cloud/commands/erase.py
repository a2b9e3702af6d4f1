"""`menshen-cloud erase`."""

from __future__ import annotations

import getpass
from pathlib import Path

import typer

from cloud.app.now import now_ms
from cloud.ledger.staff.set_up import rules_of
from cloud.settings import load_cloud
from cloud.store.accounts import note
from cloud.store.erasing import erase_person
from cloud.store.feed import Feed
from cloud.store.migrate import open_database
from cloud.store.staff.erasing import erase_badge
from contract.errors import SettingsError


def erase(settings_file: Path, badge: str | None, visitor_pass: str | None) -> None:
    """Erase a person's visits, by a badge also the member of the staff. Raises SettingsError, LedgerError."""
    if (badge is None) == (visitor_pass is None):
        raise SettingsError("whom to erase is not clear", where="--badge, --pass", remedy="Give one of the two.")
    settings = load_cloud(settings_file)
    database = open_database(settings.ledger.url)
    try:
        with database.writing() as connection, Feed(connection) as feed:
            if badge is not None:
                visits = erase_badge(connection, feed, badge, now_ms(), rules_of(settings.staff))
            else:
                visits = erase_person(connection, feed, now_ms(), visitor_pass=visitor_pass)
            note(connection, getpass.getuser(), "erase a person", f"{visits} visits", now_ms())
    finally:
        database.close()
    typer.echo(
        f"{visits} visits say no more who it was, and nothing of a reading. Their verdicts and times stay; the chain is whole."
    )
    typer.echo("Backups that were made before still hold it: delete them when their time is over.")
