"""Reads the labelled pictures that may be trained on, with all boxes brought to one convention."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.vision.detector import Detector
from models.training.labelled import ABSENT, STATES, WORN, WORN_WRONG, Labelled
from models.training.set_aside import is_set_aside, lookalikes

TRAINED_ON = ("scenes_cc0/", "crops_mit/")
_LONGEST_PX = 640
_AROUND = 0.45
"""How much of its height is kept on every side of a face cut out of a scene."""
_SMALLEST_CUT_PX = 24.0
# From YuNet's boxes to those of scenes_cc0, medians over 1,044 gate faces found by both, as shares of YuNet's height: how far
# the upper and the lower edge move down. (YuNet's boxes begin higher on the forehead.)
_SHIFT_DOWN = {ABSENT: (0.175, 0.03), WORN: (0.19, 0.10)}

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything the sampler draws from, decoded.

    Attributes:
        scenes: with masked people. extra: with bare faces. crops: one face each. empty: without a face.
        wrong: cut out of the scenes, the first face of each wears its mask wrong.
    """

    scenes: list[Labelled]
    extra: list[Labelled]
    crops: list[Labelled]
    empty: list[Labelled]
    wrong: list[Labelled]


def load_sources(root: Path, yunet: Detector, *, aside: bool = False) -> Sources:
    """Decode all training pictures below `root`, or those set aside; crops are boxed by plain YuNet-n."""
    rows = [row for row in _rows(root / "manifest.csv") if row["use"] == "train" and row["file"].startswith(TRAINED_ON)]
    rows = [row for row in rows if is_set_aside(row["file"]) == aside]
    scenes = [_labelled(root, part) for name, part in _by_file(rows).items() if name.startswith("scenes_cc0/")]
    crops = [crop for row in rows if row["file"].startswith("crops_mit/") if (crop := _crop(root, row, yunet)) is not None]
    ignored = _by_file(_rows(root / "extra" / "ignore.csv"))
    extra: list[Labelled] = []
    empty: list[Labelled] = []
    for name, part in _by_file(_rows(root / "extra" / "manifest.csv")).items():
        if name in lookalikes(root / "extra") or is_set_aside(name) != aside:
            continue
        faces = [row for row in part if row["mask"] in STATES]
        labelled = _labelled(root / "extra", faces or part[:1], of_yunet=True)
        _hide(labelled.picture, ignored.get(name, []), labelled.picture.shape[1] / float(part[0]["width"]))
        (extra if faces else empty).append(labelled)
    return Sources(scenes, extra, crops, empty, [cut for scene in scenes for cut in _cut_out(scene)])


def _cut_out(scene: Labelled) -> list[Labelled]:
    """Every large enough face with its mask worn wrong, with a margin and whoever else is in it."""
    cuts = []
    height, width = scene.picture.shape[:2]
    centres = (scene.boxes[:, :2] + scene.boxes[:, 2:]) / 2
    for index in np.flatnonzero(scene.states == WORN_WRONG):
        x1, y1, x2, y2 = scene.boxes[index]
        if y2 - y1 < _SMALLEST_CUT_PX:
            continue
        margin = _AROUND * (y2 - y1)
        left, top = max(0, int(x1 - margin)), max(0, int(y1 - margin))
        right, bottom = min(width, int(x2 + margin)), min(height, int(y2 + margin))
        inside = np.flatnonzero(((centres > (left, top)) & (centres < (right, bottom))).all(1))
        order = np.concatenate([[index], inside[inside != index]]).astype(np.intp)
        shift = np.array([[1.0, 0.0, -left], [0.0, 1.0, -top]])
        cuts.append(scene.only(order).moved(shift, scene.picture[top:bottom, left:right]))
    return cuts


def _rows(file: Path) -> list[Row]:
    with file.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def _by_file(rows: list[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["file"]].append(row)
    return groups


def _read(file: Path) -> tuple[NDArray[np.uint8], float]:
    """The picture, shrunk to at most 640 px, and the scale."""
    picture = cv2.imread(str(file), cv2.IMREAD_COLOR)
    if picture is None:
        raise FileNotFoundError(f"{file} is no picture")
    scale = min(1.0, _LONGEST_PX / max(picture.shape[:2]))
    if scale < 1.0:
        picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(picture, np.uint8), scale


def _labelled(root: Path, rows: list[Row], of_yunet: bool = False) -> Labelled:
    picture, scale = _read(root / rows[0]["file"])
    faces = [row for row in rows if row["mask"] in STATES]
    boxes = np.array([[float(row[k]) for k in ("x1", "y1", "x2", "y2")] for row in faces], np.float32).reshape(-1, 4)
    marks = np.array([[float(row[f"lm{i}{axis}"] or "nan") for i in range(5) for axis in "xy"] for row in faces], np.float32)
    states = np.array([STATES.index(row["mask"]) for row in faces], np.int64)
    boxes = _as_in_scenes(boxes, states) if of_yunet else boxes
    return Labelled(picture, boxes * scale, marks.reshape(-1, 5, 2) * scale, states)


def _as_in_scenes(boxes: NDArray[np.float32], states: NDArray[np.int64]) -> NDArray[np.float32]:
    """YuNet's boxes in the convention of the scenes."""
    moved = boxes.copy()
    height = boxes[:, 3] - boxes[:, 1]
    moved[:, 1] += height * np.array([_SHIFT_DOWN[int(s)][0] for s in states], np.float32)
    moved[:, 3] += height * np.array([_SHIFT_DOWN[int(s)][1] for s in states], np.float32)
    return moved


def _crop(root: Path, row: Row, yunet: Detector) -> Labelled | None:
    """A crop in which YuNet finds exactly one face."""
    picture, _ = _read(root / row["file"])
    found = yunet.find(picture)
    if len(found) != 1:
        return None
    states = np.array([STATES.index(row["mask"])], np.int64)
    return Labelled(picture, _as_in_scenes(found.boxes, states), found.landmarks, states)


def _hide(picture: NDArray[np.uint8], rows: list[Row], scale: float) -> None:
    """Blur doubtful detections beyond recognition."""
    height, width = picture.shape[:2]
    for row in rows:
        x1, y1, x2, y2 = (float(row[k]) * scale for k in ("x1", "y1", "x2", "y2"))
        left, top = max(0, int(x1) - 2), max(0, int(y1) - 2)
        right, bottom = min(width, int(x2) + 3), min(height, int(y2) + 3)
        if right - left > 2 and bottom - top > 2:
            area = picture[top:bottom, left:right]
            area[:] = cv2.GaussianBlur(area, (0, 0), max(right - left, bottom - top) / 4)
