"""`menshen-cloud series ...`: what is done to the series store by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

series = typer.Typer(no_args_is_help=True, help="The series store.")

SettingsFile = Annotated[Path, typer.Argument(help="The cloud's settings (TOML).", show_default=False)]


@series.command()
def setup(
    settings_file: SettingsFile,
    token_file: Annotated[
        Path | None, typer.Option(help="A token that may make buckets and tasks, where that of the settings may not.")
    ] = None,
    shorten: Annotated[
        bool, typer.Option("--shorten", help="Allow that a bucket's retention is made shorter, which gives data up.")
    ] = False,
) -> None:
    """Bring InfluxDB to what the settings say: buckets with their retention, downsampling tasks.

    It says what it changes; where nothing differs it changes nothing. The embedded store needs none of this.
    """
    from cloud.commands.series_setup import set_up_series

    set_up_series(settings_file, token_file, shorten=shorten)
