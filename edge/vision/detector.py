"""Finds every face of a picture with its landmarks and mask state in one pass of the network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from contract.verdicts import Mask
from edge.vision.letterbox import Letterbox
from edge.vision.model_file import CHANNELS, open_model
from edge.vision.network import PLAIN, Runner
from edge.vision.suppression import suppress
from edge.vision.view import WHOLE, Region

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from edge.vision.network import Network

MASK_ORDER: Final = (Mask.ABSENT, Mask.WORN, Mask.WORN_WRONG)
STRIDES_PX: Final = (8, 16, 32)
_COLOURS: Final = ((), (1,), (3,))
_MOST_CANDIDATES: Final = 400
_OVERLAP: Final = 0.4
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
    """The eye. One picture at a time; not for two threads at once.

    A pass works in memory that is kept: only what is handed out, and a few kilobytes on the way there, is made anew.
    """

    def __init__(
        self,
        network: Network,
        input_width: int,
        input_height: int,
        score_floor: float = 0.5,
        region: Region = WHOLE,
    ) -> None:
        """Use `open` for a model of the manifest; this one takes a network that is already loaded.

        `region`: the part of every picture that is looked at.
        """
        self._network = network
        self._letterbox = Letterbox(input_width, input_height)
        self._region = region
        self.score_floor = score_floor
        _, _, height, width = self._letterbox.tensor.shape
        self._priors = _prior_points(width, height)
        self._raw = np.empty((len(self._priors), CHANNELS), np.float32)
        self._levels = _by_level(self._raw, width, height)
        network.answer_into(self._letterbox.tensor, self._levels)
        self._squared = np.empty(len(self._priors), np.float32)
        self._likely = np.empty(len(self._priors), np.bool_)
        self._chosen = np.empty((_MOST_CANDIDATES, CHANNELS), np.float32)
        self._at = np.empty((_MOST_CANDIDATES, 3), np.float32)
        self._half = np.empty((_MOST_CANDIDATES, 2), np.float32)
        self._centre = np.empty((_MOST_CANDIDATES, 2), np.float32)
        self._boxes = np.empty((_MOST_CANDIDATES, 4), np.float32)

    @classmethod
    def open(
        cls,
        manifest: Path | None = None,
        *,
        name: str | None = None,
        input_width: int = 416,
        input_height: int = 320,
        score_floor: float = 0.5,
        region: Region = WHOLE,
        runner: Runner = PLAIN,
    ) -> Detector:
        """Open a model of the manifest (the shipped one by default) after checking its hash, shapes, classes and answers.

        Raises:
            ModelError: the manifest or the weights are missing, changed, or not what the manifest says.
        """
        return cls(open_model(manifest, name=name, runner=runner), input_width, input_height, score_floor, region)

    @property
    def input_px(self) -> tuple[int, int]:
        """Width and height of what the network is shown."""
        return self._letterbox.width_px, self._letterbox.height_px

    def find(self, picture: NDArray[np.uint8]) -> Detections:
        """All faces at or above the score floor of a BGR picture (h, w, 3), or a grey one (h, w) or (h, w, 1).

        Raises:
            ValueError: it is no such picture.
            ModelError: the network cannot be run.
        """
        if picture.ndim < 2 or picture.shape[2:] not in _COLOURS or picture.dtype != np.uint8:  # noqa: PLR2004 rows, columns
            raise ValueError(f"a picture is (h, w, 3), (h, w) or (h, w, 1) uint8, got {picture.shape} {picture.dtype}")
        left, top, right, bottom = self._region.pixels(picture.shape[1], picture.shape[0])
        seen = picture[top:bottom, left:right]
        if seen.size == 0:
            return _NOBODY
        scale = self._letterbox.fit(seen)
        levels = self._network.run(self._letterbox.tensor)
        if levels is not self._levels:  # another detector has this network write elsewhere
            for place, level in zip(self._levels, levels, strict=True):
                np.copyto(place, level)
        rows, scores = self._candidates()
        if len(rows) == 0:
            return _NOBODY
        return self._decode(rows, scores, scale, (left, top))

    def _candidates(self) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Priors that may be a face, and how sure each is; of very many the best."""
        # sqrt is monotone: compare squares, and take the root of the few that pass.
        np.multiply(self._raw[:, 0], self._raw[:, 1], out=self._squared)
        (likely,) = np.greater_equal(self._squared, self.score_floor**2, out=self._likely).nonzero()
        if len(likely) > _MOST_CANDIDATES:
            likely = likely[(-self._squared[likely]).argsort(kind="stable")[:_MOST_CANDIDATES]]
        squared = self._squared[likely]
        return likely, np.sqrt(squared, out=squared)

    def _decode(
        self, rows: NDArray[np.intp], scores: NDArray[np.float32], scale: float, corner_px: tuple[int, int]
    ) -> Detections:
        """Boxes and points of the chosen priors, without those that overlap a better one."""
        count = len(rows)
        # mode="clip": every row is there, and numpy writes into `out` directly.
        raw = self._raw.take(rows, 0, self._chosen[:count], "clip")
        prior = self._priors.take(rows, 0, self._at[:count], "clip")
        corner, stride = prior[:, :2], prior[:, 2:]
        boxes = self._corners(raw, corner, stride)
        kept = suppress(boxes, scores, _OVERLAP)
        best = raw[kept]
        back, shift = np.float32(1.0 / scale), np.array(corner_px, np.float32)
        found = boxes[kept].reshape(-1, 2, 2)
        points = best[:, 6:16].reshape(-1, 5, 2) * stride[kept, None] + corner[kept, None]
        found, points = found * back + shift, points * back + shift
        return Detections(found.reshape(-1, 4), scores[kept], points, best[:, 16:19])

    def _corners(self, raw: NDArray[np.float32], corner: NDArray[np.float32], stride: NDArray[np.float32]) -> NDArray[np.float32]:
        """Boxes (n, 4) in tensor pixels, in memory that the next pass writes over."""
        count = len(raw)
        centre, half, boxes = self._centre[:count], self._half[:count], self._boxes[:count]
        np.add(np.multiply(raw[:, 2:4], stride, out=centre), corner, out=centre)
        np.minimum(np.maximum(raw[:, 4:6], _SMALLEST_EXPONENT, out=half), _LARGEST_EXPONENT, out=half)
        np.exp(half, out=half)
        np.multiply(np.multiply(half, stride, out=half), np.float32(0.5), out=half)
        np.subtract(centre, half, out=boxes[:, :2])
        np.add(centre, half, out=boxes[:, 2:])
        return boxes


def _prior_points(width_px: int, height_px: int) -> NDArray[np.float32]:
    """(x, y, stride) of every cell's top left corner, level by level, shape (n, 3)."""
    levels = []
    for stride in STRIDES_PX:
        y, x = np.mgrid[0 : height_px // stride, 0 : width_px // stride].astype(np.float32) * stride
        levels.append(np.stack([x.ravel(), y.ravel(), np.full(x.size, stride, np.float32)], 1))
    return np.concatenate(levels)


def _by_level(raw: NDArray[np.float32], width_px: int, height_px: int) -> list[NDArray[np.float32]]:
    """The parts of `raw` that the network's outputs are, (1, n, channels) each, in the order of `_prior_points`."""
    ends = np.cumsum([(height_px // stride) * (width_px // stride) for stride in STRIDES_PX]).tolist()
    return [raw[None, start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _nobody() -> Detections:
    return Detections(*(np.empty(shape, np.float32) for shape in ((0, 4), (0,), (0, 5, 2), (0, 3))))


_NOBODY: Final = _nobody()
