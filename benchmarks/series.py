"""Questions to the embedded series store when it holds a month of readings of twenty gates: five million points."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sized
from dataclasses import asdict
from functools import partial
from math import sin
from pathlib import Path
from typing import Final

from benchmarks.result import Figure, Json, Result
from benchmarks.timing import Summary, Times
from cloud.store.series import DAY_S, Span, Step
from cloud.store.series_sqlite import SqliteSeries
from contract.series import FieldValue, Measurement, Point

GATES: Final = 20
EVERY_S: Final = 10
DAYS: Final = 30
BATCH: Final = 5_000
BEGIN_S: Final = 20_000 * DAY_S
END_S: Final = BEGIN_S + DAYS * DAY_S
POINTS: Final = GATES * DAYS * DAY_S // EVERY_S
DAY_P95_MS, MONTH_P95_MS = 50.0, 500.0
BARE_DAY: Final = "SELECT ns, fields FROM point WHERE measurement = 'sensor' AND gate = ? AND ns >= ?"
BARE_MONTH: Final = "SELECT start_s, gate, kind, total, count FROM five_minutes WHERE measurement = 'sensor' AND field = 'value'"
MONTH: Final = Span(BEGIN_S, END_S)
DAY: Final = Span(END_S - DAY_S, END_S)


def measure(folder: Path, say: Callable[[str], None]) -> Result:
    store = SqliteSeries(folder / "series.db")
    say(f"writing {POINTS:,} points")
    begun_s = time.perf_counter()
    for batch in _batches():
        store.write(batch)
    wrote_s = time.perf_counter() - begun_s
    say("asking")
    value = (Measurement.SENSOR, "value")
    bare = sqlite3.connect(folder / "series.db")
    day, day_bare = _in_turns(
        60,
        DAY_S // EVERY_S,
        lambda turn: store.samples(*value, f"gate-{turn % GATES}", DAY),
        lambda turn: bare.execute(BARE_DAY, (f"gate-{turn % GATES}", DAY.start_s * 10**9)).fetchall(),
    )
    month, month_bare = _in_turns(
        20,
        GATES * DAYS * 288,
        lambda _: store.buckets(*value, MONTH),
        lambda _: bare.execute(BARE_MONTH).fetchall(),
    )
    hours = Times()
    for _ in range(20):
        hours.of(lambda: store.buckets(*value, MONTH, step=Step.HOUR))
    asked = {"day": day, "day_bare": day_bare, "month": month, "month_bare": month_bare, "hours": hours}
    bare.close()
    store.close()
    wall = {name: Summary.of(times.wall_ms) for name, times in asked.items()}
    figures = (
        Figure("last 24 h of one gate: p95", wall["day"].p95, "ms", DAY_P95_MS),
        Figure("5-minute mean of every gate over 30 days: p95", wall["month"].p95, "ms", MONTH_P95_MS),
        Figure("24 h of one gate / bare rows without their JSON: median", wall["day"].p50 / wall["day_bare"].p50, "x"),
        Figure("30 days of every gate / bare rows of sums: median", wall["month"].p50 / wall["month_bare"].p50, "x"),
        Figure("1-hour mean of every gate over 30 days: p95", wall["hours"].p95, "ms"),
        Figure("written, with their sums", POINTS / wrote_s, "points/s"),
        Figure("on disk", (folder / "series.db").stat().st_size / 1e6, "MB"),
    )
    details: dict[str, Json] = {
        name: {"wall_ms": asdict(wall[name]), "cpu_ms": asdict(Summary.of(times.cpu_ms))} for name, times in asked.items()
    }
    method = (
        f"the embedded store with {POINTS:,} readings of {GATES} gates, one each {EVERY_S} s for {DAYS} days; "
        "answers as the API gets them, as Python objects"
    )
    return Result("series", method, figures, details)


def _batches() -> Iterator[list[Point]]:
    batch: list[Point] = []
    for second in range(BEGIN_S, END_S, EVERY_S):
        for gate in range(GATES):
            fields: dict[str, FieldValue] = {
                "value": 600.0 + 100.0 * sin(second / 9_000 + gate),
                "valid": True,
                "event": f"gate-{gate}:i1:{second}",
            }
            batch.append(Point(Measurement.SENSOR, f"gate-{gate}", "co2", "air-1", second * 10**9 + second % 1_000_000, fields))
        if len(batch) >= BATCH:
            yield batch
            batch = []
    yield batch


def _in_turns(rounds: int, rows: int, ask: Callable[[int], Sized], bare: Callable[[int], Sized]) -> tuple[Times, Times]:
    """The store and the bare question in turns; every answer has to be whole."""
    ours, limit = Times(), Times()
    for turn in range(rounds):
        for times, one in ((ours, ask), (limit, bare)):
            found = len(times.of(partial(one, turn)))
            assert found == rows, (found, rows)
    return ours, limit
