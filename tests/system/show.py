"""Which photographs stand before the gates, who is on them, and how warm they are: chosen by a fixed seed."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from contract.verdicts import Mask, Verdict
from edge.sim.drawing.face import BOX_HALF_WIDTH, BOX_TOP
from edge.sim.stage import USUAL_CHIN

Box = tuple[float, float, float, float]

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
    """The one face of a photograph: hairline to chin in the file's pixels, how the mask is worn, core temperature."""

    file: Path
    box: Box
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


@dataclass(frozen=True)
class Labelled:
    """One picture that shows one face near enough. `eyes` and `mouth` (x, y) are None where no landmarks are known."""

    file: Path
    box: Box
    mask: Mask
    eyes: NDArray[np.float64] | None
    mouth: NDArray[np.float64] | None

    @property
    def head(self) -> Box:
        """The face from hairline to chin, as the simulated world wants it: labels end at the brows here, at the crown there."""
        if self.eyes is None or self.mouth is None:
            return self.box
        unit = float(np.hypot(*(self.mouth - self.eyes)))
        x, y = (float(place) for place in self.eyes)
        return (x - BOX_HALF_WIDTH * unit, y + BOX_TOP * unit, x + BOX_HALF_WIDTH * unit, y + USUAL_CHIN * unit)


def people(faces: Path) -> list[Person]:
    """PICTURES of the scenes kept for judging, in the order they are shown. `faces` is that folder of the reference data."""
    rng = np.random.default_rng(SEED)
    labels = _labels(faces)
    order = [labels[index] for index in rng.permutation(len(labels))]
    chosen = _chosen(order)
    chosen = [chosen[index] for index in rng.permutation(len(chosen))]
    warm = {one.file for one in [one for one in chosen if one.mask is Mask.WORN][::EVERY_WARM]}
    return [
        Person(one.file, one.head, one.mask, round(float(rng.uniform(*(WARM_C if one.file in warm else NORMAL_C))), 2))
        for one in chosen
    ]


def _chosen(order: list[Labelled]) -> list[Labelled]:
    """Classes as they come, but at least so many of each."""
    classes = [[one for one in order if one.mask is mask] for mask in (Mask.ABSENT, Mask.WORN, Mask.WORN_WRONG)]
    first = [one for members in classes for one in members[:FEWEST_OF_A_CLASS]]
    files = {one.file for one in first}
    return [*first, *(one for one in order if one.file not in files)][:PICTURES]


def _labels(faces: Path) -> list[Labelled]:
    """Every picture with exactly one labelled face that is large enough, by name."""
    rows: dict[str, list[dict[str, str]]] = {}
    with (faces / "manifest.csv").open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["file"].startswith("scenes_eval/"):
                rows.setdefault(row["file"], []).append(row)
    return [_labelled(faces, those[0]) for _, those in sorted(rows.items()) if len(those) == 1 and _near(those[0])]


def _near(row: dict[str, str]) -> bool:
    return float(row["y2"]) - float(row["y1"]) >= GATE_SHARE * float(row["height"])


def _labelled(faces: Path, row: dict[str, str]) -> Labelled:
    x1, y1, x2, y2 = (float(row[edge]) for edge in ("x1", "y1", "x2", "y2"))
    eyes, mouth = _middle(row, 0, 1), _middle(row, 3, 4)
    return Labelled(faces / row["file"], (x1, y1, x2, y2), Mask(row["mask"]), eyes, mouth)


def _middle(row: dict[str, str], one: int, other: int) -> NDArray[np.float64] | None:
    """The point between two landmarks."""
    if not row["lm0x"]:
        return None
    return np.array([(float(row[f"lm{one}{axis}"]) + float(row[f"lm{other}{axis}"])) / 2 for axis in "xy"])


def write_manifest(people: list[Person], path: Path) -> Path:
    """What the scene of photographs reads."""
    with path.open("w", newline="", encoding="utf-8") as text:
        rows = csv.writer(text)
        rows.writerow(("file", "x1", "y1", "x2", "y2", "mask", "core_c"))
        rows.writerows((one.file.absolute(), *one.box, one.mask.value, one.core_c) for one in people)
    return path
