"""Numbers in Prometheus' text format (version 0.0.4), from a table that says what each means.

Written here and not taken from a library: both sides only turn numbers they already have into text, which is these few lines;
the library's registry of counters would be a second place where they are kept.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

Labels = tuple[str, ...]
Value = float | None | Mapping[Labels, float]
"""One number; None where there is none now; or, with labels, one for each of their values."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One row of the table.

    Attributes:
        name: with its unit (`_seconds`, `_rows`), and `_total` where it only grows.
        kind: a gauge goes up and down, a counter only up until its process starts again.
        says: what it is, in one sentence.
        labels: what tells several of them apart.
    """

    name: str
    kind: Literal["gauge", "counter"]
    says: str
    labels: Labels = ()


def exposition(table: Sequence[Metric], values: Mapping[str, Value]) -> str:
    """Every metric of the table that has a value. Raises KeyError for one the table does not have."""
    known = {metric.name: metric for metric in table}
    return "".join(f"{line}\n" for name, value in values.items() for line in _lines(known[name], value))


def _lines(metric: Metric, value: Value) -> Iterator[str]:
    samples = value if isinstance(value, Mapping) else {} if value is None else {(): value}
    if not samples:
        return
    yield f"# HELP {metric.name} {metric.says}"
    yield f"# TYPE {metric.name} {metric.kind}"
    for labels, number in samples.items():
        pairs = ",".join(f'{name}="{_escaped(label)}"' for name, label in zip(metric.labels, labels, strict=True))
        yield f"{metric.name}{{{pairs}}} {_number(number)}" if pairs else f"{metric.name} {_number(number)}"


def _escaped(label: str) -> str:
    return label.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _number(number: float) -> str:
    if math.isfinite(number):
        return repr(int(number)) if float(number).is_integer() else repr(float(number))
    return "NaN" if math.isnan(number) else f"{'+' if number > 0 else '-'}Inf"


def page_rows(table: Sequence[Metric]) -> list[str]:
    """The rows of the reference page's table."""
    return [
        f"| `{metric.name}` | {metric.kind} | {', '.join(f'`{label}`' for label in metric.labels) or '-'} | {metric.says} |"
        for metric in table
    ]
