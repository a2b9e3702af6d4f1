"""What a folder of recordings holds, and what somebody noted about them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final

from contract.errors import SettingsError
from edge.vision.thermal.cptv_clip import ClipFrame, read_clip
from edge.vision.thermal.cptv_source import recordings_at

if TYPE_CHECKING:
    from pathlib import Path

ROWS, COLS = 120, 160
NOTES: Final = "clips.csv"
"""Columns that are read where they are there: clip, device, upstream_reference_c."""


@dataclass(frozen=True, slots=True)
class Recording:
    """One file.

    Attributes:
        name: of the file, without ending.
        setpoint_c: of the heated body in view, where it was noted for this recording or others of the same device.
    """

    path: Path
    setpoint_c: float | None

    @property
    def name(self) -> str:
        return self.path.stem

    def frames(self) -> list[ClipFrame]:
        """All of them. Raises SourceError where the file holds no temperatures."""
        return list(read_clip(self.path, ROWS, COLS))


def recordings(where: Path) -> list[Recording]:
    """The recordings of a folder, by name. Raises SourceError where there are none, SettingsError for notes that are no table."""
    setpoints_c = _setpoints_c(where / NOTES) if where.is_dir() else {}
    return [Recording(path, setpoints_c.get(path.stem)) for path in recordings_at(where)]


def _setpoints_c(notes: Path) -> dict[str, float]:
    """By recording; one without a note takes the usual one of its device."""
    if not notes.is_file():
        return {}
    with notes.open(newline="", encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines))
    if rows and "clip" not in rows[0]:
        raise SettingsError(
            "has no column `clip`", where=str(notes), remedy="Take it away, or name the columns in its first line."
        )
    by_device: dict[str, list[float]] = {}
    for row in rows:
        if noted := row.get("upstream_reference_c"):
            by_device.setdefault(row.get("device") or "", []).append(_number(noted, notes))
    found = {}
    for row in rows:
        noted, others = row.get("upstream_reference_c"), by_device.get(row.get("device") or "")
        if noted or others:
            found[row["clip"]] = _number(noted, notes) if noted else median(others or ())
    return found


def _number(text: str, notes: Path) -> float:
    try:
        return float(text)
    except ValueError:
        raise SettingsError(
            f"upstream_reference_c = {text!r} is no number", where=str(notes), remedy="Correct that line."
        ) from None
