"""Brings an InfluxDB 2 server to what the series need: three buckets with their retention, and the downsampling tasks.

Doing it again changes nothing. What it does is told line by line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from cloud.settings import SeriesKeepSettings
from cloud.store.series import DAY_S, Span, Step
from cloud.store.series_tasks import Task, bucket_of, days, tasks

READY: Final = "Menshen"
FILLING: Final = "Menshen: being filled"
"""Descriptions of the buckets of sums. Questions are asked of one only when it is ready."""
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket as the server has it. `keep_s` 0 is for ever."""

    name: str
    keep_s: int
    description: str


class Administration(Protocol):
    """What has to be asked of the server. Every verb raises SeriesAwayError."""

    def bucket(self, name: str) -> Bucket | None: ...

    def make_bucket(self, bucket: Bucket) -> None: ...

    def change_bucket(self, bucket: Bucket) -> None: ...

    def task(self, name: str) -> Task | None: ...

    def make_task(self, task: Task) -> None: ...

    def change_task(self, task: Task) -> None: ...

    def sum_up(self, span: Span) -> None:
        """Write the sums of five minutes, then of hours, of a span."""


def set_up(server: Administration, bucket: str, keep: SeriesKeepSettings, now_s: int, tell: Tell, *, shorten: bool) -> int:
    """Change what differs. Returns how many things were changed; `shorten` allows that a bucket gives data up earlier."""
    changes = _raw_bucket(server, Bucket(bucket, keep.raw_days * DAY_S, READY), tell, shorten=shorten)
    kept_days = {Step.FIVE_MINUTES: keep.five_minutes_days, Step.HOUR: keep.one_hour_days}
    sums = [Bucket(bucket_of(bucket, step), kept_days[step] * DAY_S, READY) for step in Step]
    changes += _summed_buckets(server, sums, Span(now_s - keep.raw_days * DAY_S, now_s), tell, shorten=shorten)
    return changes + sum(_task(server, one, tell) for one in tasks(bucket))


def _raw_bucket(server: Administration, wanted: Bucket, tell: Tell, *, shorten: bool) -> int:
    found = server.bucket(wanted.name)
    if found is None:
        server.make_bucket(wanted)
        tell(f"made bucket {wanted.name!r}, kept for {_days(wanted.keep_s)}")
        return 1
    return _retention(server, found, wanted, tell, shorten=shorten)


def _summed_buckets(server: Administration, wanted: list[Bucket], span: Span, tell: Tell, *, shorten: bool) -> int:
    changes = 0
    for one in wanted:
        if (found := server.bucket(one.name)) is None:
            server.make_bucket(Bucket(one.name, one.keep_s, FILLING))
            tell(f"made bucket {one.name!r}, kept for {_days(one.keep_s)}")
            changes += 1
        else:
            changes += _retention(server, found, one, tell, shorten=shorten)
    current = [found for one in wanted if (found := server.bucket(one.name)) is not None]
    if all(one.description == READY for one in current):
        return changes
    for day in days(span):
        server.sum_up(day)
    for one in current:
        server.change_bucket(Bucket(one.name, one.keep_s, READY))
    tell(f"summed up what the points of the last {_days(span.end_s - span.start_s)} hold")
    return changes + 1


def _retention(server: Administration, found: Bucket, wanted: Bucket, tell: Tell, *, shorten: bool) -> int:
    if found.keep_s == wanted.keep_s:
        return 0
    shorter = found.keep_s == 0 or wanted.keep_s < found.keep_s
    words = f"bucket {found.name!r} is kept for {_days(found.keep_s)}, the settings say {_days(wanted.keep_s)}"
    if shorter and not shorten:
        tell(f"{words}: left as it is, because data would be given up; --shorten does it")
        return 0
    server.change_bucket(Bucket(found.name, wanted.keep_s, found.description))
    tell(f"{words}: changed")
    return 1


def _task(server: Administration, wanted: Task, tell: Tell) -> int:
    found = server.task(wanted.name)
    if found is None:
        server.make_task(wanted)
        tell(f"made task {wanted.name!r}")
    elif found.flux.strip() != wanted.flux.strip():
        server.change_task(wanted)
        tell(f"changed task {wanted.name!r}")
    return int(found is None or found.flux.strip() != wanted.flux.strip())


def _days(seconds: int) -> str:
    return f"{seconds / DAY_S:g} days" if seconds else "ever"
