"""Facial temperatures against oral ones, from a file of the form of PhysioNet's face-oral-temp-data 1.0.0.

Commas, UTF-8 with or without a mark, two lines of headings, then the names; four rounds of every region (`canthiMax1` to
`canthiMax4`, already corrected by the blackbody), the oral temperature (`aveOralM`), the room (`T_atm`), date and time.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum, isfinite
from pathlib import Path
from typing import Final

from contract.verdicts import Region
from edge.errors import SourceError

COLUMNS: Final[Mapping[str, tuple[str, Region]]] = {
    "canthus": ("canthiMax", Region.CANTHUS),
    "forehead": ("T_FHCC", Region.FOREHEAD),
    "forehead-max": ("T_FH_Max", Region.FOREHEAD),
    "face-max": ("T_Max", Region.UPPER_FACE),
}
"""What may be read: the columns' name without the round, and the region it stands for."""

ROUNDS: Final = 4
_HEADINGS: Final = 2
_PLAUSIBLE_C: Final = (20.0, 45.0)
_ROOM_C: Final = (-10.0, 50.0)


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the study.

    Attributes:
        skin_c: mean of the rounds that were taken, corrected by the blackbody, degrees Celsius.
        oral_c: what the thermometer said.
        ambient_c: of the room.
        when: sorts people by date and time.
        name: of the person in the study; empty where the file gives none. The same name in two files is the same person.
    """

    skin_c: float
    oral_c: float
    ambient_c: float
    when: tuple[str, str]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The people of one file, in order of time. `left_out` had no temperature, or one nobody has."""

    name: str
    people: tuple[Person, ...]
    left_out: int


def read_group(path: Path, column: str, rounds: int) -> Group:
    """Read one file. Raises SourceError with place and remedy."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.reader(lines))
    except (OSError, UnicodeDecodeError, csv.Error) as unreadable:
        raise SourceError(
            f"the file cannot be read ({unreadable})", where=str(path), remedy="Check path and form."
        ) from unreadable
    names = [name.strip() for name in rows[_HEADINGS]] if len(rows) > _HEADINGS else []
    wanted = [*(f"{column}{number}" for number in range(1, rounds + 1)), "aveOralM", "T_atm"]
    missing = [name for name in wanted if name not in names]
    if missing:
        raise SourceError(
            f"no column {', '.join(missing)} in line {_HEADINGS + 1}",
            where=str(path),
            remedy="Give a file of the form of PhysioNet face-oral-temp-data 1.0.0, such as FLIR_group1.csv.",
        )
    people = [person for row in rows[_HEADINGS + 1 :] if (person := _person(dict(zip(names, row, strict=False)), column, rounds))]
    if not people:
        raise SourceError("nobody in it has skin, oral and room temperature", where=str(path), remedy="Check the file.")
    filled = sum(any(cell.strip() for cell in row) for row in rows[_HEADINGS + 1 :])
    return Group(path.name, tuple(sorted(people, key=lambda one: one.when)), filled - len(people))


def _person(cells: dict[str, str], column: str, rounds: int) -> Person | None:
    taken_c = [_number(cells.get(f"{column}{number}", ""), _PLAUSIBLE_C) for number in range(1, rounds + 1)]
    read_c = [one_c for one_c in taken_c if one_c is not None]
    oral_c, ambient_c = _number(cells.get("aveOralM", ""), _PLAUSIBLE_C), _number(cells.get("T_atm", ""), _ROOM_C)
    if not read_c or oral_c is None or ambient_c is None:
        return None
    when = (cells.get("Date", ""), cells.get("Time", "").rjust(8, "0"))
    return Person(fsum(read_c) / len(read_c), oral_c, ambient_c, when, cells.get("SubjectID", "").strip())


def _number(cell: str, plausible: tuple[float, float]) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if isfinite(value) and plausible[0] <= value <= plausible[1] else None
