"""From rows of sums to buckets: what the tasks have summed up and what was summed up when asked, put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cloud.store.flux import TOTAL
from cloud.store.series import Bucket, Mean

Sums = dict[tuple[str, int, str], tuple[float, float]]
"""Total and count by gate, start of the step in seconds, kind."""


def add_points(sums: Sums, rows: Iterable[Mapping[str, Any]]) -> None:
    """Rows with columns _time, gate, kind, total, count."""
    for row in rows:
        _add(sums, row, row["total"], row["count"])


def add_sums(sums: Sums, rows: Iterable[Mapping[str, Any]]) -> None:
    """Rows with columns _time, gate, kind, _field, _value: total and count stand in rows of their own, one pair a sensor."""
    for row in rows:
        is_total = str(row["_field"]).endswith(TOTAL)
        _add(sums, row, row["_value"] if is_total else 0.0, 0.0 if is_total else row["_value"])


def buckets_of(sums: Sums) -> list[Bucket]:
    """By gate, time and kind."""
    return [
        Bucket(start_s, gate, kind, total / count, round(count))
        for (gate, start_s, kind), (total, count) in sorted(sums.items())
        if count
    ]


def means_of(sums: Sums) -> list[Mean]:
    """Of one sensor, by time."""
    return [Mean(start_s, total / count, round(count)) for (_, start_s, _), (total, count) in sorted(sums.items()) if count]


def _add(sums: Sums, row: Mapping[str, Any], total: float, count: float) -> None:
    key = (row["gate"], int(row["_time"].timestamp()), row["kind"])
    totals, counts = sums.get(key, (0.0, 0.0))
    sums[key] = totals + total, counts + count
