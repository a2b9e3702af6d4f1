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


@app.command()
def mlx90640(
    eeprom: Annotated[Path, typer.Argument(metavar="EEPROM.csv", help="The 832 words from 0x2400 on.", show_default=False)],
    frames: Annotated[
        Path,
        typer.Argument(
            metavar="FRAMES.csv",
            help="A line a sub-page: 832 words from 0x0400 on, register 0x800D, sub-page number.",
            show_default=False,
        ),
    ],
    emissivity: Annotated[float, typer.Option(min=0.05, max=1.0, help="Of what is looked at.")] = 0.95,
    tr: Annotated[
        float | None,
        typer.Option(help="Reflected temperature in degC. Default: 8 degC below the die, as in open air.", show_default=False),
    ] = None,
    json: JsonFile = None,
) -> None:
    """Turn an MLX90640's words into temperatures, as the maker's library does.

    Broken and outlier pixels are named, with the library's return codes; their temperatures are computed, not replaced.
    """
    from edge.commands.evaluate.mlx90640 import report

    report(eeprom, frames, emissivity, tr, json)
