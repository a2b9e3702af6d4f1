"""What the gate makes of one picture, as plain values to be drawn, printed and sent to a page."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from contract.verdicts import Mask
from edge.lane.zone import Box
from edge.policy.view import Factor

Point = tuple[float, float]


class Standing(StrEnum):
    """Whether a face stands where it would be judged."""

    NEAR = "near"
    TOO_SMALL = "too_small"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class SeenFace:
    """One face of one picture.

    Attributes:
        track: the tracker's number.
        box: x1, y1, x2, y2 in picture pixels.
        points: five landmarks in picture pixels: right eye, left eye, nose, right and left mouth corner.
        score: how sure it is a face, 0..1.
        probabilities: of absent, worn, worn_wrong in this picture, 0..1.
        mask: the likeliest of them.
        voted: what the frames of the last second or so say together; None for a single picture.
        frames: how many of them.
        height_px, height_share: of the box, in pixels and of the picture's height.
        standing: whether it would be judged.
        quality: what the frame counts in the vote, 0..1.
        limit: what makes the view poor; None where nothing does.
    """

    track: int
    box: Box
    points: tuple[Point, ...]
    score: float
    probabilities: tuple[float, float, float]
    mask: Mask
    voted: Mask | None
    frames: int
    height_px: float
    height_share: float
    standing: Standing
    quality: float
    limit: Factor | None

    @property
    def shown(self) -> Mask:
        """The vote where there is one, else this picture's own answer."""
        return self.mask if self.voted is None else self.voted


@dataclass(frozen=True, slots=True)
class Seen:
    """One picture.

    Attributes:
        faces: best first.
        pass_ms: detection and tracking.
        size: width and height of the picture.
        region: x1, y1, x2, y2 of the part that was looked at.
        verdict, reason: what the visitor would be told if only masks were checked; None where nobody stands there.
        needed_px: height of the smallest face that is near enough.
    """

    faces: tuple[SeenFace, ...]
    pass_ms: float
    size: tuple[int, int]
    region: tuple[int, int, int, int]
    verdict: str | None
    reason: str | None
    needed_px: float

    def as_json(self) -> dict[str, Any]:
        """For a page: rounded, with `shown` beside each face."""
        faces = [{**asdict(face), "shown": face.shown} for face in self.faces]
        return {key: _rounded(value) for key, value in {**asdict(self), "faces": faces}.items()}


def _rounded(value: Any) -> Any:
    match value:
        case float():
            return round(value, 3)
        case dict():
            return {key: _rounded(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_rounded(inner) for inner in value]
        case _:
            return value
