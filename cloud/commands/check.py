"""`menshen-cloud check`: every part once, one table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from cloud.bus import Line
from cloud.commands.check_telling import ledger_of, mail_answers, somebody_is_told, tests_arrive, webhooks_answer
from cloud.commands.preflight import administrator_exists, broker_answers, broker_away, listen, series_answers
from cloud.dispatch.signer import Signer
from cloud.enrolment.authority import Authority
from cloud.settings import CloudSettings, load_cloud
from cloud.store.errors import LedgerError
from cloud.store.migrate import open_database
from contract.errors import MenshenError


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the table. `works` is None for something that is away and waited for."""

    part: str
    works: bool | None
    said: str
    remedy: str


def check_all(settings_file: Path, *, send_test: bool = False) -> bool:
    """Print the table; whether everything is as it has to be. Raises SettingsError when the settings cannot be read."""
    settings = load_cloud(settings_file)
    findings = [
        _find("port", lambda: _port(settings)),
        _find("ledger", lambda: _ledger(settings)),
        _find("series", lambda: _series(settings)),
        _broker(settings),
        _command_key(settings),
        _pairing(settings),
        _screens(settings),
        *_telling(settings, send_test=send_test),
    ]
    Console(soft_wrap=False).print(_table(settings_file, findings))
    return all(finding.works is not False for finding in findings)


def _find(part: str, attempt: Callable[[], str]) -> Finding:
    try:
        return Finding(part, works=True, said=attempt(), remedy="")
    except MenshenError as wrong:
        where = f"{wrong.where}: " if wrong.where else ""
        return Finding(part, works=False, said=f"{where}{wrong.what}", remedy=wrong.remedy or "")


def _port(settings: CloudSettings) -> str:
    listen(settings.web).close()
    return f"{settings.web.host}:{settings.web.port} is free"


def _ledger(settings: CloudSettings) -> str:
    database = open_database(settings.ledger.url)
    try:
        administrator_exists(settings, database)
    finally:
        database.close()
    return f"open; account {settings.access.admin!r} has a password"


def _series(settings: CloudSettings) -> str:
    series_answers(settings.series)
    return f"{settings.series.kind} answers"


def _broker(settings: CloudSettings) -> Finding:
    address = f"{settings.broker.host}:{settings.broker.port}"
    found = _find("broker", lambda: broker_answers(settings.broker))
    if found.works and found.said == Line.AWAY:
        away = broker_away(settings.broker)
        return Finding("broker", works=None, said=f"{address}: {away.what}", remedy=away.remedy or "")
    return (
        Finding("broker", works=True, said=f"{address} accepts user {settings.broker.user!r}", remedy="")
        if found.works
        else found
    )


def _command_key(settings: CloudSettings) -> Finding:
    path = settings.command.key_file
    if path is None:
        remedy = "Run `menshen-cloud command-key`. Everything else works without."
        return Finding("commands", works=None, said="no key: no gate can be told anything", remedy=remedy)
    return _find("commands", lambda: f"signed; the gates have to know {Signer.load(path).public}")


def _pairing(settings: CloudSettings) -> Finding:
    folder = settings.enrol.folder
    if folder is None:
        remedy = "Name enrol.folder to pair gates by token. Certificates made by hand work without."
        return Finding("pairing", works=None, said="this cloud gives gates no certificates", remedy=remedy)
    return _find("pairing", lambda: f"the authority's fingerprint is {Authority.load(folder).sha256}")


def _screens(settings: CloudSettings) -> Finding:
    if (settings.web.static / "index.html").is_file():
        return Finding("screens", works=True, said=str(settings.web.static), remedy="")
    remedy = "Run `npm ci && npm run build` in cloud/web. The API works without."
    return Finding("screens", works=None, said=f"{settings.web.static} holds no built screens", remedy=remedy)


def _telling(settings: CloudSettings, *, send_test: bool) -> Iterator[Finding]:
    """Whether people can be told; a ledger that does not open has a line of its own."""
    mail = settings.escalation.mail
    try:
        with ledger_of(settings) as database:
            yield _find("contacts", lambda: somebody_is_told(database))
            if mail is not None:
                yield _find("mail", lambda: mail_answers(mail))
            yield _find("webhooks", lambda: webhooks_answer(settings, database))
            if send_test:
                yield _find("tests", lambda: tests_arrive(settings, database))
    except LedgerError:
        return


def _table(settings_file: Path, findings: list[Finding]) -> Table:
    table = Table(title=f"menshen-cloud check {settings_file}", title_justify="left", show_lines=True)
    for heading in ("Part", "Works", "What was found", "What to do"):
        table.add_column(heading, overflow="fold")
    for one in findings:
        works = "[green]yes[/]" if one.works else "[red]no[/]" if one.works is False else "[yellow]waits[/]"
        table.add_row(one.part, works, one.said, one.remedy)
    return table
