"""Photographs stand before the cameras, one after the other, each with a thermal scene that fits its faces."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

from contract.verdicts import Mask
from edge.errors import SourceError
from edge.sim.stage import STAGE_HEIGHT_PX, STAGE_WIDTH_PX
from edge.sim.world import Actor, Moment, Shutter
from edge.vision.colour.fit import Fit
from edge.vision.colour.folder import load_picture

if TYPE_CHECKING:
    from pathlib import Path

    from edge.config.sources import SimulationConfig

COLUMNS: Final = ("file", "x1", "y1", "x2", "y2", "mask", "core_c")
LEAD_S: Final = 4.0
"""The hall stays empty for so long at first, so that the gate is awake before the first photograph."""


@dataclass(frozen=True, slots=True)
class FaceTruth:
    """One face of a photograph: box x1, y1, x2, y2 in the file's pixels, mask, core temperature in degrees Celsius."""

    box: tuple[float, float, float, float]
    mask: Mask
    core_c: float


@dataclass(frozen=True, slots=True)
class Showing:
    """A photograph's time before the cameras, seconds since the epoch, and what is true of it."""

    start_s: float
    end_s: float
    file: Path
    faces: tuple[FaceTruth, ...]


class Photographs:
    """The scene. Raises SourceError when made, where the manifest or one of its pictures is missing or wrong."""

    def __init__(self, config: SimulationConfig, skin_to_core_c: float) -> None:
        self._config = config
        self._skin_to_core_c = skin_to_core_c
        self._pictures = read_manifest(config.manifest)
        self._each_s = config.hold_s + config.gap_s

    def expected(self) -> tuple[Showing, ...]:
        """The first round: when each photograph stands there, and what is true of it."""
        starts_s = [LEAD_S + index * self._each_s for index in range(len(self._pictures))]
        hold_s = self._config.hold_s
        return tuple(Showing(s, s + hold_s, file, faces) for s, (file, faces) in zip(starts_s, self._pictures, strict=True))

    def at(self, t_s: float) -> Moment:
        turn, into_s = divmod(t_s - LEAD_S, self._each_s)
        over = self._config.once and turn >= len(self._pictures)
        if turn < 0 or over or into_s >= self._config.hold_s:
            return Moment()
        file, faces = self._pictures[int(turn) % len(self._pictures)]
        actors = tuple(self._actor(face, _fit(file)) for face in faces)
        return Moment(actors, file)

    def shutter(self, t_s: float) -> Shutter:
        """None but one long ago: a picture that met one would be no test of the gate's eyes."""
        del t_s
        return Shutter(0, -600.0)

    def _actor(self, face: FaceTruth, fit: Fit) -> Actor:
        x1, y1, x2, y2 = (edge * fit.scale for edge in face.box)
        box = (x1 + fit.left_px, y1 + fit.top_px, x2 + fit.left_px, y2 + fit.top_px)
        return Actor(box, face.mask, face.core_c, face.core_c - self._skin_to_core_c, None)


@lru_cache(maxsize=4)
def _fit(file: Path) -> Fit:
    rows, columns = load_picture(file).shape[:2]
    return Fit.of(columns, rows, STAGE_WIDTH_PX, STAGE_HEIGHT_PX)


def read_manifest(path: Path | None) -> list[tuple[Path, tuple[FaceTruth, ...]]]:
    """The pictures in the order of the file; rows of one picture stand together. Raises SourceError naming file and line."""
    if path is None:
        remedy = f"Set simulation.manifest to a CSV file with the columns {', '.join(COLUMNS)}."
        raise SourceError("the scene of photographs needs a manifest", where="simulation.manifest", remedy=remedy)
    if not path.is_file():
        raise SourceError("there is no such manifest", where=str(path), remedy="Check simulation.manifest.")
    with path.open(encoding="utf-8-sig", newline="") as text:
        reader = csv.DictReader(text)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise SourceError(f"the manifest has no column {', '.join(missing)}", where=str(path), remedy="Add it.")
        rows = [(path.parent / row["file"], _face(row, f"{path}, line {reader.line_num}")) for row in reader]
    pictures = [(file, tuple(face for _, face in group)) for file, group in groupby(rows, key=lambda row: row[0])]
    if not pictures:
        raise SourceError("the manifest names no picture", where=str(path), remedy="Add rows.")
    gone = next((file for file, _ in pictures if not file.is_file()), None)
    if gone is not None:
        raise SourceError("a picture of the manifest is missing", where=str(gone), remedy=f"Correct {path}.")
    return pictures


def _face(row: dict[str, str], where: str) -> FaceTruth:
    try:
        x1, y1, x2, y2 = (float(row[name]) for name in ("x1", "y1", "x2", "y2"))
        return FaceTruth((x1, y1, x2, y2), Mask(row["mask"]), float(row["core_c"]))
    except (TypeError, ValueError) as wrong:
        raise SourceError(f"not a face ({wrong})", where=where, remedy="Correct that line.") from wrong
