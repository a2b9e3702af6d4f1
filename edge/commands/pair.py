"""`menshen-edge pair`."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

import typer
from rich.console import Console

from edge.app.pairing import Paired, pair
from edge.clock import SystemClock


def pair_gate(file: Path, url: str | None, token: str | None) -> None:
    """Pair, and say what was done and what to do next."""
    paired = pair(file, url, token if token is not None else _asked(), SystemClock(), getpass.getuser())
    console = Console(highlight=False, markup=False, soft_wrap=True)
    for line in _lines(file, paired):
        console.print(line)


def _asked() -> str:
    """Not on the command line, where everybody on this machine could read it."""
    if sys.stdin.isatty():
        return str(typer.prompt("Token", hide_input=True))
    return sys.stdin.readline()


def _lines(file: Path, paired: Paired) -> list[str]:
    own, authority = paired.files
    return [
        f"{paired.gate} is paired, for the site {paired.site}.",
        f"Its certificate is good until {paired.ends:%Y-%m-%d}; a running gate renews it by itself.",
        f"The authority's SHA-256 fingerprint: {paired.authority_sha256}",
        f"Made: {own} (key and certificate), {authority}.",
        f"Changed in {file}: {', '.join(one.key for one in paired.changed)}.",
        f"The broker {paired.broker} lets it in."
        if paired.away is None
        else f"The broker {paired.broker} could not be asked yet: {paired.away}. The gate goes on trying.",
        "A running gate takes it at its next start: `sudo systemctl restart menshen-gate`.",
    ]
