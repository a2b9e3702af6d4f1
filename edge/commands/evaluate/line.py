"""The sub-commands' names and options. What they do stands in a file of each, imported when it is called."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Judge a part of the gate on data with known answers; `--json FILE` writes the result for machines.",
)

JsonFile = Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write the result here too.", show_default=False)]


@app.callback()
def evaluate() -> None:
    """Keep the sub-command's name also while there is only one."""
