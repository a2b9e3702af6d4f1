"""A picture with its faces, as the training code passes it around."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

ABSENT, WORN, WORN_WRONG = 0, 1, 2
STATES = ("absent", "worn", "worn_wrong")
_SWAPPED = [1, 0, 2, 4, 3]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One picture and its faces.

    Attributes:
        picture: (h, w, 3) uint8 BGR.
        boxes: (n, 4) float32 x1, y1, x2, y2, pixels.
        landmarks: (n, 5, 2) float32, pixels; NaN where unknown.
        states: (n,) int64 index into STATES.
    """

    picture: NDArray[np.uint8]
    boxes: NDArray[np.float32]
    landmarks: NDArray[np.float32]
    states: NDArray[np.int64]

    def moved(self, matrix: NDArray[np.float64], picture: NDArray[np.uint8]) -> "Labelled":
        """The faces after an affine map (2, 3) that gave `picture`; a turned box keeps its size."""
        scale = float(np.sqrt(abs(np.linalg.det(matrix[:, :2]))))
        centre = (self.boxes[:, :2] + self.boxes[:, 2:]) / 2 @ matrix[:, :2].T + matrix[:, 2]
        half = (self.boxes[:, 2:] - self.boxes[:, :2]) / 2 * scale
        marks = self.landmarks @ matrix[:, :2].T + matrix[:, 2]
        boxes = np.concatenate([centre - half, centre + half], 1).astype(np.float32)
        return Labelled(picture, boxes, marks.astype(np.float32), self.states)

    def only(self, keep: NDArray[np.bool_] | NDArray[np.intp]) -> "Labelled":
        """The same picture with some of its faces."""
        return replace(self, boxes=self.boxes[keep], landmarks=self.landmarks[keep], states=self.states[keep])

    def flipped(self) -> "Labelled":
        """Mirrored left to right."""
        width = self.picture.shape[1]
        boxes = np.stack([width - self.boxes[:, 2], self.boxes[:, 1], width - self.boxes[:, 0], self.boxes[:, 3]], 1)
        marks = self.landmarks[:, _SWAPPED] * np.array((-1, 1), np.float32) + np.array((width, 0), np.float32)
        return Labelled(np.ascontiguousarray(self.picture[:, ::-1]), boxes.astype(np.float32), marks, self.states)


def joined(parts: list[Labelled], picture: NDArray[np.uint8]) -> Labelled:
    """All faces of the parts, on one picture."""
    if not parts:
        return Labelled(picture, np.zeros((0, 4), np.float32), np.zeros((0, 5, 2), np.float32), np.zeros(0, np.int64))
    return Labelled(
        picture,
        np.concatenate([p.boxes for p in parts]),
        np.concatenate([p.landmarks for p in parts]),
        np.concatenate([p.states for p in parts]),
    )
