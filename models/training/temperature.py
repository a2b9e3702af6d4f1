"""One number that makes the mask probabilities mean what they say (temperature scaling, Guo et al. 2017)."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from edge.vision.detector import Detector
from edge.vision.network import Network
from models.evaluation.metrics import iou_table
from models.training.labelled import Labelled

_WIDTH_PX, _HEIGHT_PX, _IOU = 416, 320, 0.5
_TRIED = np.geomspace(0.4, 4.0, 361)


def answers(file: Path, pictures: Iterable[Labelled]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """What the network in `file` says of every labelled face it finds: probabilities (n, 3) and true states (n,)."""
    detector = Detector(Network(file), _WIDTH_PX, _HEIGHT_PX)
    said, truth = [np.zeros((0, 3), np.float32)], [np.zeros(0, np.int64)]
    for picture in pictures:
        found = detector.find(picture.picture)
        overlap = iou_table(picture.boxes, found.boxes)
        for face in np.flatnonzero(overlap.max(1, initial=0.0) >= _IOU):
            said.append(found.mask[int(overlap[face].argmax())][None])
            truth.append(picture.states[face : face + 1])
    return np.concatenate(said), np.concatenate(truth)


def best_temperature(said: NDArray[np.float32], truth: NDArray[np.int64]) -> float:
    """The divisor of the logits under which the true states are likeliest; 1 where there is nothing to learn from."""
    if len(truth) == 0:
        return 1.0
    logits = np.log(np.maximum(said.astype(np.float64), 1e-9))
    return float(_TRIED[int(np.argmin([_unlikelihood(logits / t, truth) for t in _TRIED]))])


def _unlikelihood(logits: NDArray[np.float64], truth: NDArray[np.int64]) -> float:
    """Mean negative log likelihood; every state weighs the same, however many faces it has."""
    total = np.log(np.exp(logits - logits.max(1, keepdims=True)).sum(1)) + logits.max(1)
    loss = total - logits[np.arange(len(truth)), truth]
    return float(np.mean([loss[truth == state].mean() for state in np.unique(truth)]))
