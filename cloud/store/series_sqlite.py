"""The embedded series store: SQLite with five-minute sums kept in the same transaction as the points.

Sums of hours are made of those of five minutes, when asked and, for good, when those are given up (`series_sweep`).
"""

from __future__ import annotations

import json
import math
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from cloud.settings import SeriesKeepSettings
from cloud.store import series_sensed
from cloud.store.errors import SeriesAwayError
from cloud.store.series import CATEGORY, FIVE_MINUTES_S, Bucket, Mean, Sample, Sensed, Span, Step
from cloud.store.series_sweep import Horizons, sweep
from contract.series import FieldValue, Measurement, Point

_CHUNK: Final = 500
_KEEP: Final = SeriesKeepSettings()
_SUMS: Final = """
CREATE TABLE IF NOT EXISTS {name} (
  measurement TEXT NOT NULL, field TEXT NOT NULL, gate TEXT NOT NULL, start_s INTEGER NOT NULL, kind TEXT NOT NULL,
  sensor TEXT NOT NULL, total REAL NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY (measurement, field, gate, start_s, kind, sensor)
) WITHOUT ROWID;
"""
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS point (
  measurement TEXT NOT NULL, gate TEXT NOT NULL, ns INTEGER NOT NULL, kind TEXT NOT NULL, sensor TEXT NOT NULL,
  fields TEXT NOT NULL,
  PRIMARY KEY (measurement, gate, ns, kind, sensor)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS swept (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), ns INTEGER NOT NULL);
