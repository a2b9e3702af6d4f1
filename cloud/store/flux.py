"""The questions in Flux. InfluxDB 2 has no parameters, so every word from outside becomes a quoted literal here."""

from __future__ import annotations

from typing import Final

from cloud.store.series import CATEGORY, Span
from contract.series import Measurement

_QUOTED: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "$": "\\x24"}


def literal(text: str) -> str:
    """`text` as a Flux string: what is in it can end neither the string nor begin an interpolation."""
    return '"' + "".join(_quoted(letter) for letter in text) + '"'


def _quoted(letter: str) -> str:
    if letter in _QUOTED:
        return _QUOTED[letter]
    return letter if letter.isprintable() else "".join(f"\\x{byte:02x}" for byte in letter.encode(errors="replace"))


def samples(bucket: str, measurement: Measurement, field: str, gate: str, span: Span) -> str:
    """Every value of one field of one gate."""
    return _from(bucket, span, measurement, field, gate) + '  |> group()\n  |> sort(columns: ["_time"])\n'


def five_minutes(bucket: str, measurement: Measurement, field: str, gate: str | None, span: Span) -> str:
    """Mean and count of every five minutes, one row each: columns _time, gate, kind, mean, count."""
    name, _, value = field.partition("=")
    chosen = f"  |> filter(fn: (r) => r._value == {literal(value)})\n  |> map(fn: (r) => ({{r with _value: 1.0}}))\n"
    numbers = "  |> map(fn: (r) => ({r with _value: float(v: r._value)}))\n"
    return (
        _from(bucket, span, measurement, name, gate)
        + (chosen if name == CATEGORY else numbers)
        + '  |> group(columns: ["gate", "kind"])\n'
        + "  |> window(every: 5m)\n"
        + "  |> reduce(identity: {total: 0.0, count: 0}, "
        + "fn: (r, accumulator) => ({total: accumulator.total + r._value, count: accumulator.count + 1}))\n"
        + '  |> duplicate(column: "_start", as: "_time")\n'
        + "  |> map(fn: (r) => ({_time: r._time, gate: r.gate, kind: r.kind, "
        + "mean: r.total / float(v: r.count), count: r.count}))\n"
        + '  |> group()\n  |> sort(columns: ["gate", "_time", "kind"])\n'
    )


def anything(bucket: str) -> str:
    """Whether the bucket can be read at all."""
    return f"from(bucket: {literal(bucket)})\n  |> range(start: -1m)\n  |> limit(n: 1)\n"


def _from(bucket: str, span: Span, measurement: Measurement, field: str, gate: str | None) -> str:
    of_gate = f" and r.gate == {literal(gate)}" if gate is not None else ""
    return (
        f"from(bucket: {literal(bucket)})\n"
        f"  |> range(start: {span.start_s:d}, stop: {span.end_s:d})\n"
        f"  |> filter(fn: (r) => r._measurement == {literal(measurement.value)} and r._field == {literal(field)}{of_gate})\n"
    )
