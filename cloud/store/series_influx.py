"""InfluxDB 2 as series store: the only file that imports influxdb_client.

Written synchronously: the client's own batching loses what it holds when the process ends, and hides refusals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from influxdb_client.client.influxdb_client import InfluxDBClient
from influxdb_client.client.write_api import SYNCHRONOUS
from influxdb_client.rest import ApiException
from urllib3.exceptions import HTTPError

from cloud.settings import InfluxSeriesSettings
from cloud.store import flux
from cloud.store.errors import SeriesAwayError, SeriesRefusedError
from cloud.store.line_protocol import lines
from cloud.store.series import Bucket, Sample, Span
from contract.errors import SettingsError
from contract.series import Measurement, Point

_REFUSED: Final = frozenset({400, 413, 422})
_REMEDIES: Final = {
    401: "The token is refused: check series.token_file.",
    403: "The token may not do this: it needs to read and write the bucket.",
    404: "There is no such organisation or bucket: check series.org and series.bucket.",
}
_TIMEOUT_MS: Final = 10_000
NANOSECONDS: Final[Any] = "ns"  # the client declares its constant as a class and wants the text


class InfluxSeries:
    """One bucket of one server. Nothing is asked of the server before the first call."""

    def __init__(self, settings: InfluxSeriesSettings) -> None:
        """Raises SettingsError when the token cannot be read."""
        self._settings = settings
        self._client = InfluxDBClient(
            url=settings.url, token=_token(settings), org=settings.org, timeout=_TIMEOUT_MS, enable_gzip=True
        )
        self._writer = self._client.write_api(write_options=SYNCHRONOUS)
        self._reader = self._client.query_api()

    def write(self, points: Sequence[Point]) -> None:
        records = lines(points)
        if records:
            with self._told():
                self._writer.write(bucket=self._settings.bucket, record=records, write_precision=NANOSECONDS)

    def samples(self, measurement: Measurement, field: str, gate: str, span: Span) -> list[Sample]:
        question = flux.samples(self._settings.bucket, measurement, field, gate, span)
        with self._told():
            rows = [row.values for table in self._reader.query(question) for row in table.records]
        return [Sample(_ns(row["_time"].timestamp()), float(row["_value"])) for row in rows]

    def buckets(self, measurement: Measurement, field: str, span: Span, gate: str | None = None) -> list[Bucket]:
        question = flux.five_minutes(self._settings.bucket, measurement, field, gate, span)
        with self._told():
            rows = [row.values for table in self._reader.query(question) for row in table.records]
        return [
            Bucket(int(row["_time"].timestamp()), row["gate"], row["kind"], float(row["mean"]), int(row["count"])) for row in rows
        ]

    def probe(self) -> None:
        with self._told():
            self._reader.query(flux.anything(self._settings.bucket))

    def close(self) -> None:
        self._client.close()  # type: ignore[no-untyped-call]  # the client's own gap

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Every failure as one of two: it will not have these points, or it is away. Both say what to do."""
        where = f"series.url = {self._settings.url!r}"
        try:
            yield
        except ApiException as answered:
            status, said = answered.status, str(answered.body or answered.reason)[:300]
            if status in _REFUSED:
                raise SeriesRefusedError(f"InfluxDB refuses the points ({status}: {said})", where=where) from answered
            remedy = _REMEDIES.get(status, "Look at the server's log; the points wait in the ledger.")
            raise SeriesAwayError(f"InfluxDB answers {status} ({said})", where=where, remedy=remedy) from answered
        except (HTTPError, OSError) as away:
            raise SeriesAwayError(
                f"InfluxDB is not reachable ({away})",
                where=where,
                remedy='Start InfluxDB, correct the address, or choose the embedded store with series.kind = "sqlite".',
            ) from away


def _token(settings: InfluxSeriesSettings) -> str:
    try:
        return settings.token_file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as unreadable:
        raise SettingsError(
            f"the token cannot be read ({unreadable})",
            where=f"series.token_file = {str(settings.token_file)!r}",
            remedy="Name a file this user can read, with the token in its first line.",
        ) from unreadable


def _ns(time_s: float) -> int:
    """The client gives times in whole microseconds."""
    return round(time_s * 1_000_000) * 1000
