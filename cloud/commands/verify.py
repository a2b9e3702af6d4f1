"""`menshen-cloud verify`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from cloud.ledger.evidence import Evidence, Looked
from cloud.ledger.heads import SignedHead
from cloud.settings import load_cloud
from cloud.store.heads import faults_of_heads
from cloud.store.migrate import open_database
from cloud.store.removed import removals_of
from cloud.store.verifying import Head, Verified, head_of
from cloud.store.verifying import verify as go_through
from contract.errors import SettingsError

_KEEP: Final = (
    "Keep that line elsewhere: `menshen-cloud verify --head` proves with it that nothing before it was changed or cut off."
)


def verify(settings_file: Path, known: str | None, heads_file: Path | None, keys: list[str]) -> bool:
    """Say what is found; whether all is as it was written. Raises SettingsError, LedgerError."""
    head = None if known is None else _head(known)
    kept = () if heads_file is None else _kept(heads_file)
    database = open_database(load_cloud(settings_file).ledger.url)
    columns = (TextColumn("links"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    try:
        with database.reading() as connection, Progress(*columns, transient=True) as progress:
            task = progress.add_task("", total=head_of(connection).number)
            found = go_through(connection, head, lambda number: progress.update(task, completed=number))
            signed, faults = faults_of_heads(connection, frozenset(keys), kept)
            removals = [one.words for one in removals_of(connection)]
    finally:
        database.close()
    for fault in faults:
        found.fault(fault)
    _tell(found, signed, len(kept), removals)
    return not found.faults


def verify_file(file: Path, keys: list[str]) -> bool:
    """The same of a file of evidence, without a ledger. Raises SettingsError."""
    try:
        with file.open("rb") as lines:
            found = Evidence(frozenset(keys)).look(lines)
    except OSError as unreadable:
        raise SettingsError(f"the evidence cannot be read ({unreadable})", where="--file") from unreadable
    _tell_of_file(found, keys)
    return not found.faults


def _tell(found: Verified, signed: int, kept: int, removals: list[str]) -> None:
    if found.faults:
        _complain(found.faults)
        return
    erased = f", {found.erased:,} of them without their content, which was erased" if found.erased else ""
    typer.echo(f"{found.rows:,} rows are as they were written{erased}.")
    for line in removals:
        typer.echo(line)
    typer.echo(f"The chain ends at {found.head.text}")
    typer.echo(_KEEP)
    beside = f"; kept elsewhere: {kept:,}" if kept else ""
    typer.echo(f"Signed heads that hold: {signed:,}{beside}.")


def _tell_of_file(found: Looked, keys: list[str]) -> None:
    if found.faults:
        _complain(found.faults)
        return
    typer.echo(
        f"Links {found.first:,} to {found.last:,}: {found.rows:,} rows are as they were written, {found.told:,} with content."
    )
    if found.removed:
        typer.echo(
            f"{found.removed:,} more were removed when their time was over; removals in this file tell of {found.recorded:,}."
        )
    if not found.heads:
        typer.echo("No signed head is among them: that they are those of the cloud is not proven.")
        return
    typer.echo(
        f"Signed heads that hold: {found.heads:,}, the newest of link {found.proven:,}; what follows it is not signed yet."
    )
    for key in sorted(found.keys):
        typer.echo(f"Signed with {key}{'' if keys else ': compare that with the key that you know (--key)'}")


def _complain(faults: list[str]) -> None:
    for fault in faults:
        typer.echo(fault, err=True)
    typer.echo("The ledger is not as it was written. Keep this file, and compare it with a backup.", err=True)


def _head(text: str) -> Head:
    try:
        return Head.of(text)
    except ValueError as wrong:
        remedy = "Give the line that an earlier `verify` printed: a number, a colon and 64 hexadecimal digits."
        raise SettingsError(f"{text!r} is no head of a chain", where="--head", remedy=remedy) from wrong


def _kept(file: Path) -> tuple[SignedHead, ...]:
    try:
        return tuple(SignedHead.of(one) for one in json.loads(file.read_bytes())["heads"])
    except (OSError, KeyError, TypeError, ValueError) as wrong:
        remedy = "Give a file as GET /api/chain/heads answered it."
        raise SettingsError(f"these are no signed heads ({wrong})", where="--heads", remedy=remedy) from wrong
