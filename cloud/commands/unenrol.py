"""`menshen-cloud unenrol`."""

from __future__ import annotations

import getpass
from pathlib import Path

import typer

from cloud.commands.enrol import enrolment_of
from cloud.enrolment.authority import REVOKED
from cloud.settings import load_cloud
from cloud.store.migrate import open_database
from contract.errors import SettingsError


def unenrol(settings_file: Path, gate: str, certificate: Path | None) -> None:
    """Send a gate away, and say what the broker needs. Raises SettingsError, LedgerError."""
    by_hand = None if certificate is None else _read(certificate)
    settings = load_cloud(settings_file)
    database = open_database(settings.ledger.url)
    try:
        enrolment = enrolment_of(settings, database)
        ended = enrolment.send_away(gate, getpass.getuser(), by_hand)
    finally:
        database.close()
    if not ended:
        typer.echo(f"No certificate of {gate} was good; its tokens are void. One made by hand: --certificate FILE.")
        return
    typer.echo(f"{gate} gets no new certificate, and {ended} of its certificates stand in {enrolment.terms.folder / REVOKED}.")
    typer.echo("It is shut out when the broker has that list and has been started again: the connection it has now would stay.")


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as unreadable:
        raise SettingsError(f"the certificate cannot be read ({unreadable.strerror})", where=str(file)) from unreadable
