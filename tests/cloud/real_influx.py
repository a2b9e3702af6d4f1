"""Our InfluxDB store writing through the adapter into a real influxd 1.x, and InfluxQL reading it back. For tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from cloud.settings import InfluxSeriesSettings
from cloud.store.series_influx import InfluxSeries
from tests.cloud.influxd import TOKEN, Influxd
from tests.cloud.influxql import InfluxQl


class Real(NamedTuple):
    """One bucket of its own."""

    store: InfluxSeries
    reader: InfluxQl
    server: Influxd
    bucket: str


@contextmanager
def real_influx(server: Influxd, url: str, folder: Path) -> Iterator[Real]:
    bucket = folder.name
    server.make(bucket)
    (folder / "influxd-token").write_text(TOKEN)
    settings = InfluxSeriesSettings(kind="influxdb", url=url, org="o", bucket=bucket, token_file=folder / "influxd-token")
    store = InfluxSeries(settings)
    yield Real(store, InfluxQl(server, bucket), server, bucket)
    store.close()
