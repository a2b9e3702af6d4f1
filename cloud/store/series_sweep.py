"""What the embedded series store gives up: points, then sums of five minutes (folded into hours), then sums of hours.

In small transactions, table by table and gate by gate, so that the projector can write in between.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final

from cloud.settings import SeriesKeepSettings
from cloud.store.series import DAY_S, Step

Turn = Callable[[], AbstractContextManager[None]]
_ROWS: Final = 20_000
_SET_SWEPT: Final = "INSERT INTO swept VALUES (1, ?) ON CONFLICT DO UPDATE SET ns = max(ns, excluded.ns)"
_FORGET_POINTS: Final = """
DELETE FROM point WHERE (measurement, gate, ns, kind, sensor) IN (
  SELECT measurement, gate, ns, kind, sensor FROM point WHERE measurement = ? AND gate = ? AND ns < ? LIMIT ?
)
"""
_OLD: Final = "measurement = ? AND field = ? AND gate = ? AND start_s < ?"
_FOLD: Final = f"""
INSERT INTO one_hour (measurement, field, gate, start_s, kind, sensor, total, count)
SELECT measurement, field, gate, start_s / 3600 * 3600, kind, sensor, sum(total), sum(count) FROM five_minutes
WHERE {_OLD} GROUP BY start_s / 3600, kind, sensor
ON CONFLICT DO UPDATE SET total = total + excluded.total, count = count + excluded.count
"""  # noqa: S608  marks only


@dataclass(frozen=True, slots=True)
class Horizons:
    """What is older is given up.

    Attributes:
        points_ns: UTC nanoseconds.
        five_minutes_s, one_hour_s: UTC seconds, whole hours.
    """

    points_ns: int
    five_minutes_s: int
    one_hour_s: int

    @classmethod
    def at(cls, now_s: int, keep: SeriesKeepSettings) -> Horizons:
        def since_s(days: int) -> int:
            return (now_s - days * DAY_S) // Step.HOUR * Step.HOUR

        return cls(since_s(keep.raw_days) * 10**9, since_s(keep.five_minutes_days), since_s(keep.one_hour_days))


def sweep(connection: sqlite3.Connection, turn: Turn, horizons: Horizons) -> None:
    """Give up what lies behind the horizons. Cut off at any moment, it is right, and goes on at the next call."""
    with turn():
        # First of all: a point that is gone must not be taken for a new one when it is written again.
        connection.execute(_SET_SWEPT, (horizons.points_ns,))
    for measurement, gate in _groups(connection, turn, "point", ("measurement", "gate")):
        gone = _ROWS
        while gone == _ROWS:
            with turn():
                gone = connection.execute(_FORGET_POINTS, (measurement, gate, horizons.points_ns, _ROWS)).rowcount
    for group in _groups(connection, turn, "five_minutes", ("measurement", "field", "gate")):
        with turn():
            connection.execute(_FOLD, (*group, horizons.five_minutes_s))
            connection.execute(f"DELETE FROM five_minutes WHERE {_OLD}", (*group, horizons.five_minutes_s))  # noqa: S608
    for group in _groups(connection, turn, "one_hour", ("measurement", "field", "gate")):
        with turn():
            connection.execute(f"DELETE FROM one_hour WHERE {_OLD}", (*group, horizons.one_hour_s))  # noqa: S608
    # What is gone must not stay readable in the write-ahead log; where somebody reads, the next sweep does it.
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _groups(connection: sqlite3.Connection, turn: Turn, table: str, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Every combination of the first columns of the table's key, found by jumping from one to the next."""
    names = ", ".join(columns)
    marks = ", ".join("?" * len(columns))
    question = f"SELECT {names} FROM {table} WHERE ({names}) > ({marks}) ORDER BY {names} LIMIT 1"  # noqa: S608
    found: list[tuple[str, ...]] = []
    with turn():
        while row := connection.execute(question, found[-1] if found else ("",) * len(columns)).fetchone():
            found.append(row)
    return found