"""
_ADD: Final = """
INSERT INTO five_minutes (measurement, field, gate, start_s, kind, sensor, total, count) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET total = total + excluded.total, count = count + excluded.count
"""
_OF: Final = "measurement = ? AND field = ? {of_gate} AND start_s >= ? AND start_s < ?"
_FIVE_MINUTES: Final = f"""
SELECT start_s, gate, kind, sum(total) / sum(count), sum(count) FROM five_minutes WHERE {_OF} GROUP BY gate, start_s, kind
"""  # noqa: S608  marks only
_HOURS: Final = f"""
SELECT hour, gate, kind, sum(total) / sum(count), sum(count) FROM (
  SELECT start_s / 3600 * 3600 AS hour, gate, kind, total, count FROM five_minutes WHERE {_OF}
  UNION ALL SELECT start_s, gate, kind, total, count FROM one_hour WHERE {_OF}
) GROUP BY gate, hour, kind
"""  # noqa: S608  marks only
_SAMPLES: Final = """
SELECT ns, CAST(json_extract(fields, ?) AS REAL) AS value FROM point
WHERE measurement = ? AND gate = ? AND ns >= ? AND ns < ? AND value IS NOT NULL
"""
_TO_JSON: Final = json.JSONEncoder(separators=(",", ":")).encode
Key = tuple[str, str, int, str, str]
BucketKey = tuple[str, str, str, int, str, str]


class SqliteSeries:
    """Use from any thread; one writes at a time. A point that is written again stays as it was."""

    def __init__(self, path: Path, keep: SeriesKeepSettings = _KEEP) -> None:
        """Open or make the file. Raises SeriesAwayError."""
        self._path, self._keep = path, keep
        self._turn = threading.Lock()
        with self._told():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            self._writer = self._connect()
            self._reader = self._connect()
            self._writer.executescript(_SCHEMA + "".join(_SUMS.format(name=name) for name in ("five_minutes", "one_hour")))
        self._reading = threading.Lock()

    def write(self, points: Sequence[Point]) -> None:
        """A point older than what was given up already is dropped: it was counted in its time."""
        with self._told(), self._turn, self._transaction():
            swept_ns = self._swept_ns()
            kept = [one for one in points if one.ns >= swept_ns]
            for start in range(0, len(kept), _CHUNK):
                self._write_chunk(kept[start : start + _CHUNK])

    def samples(self, measurement: Measurement, field: str, gate: str, span: Span) -> list[Sample]:
        values = (f'$."{_plain(field)}"', measurement.value, gate, span.start_s * 10**9, span.end_s * 10**9)
        with self._told(), self._reading:
            return list(map(Sample._make, self._reader.execute(_SAMPLES, values)))

    def buckets(
        self, measurement: Measurement, field: str, span: Span, gate: str | None = None, step: Step = Step.FIVE_MINUTES
    ) -> list[Bucket]:
        whole = span.whole(step)
        of_gate = () if gate is None else (gate,)
        values = (measurement.value, field, *of_gate, whole.start_s, whole.end_s)
        tables, question = (1, _FIVE_MINUTES) if step is Step.FIVE_MINUTES else (2, _HOURS)
        with self._told(), self._reading:
            rows = self._reader.execute(question.format(of_gate="AND gate = ?" if gate is not None else ""), values * tables)
            return list(map(Bucket._make, rows))

    def sensed(self, one: Sensed, span: Span, *, each: bool) -> list[Mean]:
        ask = series_sensed.each if each else series_sensed.summed
        with self._told(), self._reading:
            return ask(self._reader, one, span)

    def summarise(self, span: Span) -> None:
        """Nothing: the sums are written with the points."""

    def upkeep(self, now_s: int) -> None:
        """Give up what is older than it is kept."""
        with self._told():
            sweep(self._writer, self._swept, Horizons.at(now_s, self._keep))

    def probe(self) -> None:
        with self._told(), self._reading:
            self._reader.execute("SELECT 1 FROM point LIMIT 1").fetchall()

    def close(self) -> None:
        self._writer.close()
        self._reader.close()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=5.0, check_same_thread=False, isolation_level=None)
        # FULL: the ledger forgets its note for the projector as soon as `write` has returned.
        for setting in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "cache_size=-16384", "secure_delete=ON"):
            connection.execute(f"PRAGMA {setting}")
        return connection

    def _swept_ns(self) -> int:
        found: tuple[int] | None = self._writer.execute("SELECT ns FROM swept").fetchone()
        return found[0] if found else 0

    @contextmanager
    def _swept(self) -> Iterator[None]:
        """One piece of giving up: others may write between two of them."""
        with self._turn, self._transaction():
            yield

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._writer.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._writer.execute("ROLLBACK")
            raise
        self._writer.execute("COMMIT")

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as broken:
            raise SeriesAwayError(
                f"the series cannot be opened or written ({broken})",
                where=f"series.path = {str(self._path)!r}",
                remedy="Check that the folder exists, is writable and has room.",
            ) from broken

    def _write_chunk(self, points: Sequence[Point]) -> None:
        kept = [(_key(point), fields) for point in points if (fields := _usable(point))]
        if not kept:
            return
        rows = ", ".join(["(?, ?, ?, ?, ?, ?)"] * len(kept))
        values = [value for key, fields in kept for value in (*key, _TO_JSON(fields))]
        new = self._writer.execute(
            f"INSERT INTO point (measurement, gate, ns, kind, sensor, fields) VALUES {rows} "  # noqa: S608  marks only
            "ON CONFLICT DO NOTHING RETURNING measurement, gate, ns, kind, sensor",
            values,
        )
        fresh: set[Key] = set(new.fetchall())
        self._writer.executemany(_ADD, _rolled_up(kept, fresh))


def _usable(point: Point) -> dict[str, FieldValue]:
    """Its fields without those that are no number at all, as InfluxDB takes them."""
    return {name: value for name, value in point.fields.items() if not isinstance(value, float) or math.isfinite(value)}


def _key(point: Point) -> Key:
    return point.measurement.value, point.gate, point.ns, point.kind, point.sensor


def _plain(field: str) -> str:
    """A field's name as part of a JSON path: names are letters, digits and `_`."""
    return "".join(letter for letter in field if letter.isalnum() or letter == "_")


def _rolled_up(points: Sequence[tuple[Key, dict[str, FieldValue]]], fresh: set[Key]) -> list[tuple[str | int | float, ...]]:
    """What the new points among these add to each five minutes."""
    sums: dict[BucketKey, tuple[float, int]] = {}
    for key, fields in points:
        if key not in fresh:
            continue
        fresh.discard(key)
        measurement, gate, ns, kind, sensor = key
        start_s = ns // 1_000_000_000 // FIVE_MINUTES_S * FIVE_MINUTES_S
        for field, value in _counted(fields):
            bucket = (measurement, field, gate, start_s, kind, sensor)
            total, count = sums.get(bucket, (0.0, 0))
            sums[bucket] = total + value, count + 1
    return [(*bucket, total, count) for bucket, (total, count) in sums.items()]


def _counted(fields: dict[str, FieldValue]) -> Iterator[tuple[str, float]]:
    for field, value in fields.items():
        if not isinstance(value, str):
            yield field, float(value)
        elif field == CATEGORY:
            yield f"{field}={value}", 1.0
