"""The questions in Flux. InfluxDB 2 has no parameters, so every word from outside becomes a quoted literal here."""

from __future__ import annotations

from typing import Final

from cloud.store.series import CATEGORY, Sensed, Span, Step
from contract.series import Measurement

TOTAL: Final = "_total"
COUNT: Final = "_count"
"""How the tasks name the sums of a field: `value_total`, `value_count`."""
_QUOTED: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "$": "\\x24"}


def literal(text: str) -> str:
    """`text` as a Flux string: what is in it can end neither the string nor begin an interpolation."""
    return '"' + "".join(_quoted(letter) for letter in text) + '"'


def _quoted(letter: str) -> str:
    if letter in _QUOTED:
        return _QUOTED[letter]
    return letter if letter.isprintable() else "".join(f"\\x{byte:02x}" for byte in letter.encode(errors="replace"))


def samples(bucket: str, measurement: Measurement, field: str, gate: str, span: Span, sensed: Sensed | None = None) -> str:
    """Every value of one field of one gate: columns ns (whole, the client's times end at microseconds), _value."""
    return (
        _from(bucket, span, measurement, f"r._field == {literal(field)}", gate, sensed)
        + "  |> map(fn: (r) => ({r with _value: float(v: r._value), ns: int(v: r._time)}))\n"
        + '  |> group()\n  |> keep(columns: ["ns", "_value"])\n  |> sort(columns: ["ns"])\n'
    )


def steps(
    bucket: str, measurement: Measurement, field: str, gate: str | None, span: Span, step: Step, sensed: Sensed | None = None
) -> str:
    """Sum and count of every step, out of points: columns _time, gate, kind, total, count."""
    name, _, value = field.partition("=")
    chosen = f"  |> filter(fn: (r) => r._value == {literal(value)})\n  |> map(fn: (r) => ({{r with _value: 1.0}}))\n"
    numbers = "  |> map(fn: (r) => ({r with _value: float(v: r._value)}))\n"
    return (
        _from(bucket, span, measurement, f"r._field == {literal(name)}", gate, sensed)
        + (chosen if name == CATEGORY else numbers)
        + '  |> group(columns: ["gate", "kind"])\n'
        + f"  |> window(every: {step:d}s)\n"
        + "  |> reduce(identity: {total: 0.0, count: 0.0}, "
        + "fn: (r, accumulator) => ({total: accumulator.total + r._value, count: accumulator.count + 1.0}))\n"
        + '  |> duplicate(column: "_start", as: "_time")\n'
        + '  |> group()\n  |> keep(columns: ["_time", "gate", "kind", "total", "count"])\n'
    )


def summed_steps(
    bucket: str, measurement: Measurement, field: str, gate: str | None, span: Span, sensed: Sensed | None = None
) -> str:
    """The same, out of the sums that the tasks have made: one row a step and sensor, `_field` says which of the two."""
    fields = " or ".join(f"r._field == {literal(field + ending)}" for ending in (TOTAL, COUNT))
    return (
        _from(bucket, span, measurement, f"({fields})", gate, sensed)
        + '  |> group()\n  |> keep(columns: ["_time", "gate", "kind", "_field", "_value"])\n'
    )


def anything(bucket: str) -> str:
    """Whether the bucket can be read at all."""
    return f"from(bucket: {literal(bucket)})\n  |> range(start: -1m)\n  |> limit(n: 1)\n"


def _from(
    bucket: str, span: Span, measurement: Measurement, of_field: str, gate: str | None, sensed: Sensed | None = None
) -> str:
    of_gate = f" and r.gate == {literal(gate)}" if gate is not None else ""
    of_sensor = f" and r.kind == {literal(sensed.quantity)} and r.sensor == {literal(sensed.sensor)}" if sensed else ""
    return (
        f"from(bucket: {literal(bucket)})\n"
        f"  |> range(start: {span.start_s:d}, stop: {span.end_s:d})\n"
        f"  |> filter(fn: (r) => r._measurement == {literal(measurement.value)} and {of_field}{of_gate}{of_sensor})\n"
    )
