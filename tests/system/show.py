"""Which photographs stand before the gates, who is on them, and how warm they are: chosen by a fixed seed."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from contract.verdicts import Mask, Verdict
from models.evaluation.labels import STATES, Labels, read_labels

SEED = 20200217
PICTURES = 200
FEWEST_OF_A_CLASS = 45
GATE_SHARE = 0.1
"""Of the picture's height: a face so high is near enough to be screened."""
EVERY_WARM = 5
"""Of the masked, one in so many is warm."""
NORMAL_C, WARM_C = (36.2, 36.9), (38.0, 38.6)


@dataclass(frozen=True)
class Person:
    """The one face of a photograph: box in the file's pixels, how the mask is worn, core temperature."""

    file: Path
    box: tuple[float, float, float, float]
    mask: Mask
    core_c: float

    @property
    def warm(self) -> bool:
        return self.core_c >= WARM_C[0]

    @property
    def due(self) -> Verdict:
        """What has to become of this person."""
        match self.mask:
            case Mask.ABSENT:
                return Verdict.PUT_ON_MASK
            case Mask.WORN_WRONG:
                return Verdict.FIX_MASK
            case Mask.WORN:
                return Verdict.RECHECK if self.warm else Verdict.PASS
            case Mask.UNSURE:
                raise ValueError("no label says unsure")

    @property
    def kind(self) -> str:
        """For tables."""
        return f"{self.mask.value}, warm" if self.warm else self.mask.value


def people(faces: Path) -> list[Person]:
    """PICTURES of the scenes kept for judging, in the order they are shown. `faces` is that folder of the reference data."""
    rng = np.random.default_rng(SEED)
    labels = [one for one in read_labels(faces / "manifest.csv", faces, under="scenes_eval/") if _near(one, faces)]
    order = [labels[index] for index in rng.permutation(len(labels))]
    chosen = _chosen(order)
    chosen = [chosen[index] for index in rng.permutation(len(chosen))]
    warm = [one for one in chosen if STATES[one.states[0]] == Mask.WORN][::EVERY_WARM]
    warm_files = {one.file for one in warm}
    return [_person(one, one.file in warm_files, rng) for one in chosen]


def _chosen(order: list[Labels]) -> list[Labels]:
    """Classes as they come, but at least so many of each."""
    classes = [[one for one in order if one.states[0] == state] for state in range(len(STATES))]
    first = [one for members in classes for one in members[:FEWEST_OF_A_CLASS]]
    files = {one.file for one in first}
    return [*first, *(one for one in order if one.file not in files)][:PICTURES]


def _near(labels: Labels, faces: Path) -> bool:
    """Whether there is exactly one face, and it is large enough."""
    if len(labels.states) != 1:
        return False
    height_px = _heights_px(faces)[labels.file.relative_to(faces).as_posix()]
    return bool(labels.boxes[0][3] - labels.boxes[0][1] >= GATE_SHARE * height_px)


_known: dict[Path, dict[str, float]] = {}


def _heights_px(faces: Path) -> dict[str, float]:
    if faces not in _known:
        with (faces / "manifest.csv").open(newline="", encoding="utf-8") as lines:
            _known[faces] = {row["file"]: float(row["height"]) for row in csv.DictReader(lines)}
    return _known[faces]


def _person(labels: Labels, warm: bool, rng: np.random.Generator) -> Person:
    x1, y1, x2, y2 = (float(edge) for edge in labels.boxes[0])
    core_c = round(float(rng.uniform(*(WARM_C if warm else NORMAL_C))), 2)
    return Person(labels.file, (x1, y1, x2, y2), Mask(STATES[labels.states[0]]), core_c)


def write_manifest(people: list[Person], path: Path) -> Path:
    """What the scene of photographs reads."""
    with path.open("w", newline="", encoding="utf-8") as text:
        rows = csv.writer(text)
        rows.writerow(("file", "x1", "y1", "x2", "y2", "mask", "core_c"))
        rows.writerows((one.file.absolute(), *one.box, one.mask.value, one.core_c) for one in people)
    return path
