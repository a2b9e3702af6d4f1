"""Average precision a state, and what was called what. Small faces are ignored, not failed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.evaluation.labels import STATES

GATE_SHARE = 0.10
MISSED = len(STATES)


@dataclass(frozen=True, slots=True)
class Judged:
    """One picture: the truth and what was found.

    Attributes:
        height_px: of the picture.
        truth, truth_states: (n, 4) and (n,).
        boxes, scores, states: of the detections, (m, 4), (m,), (m,), best first, from a score floor of 0.02.
    """

    height_px: int
    truth: NDArray[np.float32]
    truth_states: NDArray[np.int64]
    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    states: NDArray[np.int64]


def iou_table(a: NDArray[np.float32], b: NDArray[np.float32]) -> NDArray[np.float32]:
    """Intersection over union of every box of a (n, 4) with every box of b (m, 4): (n, m)."""
    low, high = np.maximum(a[:, None, :2], b[None, :, :2]), np.minimum(a[:, None, 2:], b[None, :, 2:])
    shared = np.prod(np.maximum(high - low, 0), 2)
    area_a, area_b = np.prod(a[:, 2:] - a[:, :2], 1), np.prod(b[:, 2:] - b[:, :2], 1)
    table: NDArray[np.float32] = shared / np.maximum(area_a[:, None] + area_b[None] - shared, 1e-9)
    return table


def average_precision(pictures: list[Judged], state: int, iou: float, gate_share: float = GATE_SHARE) -> float:
    """All-point AP of one state over gate faces; NaN where the set holds none of it.

    A match needs the same state. A detection that lies on a smaller face, or is itself too small, counts neither way.
    """
    outcomes = [_outcomes(picture, state, iou, gate_share) for picture in pictures]
    scores = np.concatenate([score for score, _, _ in outcomes])
    hits = np.concatenate([hit for _, hit, _ in outcomes])
    wanted = sum(count for _, _, count in outcomes)
    if wanted == 0:
        return float("nan")
    order = np.argsort(-scores, kind="stable")
    found = np.cumsum(hits[order])
    precision = found / np.arange(1, len(found) + 1)
    precision = np.maximum.accumulate(precision[::-1])[::-1]
    recall = found / wanted
    return float(np.sum(np.diff(recall, prepend=0.0) * precision))


def _outcomes(picture: Judged, state: int, iou: float, gate_share: float) -> tuple[NDArray[np.float32], NDArray[np.bool_], int]:
    """Scores and hits of the detections of one state that count, and how many faces there were to find."""
    least = gate_share * picture.height_px
    gate = picture.truth[:, 3] - picture.truth[:, 1] >= least
    target = gate & (picture.truth_states == state)
    chosen = np.flatnonzero(picture.states == state)
    chosen = chosen[np.argsort(-picture.scores[chosen], kind="stable")]
    overlap = iou_table(picture.boxes[chosen], picture.truth)
    tall = picture.boxes[chosen, 3] - picture.boxes[chosen, 1] >= least
    free, scores, hits = target.copy(), [], []
    for row, detection in enumerate(chosen):
        open_to = np.where(free, overlap[row], -1.0)
        best = int(open_to.argmax()) if len(open_to) else -1
        hit = best >= 0 and open_to[best] >= iou
        if hit:
            free[best] = False
        elif not tall[row] or (overlap[row][~gate] >= iou).any():
            continue
        scores.append(picture.scores[detection])
        hits.append(hit)
    return np.array(scores, np.float32), np.array(hits, bool), int(target.sum())


def confusion(pictures: list[Judged], iou: float, score: float = 0.5, gate_share: float = GATE_SHARE) -> NDArray[np.int64]:
    """Gate faces by true state (rows) and by what they were called (columns: the three states, missed): (3, 4)."""
    table = np.zeros((len(STATES), len(STATES) + 1), np.int64)
    for picture in pictures:
        gate = picture.truth[:, 3] - picture.truth[:, 1] >= gate_share * picture.height_px
        sure = picture.scores >= score
        overlap = iou_table(picture.truth[gate], picture.boxes[sure])
        for row, state in enumerate(picture.truth_states[gate]):
            best = int(overlap[row].argmax()) if overlap.shape[1] else -1
            called = picture.states[sure][best] if best >= 0 and overlap[row, best] >= iou else MISSED
            table[state, called] += 1
    return table


def rate(table: NDArray[np.int64], truth: str, called: str) -> float:
    """Share of the faces of one true state that were called another; missed faces stay in the denominator."""
    row = table[STATES.index(truth)]
    return float(row[STATES.index(called)] / row.sum()) if row.sum() else float("nan")


def found_share(table: NDArray[np.int64]) -> float:
    """Gate faces not missed."""
    return float(table[:, :MISSED].sum() / table.sum()) if table.sum() else float("nan")
