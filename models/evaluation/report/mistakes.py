"""The worst mistakes with a small picture of each: what the eye was surest of, and wrong."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from models.evaluation.answers import CALLED, MISSED, SCORE, Faces, answers
from models.evaluation.bands import GATE
from models.evaluation.judged import Judged, read_picture
from models.evaluation.labels import STATES
from models.evaluation.metrics import FOUND_IOU, iou_table
from models.evaluation.report.look import WORDS

MOST: Final = 12
SIDE_PX: Final = 168
_MARGIN, _QUALITY = 0.45, 82


@dataclass(frozen=True, slots=True)
class Mistake:
    """One face.

    Attributes:
        picture: it lies in.
        box: (4,), pixels.
        words: what the eye said.
    """

    picture: Judged
    box: NDArray[np.float32]
    words: str


def worst(pictures: Sequence[Judged], faces: Faces, worn_probability: float) -> dict[str, list[Mistake]]:
    """By kind, the worst kind first, the surest first."""
    called = answers(faces, worn_probability)
    # How sure it was; of those it did not see at all the nearest is the worst.
    sure = np.where(faces.found, faces.mask.max(1), _height_shares(pictures, faces))
    kinds = {
        "Absent, called worn": faces.of("absent") & (called == 1),
        "Worn wrong, called worn": faces.of("worn_wrong") & (called == 1),
        "Worn, refused": faces.of("worn") & ((called == 0) | (called == 2)),
        "Left unsure": called == CALLED.index("unsure"),
        "Missed": called == MISSED,
    }
    return {
        **{name: _first(pictures, faces, np.flatnonzero(which), sure, called) for name, which in kinds.items()},
        "Boxes where no face is labelled": _false_alarms(pictures),
    }


def _first(
    pictures: Sequence[Judged], faces: Faces, which: NDArray[np.intp], sure: NDArray[np.float64], called: NDArray[np.int64]
) -> list[Mistake]:
    mistakes = []
    for index in which[np.argsort(-sure[which], kind="stable")][:MOST]:
        picture = pictures[faces.picture[index]]
        said = ", ".join(f"{WORDS[state]} {value:.2f}" for state, value in zip(STATES, faces.mask[index], strict=True))
        truly = f"truly {WORDS[STATES[faces.states[index]]]}"
        words = truly if called[index] == MISSED else f"{truly}; said {said}"
        mistakes.append(Mistake(picture, picture.truth[faces.face[index]], words))
    return mistakes


def _height_shares(pictures: Sequence[Judged], faces: Faces) -> NDArray[np.float64]:
    """Of the picture's height, each face, (n,)."""
    boxes = ((pictures[picture], face) for picture, face in zip(faces.picture, faces.face, strict=True))
    return np.array([(one.truth[face, 3] - one.truth[face, 1]) / one.height_px for one, face in boxes], np.float64)


def _false_alarms(pictures: Sequence[Judged]) -> list[Mistake]:
    found: list[tuple[float, Mistake]] = []
    for picture in pictures:
        alone = (picture.scores >= SCORE) & GATE.holds(picture.boxes, picture.height_px)
        alone &= ~(iou_table(picture.boxes, picture.truth) >= FOUND_IOU).any(1)
        for index in np.flatnonzero(alone):
            words = f"{WORDS[STATES[picture.states[index]]]}, face score {picture.scores[index]:.2f}"
            found.append((float(picture.scores[index]), Mistake(picture, picture.boxes[index], words)))
    return [mistake for _, mistake in sorted(found, key=lambda one: -one[0])[:MOST]]


def thumbnail(mistake: Mistake) -> str:
    """The face with some of what is around it and its box, as a data address of a JPEG. Raises PictureError."""
    picture = read_picture(mistake.picture.file)
    height, width = picture.shape[:2]
    x1, y1, x2, y2 = mistake.box.tolist()
    half = max(x2 - x1, y2 - y1) * (0.5 + _MARGIN)
    left, top = max(0, int((x1 + x2) / 2 - half)), max(0, int((y1 + y2) / 2 - half))
    right, bottom = min(width, int((x1 + x2) / 2 + half) + 1), min(height, int((y1 + y2) / 2 + half) + 1)
    part = picture[top:bottom, left:right]
    if part.size == 0:
        part = np.full((8, 8, 3), 200, np.uint8)
    scale = SIDE_PX / max(part.shape[:2])
    size = (max(1, round(part.shape[1] * scale)), max(1, round(part.shape[0] * scale)))
    small = cv2.resize(part, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    first, last = ((round((x - left) * scale), round((y - top) * scale)) for x, y in ((x1, y1), (x2, y2)))
    cv2.rectangle(small, first, last, (0, 94, 213), 1, cv2.LINE_AA)
    _, coded = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return "data:image/jpeg;base64," + base64.b64encode(coded.tobytes()).decode("ascii")
