"""`menshen-cloud unenrol`."""

from __future__ import annotations

import getpass
from pathlib import Path

import typer

from cloud.commands.enrol import enrolment_of
from cloud.enrolment.authority import REVOKED
from cloud.settings import load_cloud
from cloud.store.migrate import open_database


def unenrol(settings_file: Path, gate: str) -> None:
    """Send a gate away, and say what the broker needs. Raises SettingsError, LedgerError."""
    settings = load_cloud(settings_file)
    database = open_database(settings.ledger.url)
    try:
        enrolment = enrolment_of(settings, database)
        ended = enrolment.send_away(gate, getpass.getuser())
    finally:
        database.close()
    if not ended:
        typer.echo(f"No certificate of {gate} was good; its tokens are void. One made by hand is not known here.")
        return
    typer.echo(f"{gate} gets no new certificate, and {ended} of its certificates stand in {enrolment.terms.folder / REVOKED}.")
    typer.echo("It is shut out when the broker has that list and has been started again: the connection it has now would stay.")
