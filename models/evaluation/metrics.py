"""Average precision of a state. Faces of other sizes are ignored, not failed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.evaluation.bands import GATE, Band
from models.evaluation.judged import Judged

BOX_IOU: Final = 0.5
"""Judges the box."""
FOUND_IOU: Final = 0.35
"""Judges whether a face was found at all: the sets' boxes differ in whether they hold forehead and ears."""


def iou_table(a: NDArray[np.float32], b: NDArray[np.float32]) -> NDArray[np.float32]:
    """Intersection over union of every box of a (n, 4) with every box of b (m, 4): (n, m)."""
    low, high = np.maximum(a[:, None, :2], b[None, :, :2]), np.minimum(a[:, None, 2:], b[None, :, 2:])
    shared = np.prod(np.maximum(high - low, 0), 2)
    area_a, area_b = np.prod(a[:, 2:] - a[:, :2], 1), np.prod(b[:, 2:] - b[:, :2], 1)
    table: NDArray[np.float32] = shared / np.maximum(area_a[:, None] + area_b[None] - shared, 1e-9)
    return table


@dataclass(frozen=True, slots=True)
class Ranked:
    """The detections of one state that count, over all pictures, best first.

    Attributes:
        scores: (m,).
        hits: whether each is a face of that state, (m,).
        picture: index of the picture each lies in, (m,).
        wanted: how many such faces each picture holds, (pictures,).
    """

    scores: NDArray[np.float32]
    hits: NDArray[np.bool_]
    picture: NDArray[np.int64]
    wanted: NDArray[np.int64]

    def curve(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Recall and precision after each detection, the precision made monotone from the right."""
        found = np.cumsum(self.hits)
        precision = found / np.arange(1, len(found) + 1)
        return found / max(1, self.wanted.sum()), np.maximum.accumulate(precision[::-1])[::-1]

    def average_precision(self) -> float:
        """All-point average precision; NaN where there is no such face."""
        if not self.wanted.sum():
            return float("nan")
        recall, precision = self.curve()
        return float(np.sum(np.diff(recall, prepend=0.0) * precision))


def ranked(pictures: Sequence[Judged], state: int | None, iou: float, band: Band = GATE) -> Ranked:
    """The detections whose likeliest state is `state`; None asks for faces, whatever they wear.

    A match needs the same state. A detection that lies on a face of another size, or is itself of another size, counts
    neither way.
    """
    parts = [_outcomes(picture, state, iou, band) for picture in pictures]
    scores = np.concatenate([np.empty(0, np.float32), *[score for score, _, _ in parts]])
    hits = np.concatenate([np.empty(0, np.bool_), *[hit for _, hit, _ in parts]])
    picture = np.repeat(np.arange(len(parts)), [len(score) for score, _, _ in parts])
    order = np.argsort(-scores, kind="stable")
    return Ranked(scores[order], hits[order], picture[order], np.array([count for _, _, count in parts], np.int64))


def average_precision(pictures: Sequence[Judged], state: int | None, iou: float, band: Band = GATE) -> float:
    """All-point AP of one state (None: of faces) over the faces of a band; NaN where the set holds none of it."""
    return ranked(pictures, state, iou, band).average_precision()


def _outcomes(picture: Judged, state: int | None, iou: float, band: Band) -> tuple[NDArray[np.float32], NDArray[np.bool_], int]:
    """Scores and hits of the detections of one state that count, and how many faces there were to find."""
    sized = band.holds(picture.truth, picture.height_px)
    target = sized if state is None else sized & (picture.truth_states == state)
    chosen = np.arange(len(picture.scores)) if state is None else np.flatnonzero(picture.states == state)
    chosen = chosen[np.argsort(-picture.scores[chosen], kind="stable")]
    overlap = iou_table(picture.boxes[chosen], picture.truth)
    fits = band.holds(picture.boxes[chosen], picture.height_px)
    on_ignored = np.any(overlap[:, ~sized] >= iou, axis=1)
    free, counted, hits = target.copy(), [], []
    for row in range(len(chosen)):
        open_to = np.where(free, overlap[row], -1.0)
        best = int(open_to.argmax()) if len(open_to) else -1
        hit = best >= 0 and bool(open_to[best] >= iou)
        if hit:
            free[best] = False
        elif not fits[row] or on_ignored[row]:
            continue
        counted.append(row)
        hits.append(hit)
    return picture.scores[chosen[counted]], np.array(hits, np.bool_), int(target.sum())
