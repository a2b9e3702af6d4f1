"""Finds every face of a picture with its landmarks and mask state in one pass of the network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from contract.verdicts import Mask
from edge.vision.letterbox import Letterbox
from edge.vision.model_file import CHANNELS, open_model

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from edge.vision.network import Network

MASK_ORDER: Final = (Mask.ABSENT, Mask.WORN, Mask.WORN_WRONG)
STRIDES_PX: Final = (8, 16, 32)
_COLOURS = (3,)
_MOST_FACES = 400
_OVERLAP = 0.4
_LARGEST_EXPONENT, _SMALLEST_EXPONENT = 6.0, -6.0


@dataclass(frozen=True, slots=True)
class Detections:
    """The faces of one picture, best first.

    Attributes:
        boxes: (n, 4) float32, x1, y1, x2, y2 in picture pixels; may reach outside the picture.
        scores: (n,) float32, 0..1, how sure it is a face.
        landmarks: (n, 5, 2) float32, picture pixels: right eye, left eye, nose, right and left mouth corner.
        mask: (n, 3) float32 probabilities in the order absent, worn, worn_wrong.
    """

    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    landmarks: NDArray[np.float32]
    mask: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.scores)

    def state(self, index: int) -> Mask:
        """The likeliest mask state of one face in this single frame; never UNSURE."""
        return MASK_ORDER[int(self.mask[index].argmax())]


class Detector:
    """The eye. One picture at a time; not for two threads at once."""

    def __init__(self, network: Network, input_width: int, input_height: int, score_floor: float = 0.5) -> None:
        """Use `open` for a model of the manifest; this one takes a network that is already loaded."""
        self._network = network
        self._letterbox = Letterbox(input_width, input_height)
        self.score_floor = score_floor
        _, _, height, width = self._letterbox.tensor.shape
        self._priors = _prior_points(width, height)
        self._raw = np.empty((len(self._priors), CHANNELS), np.float32)

    @classmethod
    def open(
        cls,
        manifest: Path | None = None,
        *,
        name: str | None = None,
        input_width: int = 416,
        input_height: int = 320,
        score_floor: float = 0.5,
    ) -> Detector:
        """Open a model of the manifest (the shipped one by default) after checking its hash, shapes and classes.

        Raises:
            ModelError: the manifest or the weights are missing, changed, or not what the manifest says.
        """
        return cls(open_model(manifest, name=name), input_width, input_height, score_floor)

    def find(self, picture: NDArray[np.uint8]) -> Detections:
        """All faces of a BGR picture (h, w, 3) at or above the score floor."""
        if picture.shape[2:] != _COLOURS or picture.dtype != np.uint8:
            raise ValueError(f"a picture is (h, w, 3) uint8, got {picture.shape} {picture.dtype}")
        if picture.size == 0:
            return self._decode(np.empty(0, np.intp), np.empty(0, np.float32), 1.0)
        scale = self._letterbox.fit(picture)
        start = 0
        for level in self._network.run(self._letterbox.tensor):
            self._raw[start : start + level.shape[1]] = level[0]
            start += level.shape[1]
        # sqrt is monotone: compare squares, and take the root of the few that pass.
        squared = self._raw[:, 0] * self._raw[:, 1]
        likely = np.flatnonzero(squared >= self.score_floor**2)
        scores = np.sqrt(squared[likely])
        order = np.argsort(-scores, kind="stable")[:_MOST_FACES]
        return self._decode(likely[order], scores[order], scale)

    def _decode(self, rows: NDArray[np.intp], scores: NDArray[np.float32], scale: float) -> Detections:
        """Boxes and points of the chosen priors, without those that overlap a better one."""
        raw, prior = self._raw[rows], self._priors[rows]
        corner, stride = prior[:, :2], prior[:, 2:]
        centre = corner + raw[:, 2:4] * stride
        half = np.exp(np.clip(raw[:, 4:6], _SMALLEST_EXPONENT, _LARGEST_EXPONENT)) * stride * 0.5
        boxes = np.concatenate([centre - half, centre + half], 1)
        kept = suppress(boxes, _OVERLAP)
        points = raw[kept, 6:16].reshape(-1, 5, 2) * stride[kept, None] + corner[kept, None]
        back = np.float32(1.0 / scale)
        return Detections(boxes[kept] * back, scores[kept], points * back, raw[kept, 16:19])


def suppress(boxes: NDArray[np.float32], overlap: float) -> NDArray[np.intp]:
    """Indices of the boxes (n, 4), best first, that overlap no better kept one by more than `overlap` (IoU)."""
    count = len(boxes)
    if count <= 1:
        return np.arange(count)
    x1, y1, x2, y2 = np.ascontiguousarray(boxes.T)
    area = (x2 - x1) * (y2 - y1)
    # Plane by plane and only from the kept ones: at 165 candidates (20 faces) a ninth of the time of corners in pairs.
    wide = np.minimum(x2[:, None], x2) - np.maximum(x1[:, None], x1)
    high = np.minimum(y2[:, None], y2) - np.maximum(y1[:, None], y1)
    shared = np.maximum(wide, 0.0) * np.maximum(high, 0.0)
    clear = ~(shared > overlap * (area[:, None] + area - shared))
    kept: list[np.intp] = []
    left = np.arange(count)
    while len(left):
        best, left = left[0], left[1:]
        kept.append(best)
        left = left[clear[best, left]]
    return np.array(kept, np.intp)


def _prior_points(width_px: int, height_px: int) -> NDArray[np.float32]:
    """(x, y, stride) of every cell's top left corner, level by level, shape (n, 3)."""
    levels = []
    for stride in STRIDES_PX:
        y, x = np.mgrid[0 : height_px // stride, 0 : width_px // stride].astype(np.float32) * stride
        levels.append(np.stack([x.ravel(), y.ravel(), np.full(x.size, stride, np.float32)], 1))
    return np.concatenate(levels)
