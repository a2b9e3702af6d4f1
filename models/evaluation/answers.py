"""What each true face was called: by the likeliest state, or by the gate's own rule at its threshold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from contract.verdicts import Mask
from edge.policy.vote import answer
from models.evaluation.bands import GATE, Band
from models.evaluation.judged import Judged
from models.evaluation.labels import STATES
from models.evaluation.metrics import BOX_IOU, iou_table

UNSURE, MISSED = len(STATES), len(STATES) + 1
CALLED: Final = (*STATES, "unsure", "missed")
SCORE: Final = 0.5
"""From this face score on, the gate takes a box for a face."""
_INDEX: Final = {Mask.ABSENT: 0, Mask.WORN: 1, Mask.WORN_WRONG: 2, Mask.UNSURE: UNSURE}


@dataclass(frozen=True, slots=True)
class Faces:
    """Every true face of a band, and the detection that answers for it.

    Attributes:
        picture: index of its picture, (n,).
        face: index of the face in that picture, (n,).
        states: index into STATES, (n,).
        found: whether a detection answers for it, (n,).
        mask: (n, 3), the probabilities of that detection; 0 where there is none.
    """

    picture: NDArray[np.int64]
    face: NDArray[np.int64]
    states: NDArray[np.int64]
    found: NDArray[np.bool_]
    mask: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.states)

    def of(self, state: str) -> NDArray[np.bool_]:
        """Which faces truly are in this state."""
        there: NDArray[np.bool_] = self.states == STATES.index(state)
        return there


def faces_of(pictures: Sequence[Judged], iou: float = BOX_IOU, band: Band = GATE, score: float = SCORE) -> Faces:
    """For each face the detection of highest overlap among those from `score` on, if it reaches `iou`."""
    parts = [_answered(index, picture, iou, band, score) for index, picture in enumerate(pictures)]
    rows = np.concatenate([np.empty((0, 7)), *parts])
    index = rows[:, :3].astype(np.int64)
    return Faces(index[:, 0], index[:, 1], index[:, 2], rows[:, 3] > 0, rows[:, 4:7])


def _answered(index: int, picture: Judged, iou: float, band: Band, score: float) -> NDArray[np.float64]:
    """One row a face: picture, face, state, found, three probabilities."""
    chosen = np.flatnonzero(band.holds(picture.truth, picture.height_px))
    sure = picture.scores >= score
    rows = np.zeros((len(chosen), 7))
    rows[:, 0], rows[:, 1], rows[:, 2] = index, chosen, picture.truth_states[chosen]
    if sure.any() and len(chosen):
        overlap = iou_table(picture.truth[chosen], picture.boxes[sure])
        rows[:, 3] = overlap.max(1) >= iou
        rows[:, 4:7] = picture.mask[sure][overlap.argmax(1)] * rows[:, 3:4]
    return rows


def answers(faces: Faces, worn_probability: float | None) -> NDArray[np.int64]:
    """Index into CALLED for each face, (n,); None takes the likeliest state and is never unsure."""
    if worn_probability is None:
        called = faces.mask.argmax(1)
    else:
        words = [_INDEX[answer(absent, worn, wrong, worn_probability)] for absent, worn, wrong in faces.mask.tolist()]
        called = np.array(words, np.int64)
    return np.where(faces.found, called, MISSED)


def confusion(faces: Faces, called: NDArray[np.int64]) -> NDArray[np.int64]:
    """Faces by true state (rows) and by what they were called (columns, CALLED): (3, 5)."""
    table = np.zeros((len(STATES), len(CALLED)), np.int64)
    np.add.at(table, (faces.states, called), 1)
    return table


def rate(table: NDArray[np.int64], truth: str, called: str) -> float:
    """Share of the faces of one true state that were called another; unsure and missed ones stay in the denominator."""
    row = table[STATES.index(truth)]
    return float(row[CALLED.index(called)] / row.sum()) if row.sum() else float("nan")


def unsure_share(table: NDArray[np.int64]) -> float:
    """Share of all faces, missed ones too, that were found and left undecided."""
    return float(table[:, UNSURE].sum() / table.sum()) if table.sum() else float("nan")


def found_share(table: NDArray[np.int64]) -> float:
    """Share of the faces that were not missed."""
    return float(1 - table[:, MISSED].sum() / table.sum()) if table.sum() else float("nan")
