"""Errors as a person reads them: what, where, what to do; exit code 2."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.text import Text

from contract.errors import MenshenError


@contextmanager
def told() -> Iterator[None]:
    """Turn a MenshenError into its sentences."""
    try:
        yield
    except MenshenError as error:
        tell(error)
        raise typer.Exit(2) from error


def tell(error: MenshenError) -> None:
    """Print it to standard error."""
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    console.print(Text.assemble(("Error: ", "bold red"), error.what))
    if error.where:
        console.print(Text.assemble(("Where: ", "bold"), error.where))
    if error.remedy:
        console.print(Text.assemble(("Do:    ", "bold"), error.remedy))
