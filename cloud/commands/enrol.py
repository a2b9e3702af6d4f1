"""`menshen-cloud enrol`."""

from __future__ import annotations

import getpass
from datetime import datetime
from pathlib import Path

import segno
import typer
from rich.console import Console

from cloud.app.now import now_ms
from cloud.enrolment.authority import REVOKED, Authority
from cloud.enrolment.enrolment import Enrolment
from cloud.enrolment.terms import Terms
from cloud.settings import CloudSettings, load_cloud
from cloud.store.database import Database
from cloud.store.migrate import open_database
from cloud.store.views.models import moment
from contract.enrolment import Token, pairing_code
from contract.errors import SettingsError


def enrol(settings_file: Path, gate: str, wishes: tuple[str | None, str | None, float | None]) -> None:
    """Print a token. `wishes`: site, address of this cloud, hours; None where the settings say it.

    Raises SettingsError, LedgerError.
    """
    settings = load_cloud(settings_file)
    site, url, hours = wishes
    address = _address(url or settings.enrol.url)
    database = open_database(settings.ledger.url)
    try:
        enrolment = enrolment_of(settings, database)
        token, authority, until_ms = enrolment.invite(
            gate, site or settings.enrol.site, hours or settings.enrol.token_h, getpass.getuser()
        )
    finally:
        database.close()
    _print(address, token, authority, moment(until_ms), gate)
    _say_where(enrolment.terms)


def enrolment_of(settings: CloudSettings, database: Database) -> Enrolment:
    """Raises SettingsError where this cloud pairs no gates."""
    terms = Terms.of(settings)
    if terms is None:
        remedy = 'Name a folder for the authority: folder = "authority" below [enrol].'
        raise SettingsError("this cloud pairs no gates", where="enrol.folder", remedy=remedy)
    return Enrolment(database, terms, now_ms)


def _address(url: str | None) -> str:
    if url is None:
        remedy = 'Name it: --url https://cloud.example, or url = "https://cloud.example" below [enrol].'
        raise SettingsError("nobody has said how gates reach this cloud", where="enrol.url", remedy=remedy)
    return url.rstrip("/")


def _print(url: str, token: Token, authority: Authority, until: datetime, gate: str) -> None:
    typer.echo(f"For gate {gate}, once, until {until:%Y-%m-%d %H:%M} UTC. On the gate:\n")
    typer.echo(f"  menshen-edge pair gate.toml --url {url} --token {token.text}\n")
    typer.echo("or on its technician's page. Nobody can print this token again.")
    typer.echo(f"The authority's SHA-256 fingerprint: {authority.sha256}")
    if Console().is_terminal:  # not into a log or a file: it is a key
        segno.make(pairing_code(url, token), error="l").terminal(compact=True)


def _say_where(terms: Terms) -> None:
    typer.echo(f"The gate will look for its broker at {terms.broker_host}:{terms.broker_port}.")
    if not terms.command_keys:
        typer.echo("It will obey no commands: this cloud has no key for them (`menshen-cloud command-key`).")
    typer.echo(f"The broker has to trust {terms.folder / 'ca.crt'} and to read {terms.folder / REVOKED}.")
