"""Reads labelled pictures for judging: one CSV row a face."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

STATES = ("absent", "worn", "worn_wrong")


@dataclass(frozen=True, slots=True)
class Labels:
    """The truth about one picture: boxes (n, 4) float32 in pixels, states (n,) index into STATES. Both empty without faces."""

    file: Path
    boxes: NDArray[np.float32]
    states: NDArray[np.int64]


def read_labels(manifest: Path, root: Path, *, use: str | None = None, under: str = "") -> list[Labels]:
    """Pictures of `manifest` below `root`, in file order; `use` and `under` (start of the file name) choose some.

    A row whose mask is none of the three states, or whose box is empty, says that the picture is there without a face.

    Raises:
        ValueError: a column is missing, or nothing was chosen.
    """
    with manifest.open(newline="", encoding="utf-8") as lines:
        rows = csv.DictReader(lines)
        needed = {"file", "x1", "y1", "x2", "y2", "mask"}
        if not needed <= set(rows.fieldnames or ()):
            raise ValueError(f"{manifest} lacks the columns {sorted(needed - set(rows.fieldnames or ()))}")
        faces: dict[str, list[tuple[list[float], int]]] = {}
        for row in rows:
            if not row["file"].startswith(under) or (use is not None and row.get("use") != use):
                continue
            there = faces.setdefault(row["file"], [])
            if row["mask"] in STATES and row["x1"]:
                there.append(([float(row[key]) for key in ("x1", "y1", "x2", "y2")], STATES.index(row["mask"])))
    if not faces:
        raise ValueError(f"{manifest} holds no picture for use={use!r} under {under!r}")
    return [_labels(root / name, part) for name, part in faces.items()]


def _labels(file: Path, part: list[tuple[list[float], int]]) -> Labels:
    boxes = np.array([box for box, _ in part], np.float32).reshape(-1, 4)
    return Labels(file, boxes, np.array([state for _, state in part], np.int64))
