"""The questions of the series store in InfluxQL, asked of a real influxd 1.x: what was stored, by InfluxDB's own reckoning."""

from __future__ import annotations

from cloud.store.series import CATEGORY, Bucket, Sample, Span, Step
from contract.series import Measurement
from tests.cloud.influxd import Influxd


class InfluxQl:
    """Reads one bucket."""

    def __init__(self, server: Influxd, bucket: str) -> None:
        self._server, self._bucket = server, bucket

    def points(self) -> int:
        """How many there are: rows with any field."""
        found = self._server.ask("SELECT * FROM /.*/", self._bucket)
        return sum(len(one["values"]) for one in found)

    def samples(self, measurement: Measurement, field: str, gate: str, span: Span) -> list[Sample]:
        where = f"{_within(span)} AND gate = {_text(gate)}"
        found = self._server.ask(f'SELECT "{field}" FROM "{measurement}" WHERE {where}', self._bucket)
        return [Sample(ns, float(value)) for one in found for ns, value in one["values"]]

    def buckets(
        self, measurement: Measurement, field: str, span: Span, gate: str | None = None, step: Step = Step.FIVE_MINUTES
    ) -> list[Bucket]:
        name, _, chosen = field.partition("=")
        of_gate = "" if gate is None else f" AND gate = {_text(gate)}"
        of_value = f' AND "{name}" = {_text(chosen)}' if name == CATEGORY else ""
        what = f'count("{name}")' if name == CATEGORY else f'mean("{name}"), count("{name}")'
        question = (
            f'SELECT {what} FROM "{measurement}" WHERE {_within(span.whole(step))}{of_gate}{of_value} '
            f"GROUP BY time({step:d}s), gate, kind fill(none)"
        )
        found = [
            Bucket(row[0] // 10**9, one["tags"]["gate"], one["tags"]["kind"], 1.0 if len(row) == 2 else row[1], row[-1])
            for one in self._server.ask(question, self._bucket)
            for row in one["values"]
            if row[-1]
        ]
        return sorted(found, key=lambda one: (one.gate, one.start_s, one.kind))


def _within(span: Span) -> str:
    return f"time >= {span.start_s}s AND time < {span.end_s}s"


def _text(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
