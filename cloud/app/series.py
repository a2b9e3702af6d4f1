"""Opens the series store that the settings choose."""

from __future__ import annotations

from cloud.settings import InfluxSeriesSettings, SeriesSettings, SqliteSeriesSettings
from cloud.store.series import SeriesStore


def open_series(settings: SeriesSettings) -> SeriesStore:
    """The series store that was chosen. Raises SeriesAwayError, SettingsError."""
    match settings:
        case SqliteSeriesSettings():
            from cloud.store.series_sqlite import SqliteSeries

            return SqliteSeries(settings.path, settings.keep)
        case InfluxSeriesSettings():
            from cloud.store.series_influx import InfluxSeries

            return InfluxSeries(settings)
