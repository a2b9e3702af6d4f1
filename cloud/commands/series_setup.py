"""`menshen-cloud series setup`."""

from __future__ import annotations

from pathlib import Path

import typer

from cloud.app.now import now_ms
from cloud.settings import InfluxSeriesSettings, SqliteSeriesSettings, load_cloud
from cloud.store.series_setup import set_up


def set_up_series(settings_file: Path, token_file: Path | None, *, shorten: bool) -> None:
    """Raises SettingsError, SeriesAwayError."""
    settings = load_cloud(settings_file).series
    match settings:
        case SqliteSeriesSettings():
            typer.echo("Nothing to set up: the embedded store sums up what it writes and gives up by itself what is old.")
        case InfluxSeriesSettings():
            _set_up_influx(settings if token_file is None else settings.model_copy(update={"token_file": token_file}), shorten)


def _set_up_influx(settings: InfluxSeriesSettings, shorten: bool) -> None:
    from cloud.store.series_influx import InfluxAdministration

    server = InfluxAdministration(settings)
    try:
        changes = set_up(server, settings.bucket, settings.keep, now_ms() // 1000, typer.echo, shorten=shorten)
    finally:
        server.close()
    typer.echo(f"{changes} changes." if changes else "Nothing changed.")
