"""`menshen-cloud doctor`: lag, gaps, dead letters, certificates and clocks, in words."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Final

import typer
from rich.console import Console
from rich.text import Text

from cloud.app.now import now_ms
from cloud.ledger.doctor import CLOUD, Finding, Need, diagnose
from cloud.settings import load_cloud
from cloud.store.migrate import open_database
from cloud.store.views.condition import condition_of

_SIGNS: Final = {Need.NOTHING: ("fine", "green"), Need.PATIENCE: ("wait", "yellow"), Need.PERSON: ("needs you", "red")}


def examine(settings_file: Path, *, as_json: bool) -> bool:
    """Say what is found; whether nothing needs a person. Raises SettingsError, LedgerError."""
    database = open_database(load_cloud(settings_file).ledger.url)
    try:
        found = diagnose(condition_of(database, now_ms()))
    finally:
        database.close()
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], indent=2, ensure_ascii=False))
    else:
        _tell(found)
    return all(one.need is not Need.PERSON for one in found)


def _tell(found: list[Finding]) -> None:
    console = Console(soft_wrap=True)
    for one in found:
        word, colour = _SIGNS[one.need]
        who = "cloud" if one.gate == CLOUD else one.gate
        console.print(Text(f"{word:>9}", colour), Text(f"  {who}: {one.words}"))
        if one.remedy:
            console.print(Text(f"{'':>11}{one.remedy}", "dim"))
