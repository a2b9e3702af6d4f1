"""What one sensor said over time, out of the embedded store.

The tables are ordered by gate and time. Sums stand at known times, so each is looked up by its whole key: a month of one sensor
among 200 is 8,640 look-ups, where a walk would pass all of their 1.7 million sums.
"""

from __future__ import annotations

import sqlite3
from typing import Final

from cloud.store.series import FIVE_MINUTES_S, Mean, Sensed, Span
from contract.series import Measurement

_EACH: Final = """
SELECT ns / 1e9, CAST(json_extract(fields, '$.value') AS REAL) AS value, 1 FROM point
WHERE measurement = ? AND gate = ? AND ns >= ? AND ns < ? AND kind = ? AND sensor = ? AND value IS NOT NULL ORDER BY ns
"""
_SUMMED: Final = """
WITH RECURSIVE step(start_s) AS (SELECT ? UNION ALL SELECT start_s + ? FROM step WHERE start_s + ? < ?)
SELECT step.start_s, total / count, count FROM step CROSS JOIN five_minutes AS sums
ON sums.measurement = ? AND sums.field = 'value' AND sums.gate = ? AND sums.start_s = step.start_s
AND sums.kind = ? AND sums.sensor = ?
ORDER BY step.start_s
"""
_OF: Final = Measurement.SENSOR.value


def each(reader: sqlite3.Connection, one: Sensed, span: Span) -> list[Mean]:
    """Every value."""
    asked = (_OF, one.gate, span.start_s * 10**9, span.end_s * 10**9, one.quantity, one.sensor)
    return list(map(Mean._make, reader.execute(_EACH, asked)))


def summed(reader: sqlite3.Connection, one: Sensed, span: Span) -> list[Mean]:
    """The mean of every five minutes."""
    whole = span.whole(FIVE_MINUTES_S)
    steps = (whole.start_s, FIVE_MINUTES_S, FIVE_MINUTES_S, whole.end_s)
    return list(map(Mean._make, reader.execute(_SUMMED, (*steps, _OF, one.gate, one.quantity, one.sensor))))
