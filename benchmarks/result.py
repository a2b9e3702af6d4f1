"""What one row found: figures with what they should hold, and everything needed to judge them later."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from benchmarks.machine import Load

FOLDER: Final = Path("build/bench")

Json = str | int | float | bool | None | Mapping[str, "Json"] | Sequence["Json"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number.

    Attributes:
        name: what was measured.
        value, unit: how much.
        hold: the largest value that is good enough; None for a number that only explains.
    """

    name: str
    value: float
    unit: str
    hold: float | None = None

    @property
    def held(self) -> bool | None:
        """Whether it is good enough; a value that is not a number is not."""
        return None if self.hold is None else self.value <= self.hold


@dataclass(frozen=True, slots=True)
class Result:
    """One row of the table.

    Attributes:
        row: its name.
        method: how it was measured, in one or two sentences.
        figures: the numbers.
        details: more numbers, for the file only.
    """

    row: str
    method: str
    figures: tuple[Figure, ...]
    details: Mapping[str, Json] = field(default_factory=dict)


def write(result: Result, load: Load, folder: Path = FOLDER) -> Path:
    """Keep a result as `<row>.json`. Returns the file."""
    folder.mkdir(parents=True, exist_ok=True)
    body = {
        "row": result.row,
        "method": result.method,
        "held": all(figure.held is not False for figure in result.figures),
        "figures": [asdict(figure) | {"held": figure.held} for figure in result.figures],
        "details": result.details,
        "machine": asdict(load),
    }
    path = folder / f"{result.row}.json"
    path.write_text(json.dumps(body, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path
