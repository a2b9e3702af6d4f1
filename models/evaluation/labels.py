"""Reads labelled pictures for judging: one CSV row a face."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.evaluation.errors import LabelsError

STATES: Final = ("absent", "worn", "worn_wrong")
NO_FACE: Final = ("", "none_in_picture")
"""What the column `mask` says of a picture that is there without a face."""
_CORNERS: Final = ("x1", "y1", "x2", "y2")
_NEEDED: Final = ("file", *_CORNERS, "mask")


@dataclass(frozen=True, slots=True)
class Labels:
    """The truth about one picture: boxes (n, 4) float32 in pixels, states (n,) index into STATES. Both empty without faces.

    Attributes:
        file: the picture.
        boxes, states: the faces.
        source: where the picture comes from, empty where the manifest does not say.
        kept_for: the manifest's column `use`.
    """

    file: Path
    boxes: NDArray[np.float32]
    states: NDArray[np.int64]
    source: str = ""
    kept_for: str = ""


@dataclass(slots=True)
class _Picture:
    source: str
    kept_for: str
    boxes: list[list[float]] = field(default_factory=list)
    states: list[int] = field(default_factory=list)


def read_labels(manifest: Path, root: Path, *, use: str | None = None, under: str = "") -> list[Labels]:
    """Pictures of `manifest` below `root`, in file order; `use` and `under` (start of the file name) choose some.

    Raises:
        LabelsError: the manifest cannot be read, lacks a column, has a row that cannot be, or nothing was chosen.
    """
    pictures: dict[str, _Picture] = {}
    for line, row in _rows(manifest):
        name = row["file"]
        if name.startswith(under) and (use is None or row.get("use") == use):
            there = pictures.setdefault(name, _Picture(row.get("source") or "", row.get("use") or ""))
            _add_face(there, row, f"{manifest}, line {line}")
    if not pictures:
        what = f"no picture was chosen with use={use!r} under {under!r}"
        raise LabelsError(what, where=str(manifest), remedy="Leave a choice away, or name one the manifest holds")
    return [_labels(root / name, part) for name, part in pictures.items()]


def _rows(manifest: Path) -> list[tuple[int, dict[str, str]]]:
    """Line number and row, after a look at the head."""
    try:
        with manifest.open(newline="", encoding="utf-8-sig") as lines:
            rows = csv.DictReader(lines)
            lacking = [name for name in _NEEDED if name not in (rows.fieldnames or ())]
            if lacking:
                what = f"the manifest lacks the columns {', '.join(lacking)}"
                raise LabelsError(what, where=str(manifest), remedy=f"One row a face with the columns {', '.join(_NEEDED)}")
            return [(rows.line_num, row) for row in rows]
    except (OSError, UnicodeDecodeError, csv.Error) as broken:
        raise LabelsError(f"the manifest cannot be read: {broken}", where=str(manifest), remedy="Give a CSV file") from broken


def _add_face(picture: _Picture, row: Mapping[str, str], where: str) -> None:
    if row["mask"] in NO_FACE:
        return
    if row["mask"] not in STATES:
        remedy = f"Use {', '.join(STATES)}, or none_in_picture for a picture without a face"
        raise LabelsError(f"the mask state {row['mask']!r} is none this project knows", where=where, remedy=remedy)
    picture.boxes.append(_box(row, where))
    picture.states.append(STATES.index(row["mask"]))


def _box(row: Mapping[str, str], where: str) -> list[float]:
    """The four corners, checked against each other and, where the manifest has it, against the picture's size."""
    try:
        x1, y1, x2, y2 = box = [float(row[key]) for key in _CORNERS]
        size = [float(row.get(key) or math.inf) for key in ("width", "height")]
    except (TypeError, ValueError) as wrong:
        raise LabelsError(f"a box holds what is no number: {wrong}", where=where, remedy="Give pixels") from wrong
    if not (all(map(math.isfinite, box)) and x1 < x2 and y1 < y2):
        raise LabelsError(f"the box {box} is empty", where=where, remedy="Give x1 < x2 and y1 < y2, in pixels, not a width")
    # Only wholly outside: labellers draw boxes a little over the edge, and those are sound.
    if x2 <= 0 or y2 <= 0 or x1 >= size[0] or y1 >= size[1]:
        what = f"the box {box} lies outside the picture of {size[0]:g}x{size[1]:g} pixels"
        raise LabelsError(what, where=where, remedy="Give pixels of the picture as it is stored")
    return box


def _labels(file: Path, part: _Picture) -> Labels:
    boxes = np.array(part.boxes, np.float32).reshape(-1, 4)
    return Labels(file, boxes, np.array(part.states, np.int64), part.source, part.kept_for)
