"""What an eye saw in labelled pictures, kept beside the truth: everything else is counted from these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.vision.detector import Detections
from models.evaluation.errors import LabelsError, PictureError
from models.evaluation.labels import Labels

SCORE_FLOOR: Final = 0.02
"""Boxes below it are not even counted as false alarms of a precision curve."""


class Eye(Protocol):
    """Ours or a peer's. A peer without `worn_wrong` gives it the probability 0."""

    def find(self, picture: NDArray[np.uint8]) -> Detections:
        """All faces of a BGR picture (h, w, 3)."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One picture: the truth and what was found.

    Attributes:
        height_px: of the picture.
        truth, truth_states: boxes (n, 4) and index into STATES (n,).
        boxes, scores: of the detections, (m, 4) and (m,), best first, from SCORE_FLOOR on.
        mask: (m, 3), the probabilities of absent, worn and worn_wrong.
        file, source: of the picture.
    """

    height_px: int
    truth: NDArray[np.float32]
    truth_states: NDArray[np.int64]
    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    mask: NDArray[np.float32]
    file: Path = Path()
    source: str = ""

    @property
    def states(self) -> NDArray[np.int64]:
        """The likeliest state of each detection, (m,)."""
        return self.mask.argmax(1) if len(self.mask) else np.empty(0, np.int64)


def read_picture(file: Path) -> NDArray[np.uint8]:
    """A BGR picture.

    Raises:
        PictureError: it is not there or cannot be decoded.
    """
    picture = cv2.imread(str(file), cv2.IMREAD_COLOR)
    if picture is None:
        what = "this is no picture that can be read" if file.is_file() else "the picture is not there"
        raise PictureError(what, where=str(file), remedy="Give the folder the names of the manifest start from as --root")
    return np.asarray(picture, np.uint8)


def judge_all(eyes: Mapping[str, Eye], labels: Labels) -> dict[str, Judged]:
    """Show one picture to every eye.

    Raises:
        PictureError: it cannot be read.
        LabelsError: a true box lies outside it.
    """
    picture = read_picture(labels.file)
    height, width = picture.shape[:2]
    if len(labels.boxes) and (labels.boxes[:, :2] >= (width, height)).any():
        what = f"a labelled face lies outside this picture of {width}x{height} pixels"
        raise LabelsError(what, where=str(labels.file), remedy="Give pixels of the picture as it is stored")
    seen = {name: eye.find(picture) for name, eye in eyes.items()}
    return {
        name: Judged(height, labels.boxes, labels.states, one.boxes, one.scores, one.mask, labels.file, labels.source)
        for name, one in seen.items()
    }


def judge(eye: Eye, labels: Labels) -> Judged:
    """Show one picture to one eye. Raises what `judge_all` does."""
    return judge_all({"": eye}, labels)[""]
