"""Points as InfluxDB line protocol. Raw lines are 3 to 6 times faster to write than the client's Point objects (measured).

Types are written out, because the first write of a field fixes its type for ever: `37i` is an integer, `37.0` a float.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from contract.series import TAGS, FieldValue, Point

_IN_NAME: Final = str.maketrans({",": "\\,", "=": "\\=", " ": "\\ ", "\n": " ", "\r": " ", "\t": " "})
_IN_TEXT: Final = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": " ", "\r": " "})


def lines(points: Sequence[Point]) -> list[str]:
    """One line a point; a point without a usable field has none."""
    return [line for point in points if (line := _line(point))]


def _line(point: Point) -> str:
    tags = {"gate": point.gate, "kind": point.kind, "sensor": point.sensor}
    named = "".join(f",{name}={_name(tags[name])}" for name in TAGS[point.measurement] if tags[name])
    fields = ",".join(f"{_name(name)}={text}" for name, value in point.fields.items() if (text := _value(value)))
    return f"{point.measurement}{named} {fields} {point.ns}" if fields else ""


def _name(text: str) -> str:
    # A backslash at the end would escape the separator behind it.
    return text.translate(_IN_NAME).rstrip("\\")


def _value(value: FieldValue) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return f"{value}i"
        case float():
            return repr(value) if math.isfinite(value) else ""
        case str():
            return f'"{value.translate(_IN_TEXT)}"'
