"""`menshen-cloud dead-letters`: what nobody could read, looked at, and put through again after a repair."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Final

import typer
from rich.console import Console
from rich.table import Table

from cloud.app.now import now_ms
from cloud.ingest.replay import replay
from cloud.ledger.facility.levels import LevelRules, level_rules
from cloud.settings import load_cloud
from cloud.store.accounts import note
from cloud.store.database import Database
from cloud.store.dead_letters import DeadLetter, dead_letter_of, dead_letters, dead_letters_after, forget_dead_letter
from cloud.store.migrate import open_database
from cloud.store.numbering import cover_number
from cloud.store.views.models import moment
from contract.errors import MenshenError

LISTED: Final = 50
_STEP: Final = 100


class Action(StrEnum):
    LIST = "list"
    SHOW = "show"
    REPLAY = "replay"
    DROP = "drop"


class NoSuchLetterError(MenshenError, LookupError):
    """There is no dead letter of this number."""


def dead_letters_command(settings_file: Path, action: Action, number: int | None, *, every: bool) -> bool:
    """Do it; whether everything that was to be replayed is stored now. Raises MenshenError."""
    if action is not Action.LIST and number is None and not (every and action is Action.REPLAY):
        raise MenshenError("which one is not said", remedy=f"Name its number: `dead-letters {settings_file} {action} 1`.")
    settings = load_cloud(settings_file)
    database = open_database(settings.ledger.url)
    try:
        match action:
            case Action.LIST:
                _list(database)
            case Action.SHOW:
                _show(_letter(database, number))
            case Action.DROP:
                _drop(database, _letter(database, number))
            case Action.REPLAY:
                chosen = _all(database) if every else iter([_letter(database, number)])
                return _replay(database, chosen, level_rules(settings.levels))
    finally:
        database.close()
    return True


def _list(database: Database) -> None:
    with database.reading() as connection:
        count, first = dead_letters(connection), dead_letters_after(connection, 0, LISTED)
    table = Table(title=f"{count} dead letters" + (f", the first {LISTED}" if count > LISTED else ""), title_justify="left")
    for heading in ("Number", "Gate", "First came", "Times", "Topic", "Bytes", "Why"):
        table.add_column(heading, overflow="fold")
    for one in first:
        when = f"{moment(one.received_ms):%Y-%m-%d %H:%M:%S} UTC"
        table.add_row(str(one.number), one.gate, when, str(one.count), one.topic, str(len(one.body)), one.error)
    Console().print(table)


def _show(letter: DeadLetter) -> None:
    """As it came, but for what a terminal might take for an order."""
    for name in ("number", "gate", "topic", "event", "count", "error"):
        typer.echo(f"{name}: {getattr(letter, name)}")
    typer.echo(f"received: {moment(letter.received_ms).isoformat()}\n")
    text = letter.body.decode("utf-8", "backslashreplace")
    typer.echo("".join(one if one.isprintable() or one == "\n" else one.encode("unicode_escape").decode() for one in text))


def _drop(database: Database, letter: DeadLetter) -> None:
    with database.writing() as connection:
        cover_number(connection, letter.event)
        forget_dead_letter(connection, letter.number)
        detail = f"{letter.event or 'without a name'}, {len(letter.body)} bytes: {letter.error}"
        note(connection, _who(), "dead letter dropped", f"{letter.topic} {letter.number}", now_ms(), detail[:500])
    typer.echo(f"Dead letter {letter.number} is dropped; the audit says so.")


def _replay(database: Database, letters: Iterator[DeadLetter], levels: LevelRules) -> bool:
    stored, stay = 0, 0
    for letter in letters:
        why = replay(database, letter, now_ms(), levels)
        if why is None:
            stored += 1
        else:
            stay += 1
            typer.echo(f"{letter.number} stays: {why}", err=True)
    with database.writing() as connection:
        note(connection, _who(), "dead letters replayed", "", now_ms(), f"{stored} stored, {stay} stay")
    typer.echo(f"{stored} stored, {stay} stay.")
    return not stay


def _letter(database: Database, number: int | None) -> DeadLetter:
    with database.reading() as connection:
        found = None if number is None else dead_letter_of(connection, number)
    if found is None:
        raise NoSuchLetterError(f"there is no dead letter {number}", remedy="`dead-letters SETTINGS` lists them.")
    return found


def _all(database: Database) -> Iterator[DeadLetter]:
    """Every letter once, a few at a time: what stays is passed by."""
    number = 0
    while True:
        with database.reading() as connection:
            some = dead_letters_after(connection, number, _STEP)
        if not some:
            return
        yield from some
        number = some[-1].number


def _who() -> str:
    """Who sits at this machine; no account of the cloud's."""
    return f"{getpass.getuser()} (terminal)"
