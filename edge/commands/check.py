"""`menshen-edge check`: one table."""

from __future__ import annotations

import sys
from typing import Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from contract.console import REFUSED
from edge.app.probes import Finding, Outcome, probe_all
from edge.config import GateConfig

MARKS: Final = {Outcome.WORKS: "[green]works[/]", Outcome.DOES_NOT: "[bold red]does not[/]", Outcome.NOT_USED: "[dim]not used[/]"}


def findings(config: GateConfig, console: Console) -> list[Finding]:
    """Run every probe, naming the one at work."""
    found = []
    for name, probe in probe_all(config):
        with console.status(f"trying {name} ..."):
            found.append(probe())
    return found


def check_gate(config: GateConfig) -> None:
    """Print the table; exit code 2 when anything does not work."""
    console = Console()
    found = findings(config, Console(stderr=True))
    table = Table(title=f"gate {config.gate}", title_justify="left")
    for heading in ("part", "state", "found", "what to do"):
        table.add_column(heading, overflow="fold")
    for one in found:
        where = f"{one.refusal.where}: " if one.refusal and one.refusal.where else ""
        remedy = (one.refusal.remedy or "") if one.refusal else ""
        table.add_row(one.part, MARKS[one.outcome], escape(f"{where}{one.detail}"), escape(remedy))
    console.print(table)
    if any(one.outcome is Outcome.DOES_NOT for one in found):
        sys.exit(REFUSED)
