"""The embedded series store: SQLite with five-minute roll-ups kept in the same transaction as the points."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from cloud.store.errors import SeriesAwayError
from cloud.store.series import CATEGORY, FIVE_MINUTES_S, Bucket, Sample, Span
from contract.series import Measurement, Point

_CHUNK: Final = 500
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS point (
  measurement TEXT NOT NULL, gate TEXT NOT NULL, ns INTEGER NOT NULL, kind TEXT NOT NULL, sensor TEXT NOT NULL,
  fields TEXT NOT NULL,
  PRIMARY KEY (measurement, gate, ns, kind, sensor)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS five_minutes (
  measurement TEXT NOT NULL, field TEXT NOT NULL, gate TEXT NOT NULL, start_s INTEGER NOT NULL, kind TEXT NOT NULL,
  sensor TEXT NOT NULL, total REAL NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY (measurement, field, gate, start_s, kind, sensor)
) WITHOUT ROWID;
"""
_ADD: Final = """
INSERT INTO five_minutes (measurement, field, gate, start_s, kind, sensor, total, count) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET total = total + excluded.total, count = count + excluded.count
"""
_BUCKETS: Final = """
SELECT start_s, gate, kind, sum(total) / sum(count), sum(count) FROM five_minutes
WHERE measurement = ? AND field = ? {of_gate} AND start_s >= ? AND start_s < ? GROUP BY gate, start_s, kind
"""
_SAMPLES: Final = """
SELECT ns, json_extract(fields, ?) AS value FROM point
WHERE measurement = ? AND gate = ? AND ns >= ? AND ns < ? AND value IS NOT NULL
"""
Key = tuple[str, str, int, str, str]
BucketKey = tuple[str, str, str, int, str, str]


class SqliteSeries:
    """Use from any thread; one writes at a time. A point that is written again stays as it was."""

    def __init__(self, path: Path) -> None:
        """Open or make the file. Raises SeriesAwayError."""
        self._path = path
        self._turn = threading.Lock()
        with self._told():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            self._writer = self._connect()
            self._reader = self._connect()
            self._writer.executescript(_SCHEMA)
        self._reading = threading.Lock()

    def write(self, points: Sequence[Point]) -> None:
        with self._told(), self._turn, self._transaction():
            for start in range(0, len(points), _CHUNK):
                self._write_chunk(points[start : start + _CHUNK])

    def samples(self, measurement: Measurement, field: str, gate: str, span: Span) -> list[Sample]:
        values = (f'$."{_plain(field)}"', measurement.value, gate, span.start_s * 10**9, span.end_s * 10**9)
        with self._told(), self._reading:
            return [Sample(ns, float(value)) for ns, value in self._reader.execute(_SAMPLES, values)]

    def buckets(self, measurement: Measurement, field: str, span: Span, gate: str | None = None) -> list[Bucket]:
        question = _BUCKETS.format(of_gate="AND gate = ?" if gate is not None else "")
        of_gate = () if gate is None else (gate,)
        values = (measurement.value, field, *of_gate, span.start_s, span.end_s)
        with self._told(), self._reading:
            return [Bucket(*row) for row in self._reader.execute(question, values)]

    def probe(self) -> None:
        with self._told(), self._reading:
            self._reader.execute("SELECT 1 FROM point LIMIT 1").fetchall()

    def close(self) -> None:
        self._writer.close()
        self._reader.close()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=5.0, check_same_thread=False, isolation_level=None)
        # FULL: the ledger forgets its note for the projector as soon as `write` has returned.
        for setting in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "cache_size=-16384"):
            connection.execute(f"PRAGMA {setting}")
        return connection

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
        rows = ", ".join(["(?, ?, ?, ?, ?, ?)"] * len(points))
        values = [value for one in points for value in (*_key(one), json.dumps(one.fields, separators=(",", ":")))]
        new = self._writer.execute(
            f"INSERT INTO point (measurement, gate, ns, kind, sensor, fields) VALUES {rows} "  # noqa: S608  marks only
            "ON CONFLICT DO NOTHING RETURNING measurement, gate, ns, kind, sensor",
            values,
        )
        fresh: set[Key] = set(new.fetchall())
        self._writer.executemany(_ADD, _rolled_up(points, fresh))


def _key(point: Point) -> Key:
    return point.measurement.value, point.gate, point.ns, point.kind, point.sensor


def _plain(field: str) -> str:
    """A field's name as part of a JSON path: names are letters, digits and `_`."""
    return "".join(letter for letter in field if letter.isalnum() or letter == "_")


def _rolled_up(points: Sequence[Point], fresh: set[Key]) -> list[tuple[str | int | float, ...]]:
    """What the new points among these add to each five minutes."""
    sums: dict[BucketKey, tuple[float, int]] = {}
    for point in points:
        key = _key(point)
        if key not in fresh:
            continue
        fresh.discard(key)
        start_s = point.ns // 1_000_000_000 // FIVE_MINUTES_S * FIVE_MINUTES_S
        for field, value in _counted(point):
            bucket = (point.measurement.value, field, point.gate, start_s, point.kind, point.sensor)
            total, count = sums.get(bucket, (0.0, 0))
            sums[bucket] = total + value, count + 1
    return [(*bucket, total, count) for bucket, (total, count) in sums.items()]


def _counted(point: Point) -> Iterator[tuple[str, float]]:
    for field, value in point.fields.items():
        if not isinstance(value, str):
            yield field, float(value)
        elif field == CATEGORY:
            yield f"{field}={value}", 1.0
