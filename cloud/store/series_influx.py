"""InfluxDB 2 as series store: the only file that imports influxdb_client.

Written synchronously: the client's own batching loses what it holds when the process ends, and hides refusals.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from influxdb_client.client.influxdb_client import InfluxDBClient
from influxdb_client.client.write_api import SYNCHRONOUS
from influxdb_client.domain.bucket_retention_rules import BucketRetentionRules
from influxdb_client.domain.task_create_request import TaskCreateRequest
from influxdb_client.domain.task_update_request import TaskUpdateRequest
from influxdb_client.rest import ApiException
from urllib3.exceptions import HTTPError

from cloud.settings import InfluxSeriesSettings
from cloud.store import flux, series_setup, series_tasks
from cloud.store.errors import SeriesAwayError, SeriesRefusedError
from cloud.store.line_protocol import lines
from cloud.store.series import Bucket, Mean, Sample, Sensed, Span, Step
from cloud.store.series_summed import Sums, add_points, add_sums, buckets_of, means_of
from contract.errors import SettingsError
from contract.series import Measurement, Point

_REFUSED: Final = frozenset({400, 413, 422})
_REMEDIES: Final = {
    401: "The token is refused: check series.token_file.",
    403: "The token may not do this: it needs to read and write the bucket.",
    404: "There is no such organisation or bucket: check series.org and series.bucket.",
}
_TIMEOUT_MS: Final = 10_000
_SUMMED_MS: Final = 120_000
"""Summing up a day of a large fleet takes longer than any other question."""
_LAG_S: Final = {Step.FIVE_MINUTES: 900, Step.HOUR: 7_200}
"""What is younger than this is asked of the points: the task may not have run yet."""
_LATE_S: Final = 3_000
"""What is written later than this after its time, the regular task of every five minutes does not see (it looks back an hour)."""
NANOSECONDS: Final[Any] = "ns"  # the client declares its constant as a class and wants the text
_RULE: Final[Any] = BucketRetentionRules  # the client's request bodies are not annotated
_NEW_TASK: Final[Any] = TaskCreateRequest
_NEW_TEXT: Final[Any] = TaskUpdateRequest


class InfluxSeries:
    """One bucket of one server. Nothing is asked of the server before the first call."""

    def __init__(self, settings: InfluxSeriesSettings, now_s: Callable[[], float] = time.time) -> None:
        """Raises SettingsError when the token cannot be read."""
        self._settings, self._now_s = settings, now_s
        self._client = _client(settings, _TIMEOUT_MS)
        self._writer = self._client.write_api(write_options=SYNCHRONOUS)
        self._reader = self._client.query_api()
        self._late_since_s: int | None = None
        self._ready: set[Step] = set()

    def write(self, points: Sequence[Point]) -> None:
        records = lines(points)
        if records:
            with _told(self._settings):
                self._writer.write(bucket=self._settings.bucket, record=records, write_precision=NANOSECONDS)
            self._note_late(min(one.ns for one in points) // 10**9)

    def samples(self, measurement: Measurement, field: str, gate: str, span: Span) -> list[Sample]:
        rows = self._ask(flux.samples(self._settings.bucket, measurement, field, gate, span))
        return [Sample(int(row["ns"]), float(row["_value"])) for row in rows]

    def buckets(
        self, measurement: Measurement, field: str, span: Span, gate: str | None = None, step: Step = Step.FIVE_MINUTES
    ) -> list[Bucket]:
        return buckets_of(self._sums(measurement, field, span.whole(step), gate, step))

    def sensed(self, one: Sensed, span: Span, *, each: bool) -> list[Mean]:
        asked = (Measurement.SENSOR, "value")
        if each:
            rows = self._ask(flux.samples(self._settings.bucket, *asked, one.gate, span, one))
            return [Mean(int(row["ns"]) / 1e9, float(row["_value"]), 1) for row in rows]
        return means_of(self._sums(*asked, span.whole(Step.FIVE_MINUTES), one.gate, Step.FIVE_MINUTES, one))

    def _sums(
        self, measurement: Measurement, field: str, whole: Span, gate: str | None, step: Step, sensed: Sensed | None = None
    ) -> Sums:
        """What the tasks have summed up, and from where they may not have come to yet the points."""
        bucket = self._settings.bucket
        cut_s = min(max(self._summed_until_s(step), whole.start_s), whole.end_s)
        sums: Sums = {}
        if whole.start_s < cut_s:
            old = Span(whole.start_s, cut_s)
            add_sums(
                sums, self._ask(flux.summed_steps(series_tasks.bucket_of(bucket, step), measurement, field, gate, old, sensed))
            )
        if cut_s < whole.end_s:
            add_points(sums, self._ask(flux.steps(bucket, measurement, field, gate, Span(cut_s, whole.end_s), step, sensed)))
        return sums

    def summarise(self, span: Span) -> None:
        if self._summed():
            server = InfluxAdministration(self._settings)
            try:
                for day in series_tasks.days(span):
                    server.sum_up(day)
            finally:
                server.close()

    def upkeep(self, now_s: int) -> None:
        """Sum up what came late. The server itself gives up what is old."""
        if self._late_since_s is not None:
            self.summarise(Span(self._late_since_s, now_s))
            self._late_since_s = None

    def probe(self) -> None:
        self._ask(flux.anything(self._settings.bucket))

    def close(self) -> None:
        self._client.close()  # type: ignore[no-untyped-call]  # the client's own gap

    def _ask(self, question: str) -> list[dict[str, Any]]:
        with _told(self._settings, asking=True):
            return [row.values for table in self._reader.query(question) for row in table.records]

    def _note_late(self, oldest_s: int) -> None:
        if oldest_s < self._now_s() - _LATE_S:
            self._late_since_s = min(oldest_s, self._late_since_s or oldest_s)

    def _summed_until_s(self, step: Step) -> int:
        return int(self._now_s() - _LAG_S[step]) // step * step if self._summed(step) else 0

    def _summed(self, step: Step = Step.FIVE_MINUTES) -> bool:
        """Whether `series setup` has made the sums of a step. Asked until it has."""
        if step not in self._ready:
            found = InfluxAdministration(self._settings, self._client).bucket(series_tasks.bucket_of(self._settings.bucket, step))
            if found is not None and found.description == series_setup.READY:
                self._ready.add(step)
        return step in self._ready


class InfluxAdministration:
    """What `series setup` asks of the server; see series_setup.Administration."""

    def __init__(self, settings: InfluxSeriesSettings, client: InfluxDBClient | None = None) -> None:
        """Raises SettingsError when the token cannot be read."""
        self._settings = settings
        self._client = client or _client(settings, _SUMMED_MS)
        self._buckets: Any = self._client.buckets_api()
        self._tasks: Any = self._client.tasks_api()

    def bucket(self, name: str) -> series_setup.Bucket | None:
        found = self._bucket(name)
        if found is None:
            return None
        keep_s = next((rule.every_seconds for rule in found.retention_rules), 0)
        return series_setup.Bucket(found.name, keep_s, found.description or "")

    def make_bucket(self, bucket: series_setup.Bucket) -> None:
        with _told(self._settings, asking=True):
            self._buckets.create_bucket(
                bucket_name=bucket.name, retention_rules=_rule(bucket), description=bucket.description, org=self._settings.org
            )

    def change_bucket(self, bucket: series_setup.Bucket) -> None:
        found = self._bucket(bucket.name)
        if found is not None:
            found.retention_rules, found.description = [_rule(bucket)], bucket.description
            with _told(self._settings, asking=True):
                self._buckets.update_bucket(found)

    def task(self, name: str) -> series_tasks.Task | None:
        found = self._task(name)
        return None if found is None else series_tasks.Task(found.name, found.flux)

    def make_task(self, task: series_tasks.Task) -> None:
        with _told(self._settings, asking=True):
            self._tasks.create_task(task_create_request=_NEW_TASK(org=self._settings.org, flux=task.flux, status="active"))

    def change_task(self, task: series_tasks.Task) -> None:
        found = self._task(task.name)
        if found is not None:
            with _told(self._settings, asking=True):
                self._tasks.update_task_request(found.id, _NEW_TEXT(flux=task.flux, status="active"))

    def sum_up(self, span: Span) -> None:
        for step in Step:
            with _told(self._settings, asking=True):
                self._client.query_api().query_raw(series_tasks.summary(self._settings.bucket, step, span))

    def close(self) -> None:
        self._client.close()  # type: ignore[no-untyped-call]  # the client's own gap

    def _bucket(self, name: str) -> Any:
        with _told(self._settings, asking=True), _nothing_on(404):
            found = self._buckets.find_buckets(name=name, org=self._settings.org).buckets
            return next((one for one in found or () if one.name == name), None)
        return None

    def _task(self, name: str) -> Any:
        with _told(self._settings, asking=True):
            found = self._tasks.find_tasks(name=name, org=self._settings.org)
            return next((one for one in found or () if one.name == name), None)


@contextmanager
def _told(settings: InfluxSeriesSettings, *, asking: bool = False) -> Iterator[None]:
    """Every failure as one of two: it will not have these points, or it is away. Both say what to do."""
    where = f"series.url = {settings.url!r}"
    try:
        yield
    except ApiException as answered:
        status, said = answered.status, str(answered.body or answered.reason)[:300]
        if status in _REFUSED and not asking:
            raise SeriesRefusedError(f"InfluxDB refuses the points ({status}: {said})", where=where) from answered
        remedy = _REMEDIES.get(status, "Look at the server's log; the points wait in the ledger.")
        raise SeriesAwayError(f"InfluxDB answers {status} ({said})", where=where, remedy=remedy) from answered
    except (HTTPError, OSError) as away:
        raise SeriesAwayError(
            f"InfluxDB is not reachable ({away})",
            where=where,
            remedy='Start InfluxDB, correct the address, or choose the embedded store with series.kind = "sqlite".',
        ) from away


@contextmanager
def _nothing_on(status: int) -> Iterator[None]:
    """A search that finds nothing: some versions answer with an empty list, some with 404."""
    try:
        yield
    except ApiException as answered:
        if answered.status != status:
            raise


def _rule(bucket: series_setup.Bucket) -> Any:
    return _RULE(type="expire", every_seconds=bucket.keep_s)


def _client(settings: InfluxSeriesSettings, timeout_ms: int) -> InfluxDBClient:
    return InfluxDBClient(url=settings.url, token=_token(settings), org=settings.org, timeout=timeout_ms, enable_gzip=True)


def _token(settings: InfluxSeriesSettings) -> str:
    try:
        return settings.token_file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as unreadable:
        raise SettingsError(
            f"the token cannot be read ({unreadable})",
            where=f"series.token_file = {str(settings.token_file)!r}",
            remedy="Name a file this user can read, with the token in its first line.",
        ) from unreadable
