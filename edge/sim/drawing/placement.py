"""Where a mask sits on a face: a frame from five landmarks, and an outline for each way to wear it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from contract.verdicts import Mask
from edge.sim.drawing.canvas import Points


class Placement(StrEnum):
    """Ways to wear a mask."""

    WORN = "worn"
    UNDER_NOSE = "under_nose"
    ON_CHIN = "on_chin"
    ONE_EAR = "one_ear"
    FOREHEAD = "forehead"


STATE_OF: Final[dict[Placement, Mask]] = {
    Placement.WORN: Mask.WORN,
    Placement.UNDER_NOSE: Mask.WORN_WRONG,
    Placement.ON_CHIN: Mask.WORN_WRONG,
    Placement.ONE_EAR: Mask.WORN_WRONG,
    Placement.FOREHEAD: Mask.WORN_WRONG,
}


@dataclass(frozen=True, slots=True)
class FaceFrame:
    """Affine frame of a face in a picture. v runs from the eyes (0) to the mouth (1); s runs from cheek (-1) to cheek (1).

    Attributes:
        eyes_px: point between the eyes, (2,).
        across, down: unit vectors in the picture, (2,).
        unit_px: distance from eyes to mouth.
        middle, half_width: of the face across, in units.
        nose_u, nose_v: the nose tip, in units; nose_u away from the middle is yaw.
        chin_v: the chin, in units.
    """

    eyes_px: NDArray[np.float64]
    across: NDArray[np.float64]
    down: NDArray[np.float64]
    unit_px: float
    middle: float
    half_width: float
    nose_u: float
    nose_v: float
    chin_v: float

    @classmethod
    def of_face(cls, landmarks: NDArray[np.floating], box: NDArray[np.floating], *, turned: bool = False) -> "FaceFrame | None":
        """Frame from landmarks (5, 2) and box (x1, y1, x2, y2) in pixels; None for a profile or impossible points.

        `turned` accepts three-quarter views too.
        """
        points, edges = np.asarray(landmarks, np.float64), np.asarray(box, np.float64)
        eyes, mouth = points[:2].mean(0), points[3:].mean(0)
        unit = float(np.linalg.norm(mouth - eyes))
        if unit < 3.0:
            return None
        down = (mouth - eyes) / unit
        across = np.array([down[1], -down[0]])
        gap = float((points[1] - points[0]) @ across) / unit
        nose_u, nose_v = float((points[2] - eyes) @ across) / unit, float((points[2] - eyes) @ down) / unit
        narrowest, farthest = (0.3, 0.75) if turned else (0.55, 0.45)
        if gap < narrowest or abs(nose_u) > farthest or not 0.25 < nose_v < 0.95:
            return None
        centre, bottom = (edges[:2] + edges[2:]) / 2, np.array([(edges[0] + edges[2]) / 2, edges[3]])
        return cls(
            eyes_px=eyes,
            across=across,
            down=down,
            unit_px=unit,
            middle=float(np.clip((centre - eyes) @ across / unit, -0.3, 0.3)),
            half_width=float(np.clip((edges[2] - edges[0]) / 2 / unit, 0.85, 1.3)),
            nose_u=nose_u,
            nose_v=nose_v,
            chin_v=float(np.clip((bottom - eyes) @ down / unit, 1.45, 1.95)),
        )

    def to_px(self, outline: Points) -> Points:
        """(s, v) points, shape (n, 2), to picture pixels; the middle of the face follows the nose."""
        s, v = outline[:, 0], outline[:, 1]
        u = self.middle + s * self.half_width + (self.nose_u - self.middle) * np.clip(1.0 - s**2, 0.0, 1.0)
        return self.eyes_px + self.unit_px * (u[:, None] * self.across + v[:, None] * self.down)


def outline_of(placement: Placement, frame: FaceFrame, rng: np.random.Generator) -> Points:
    """Control points of the mask in (s, v), closed, clockwise from the top middle."""
    if placement is Placement.ONE_EAR:
        return _hanging(frame, rng)
    half = np.array(_right_half(placement, frame.nose_v, frame.chin_v, rng), float)
    whole = np.vstack([half, half[-2:0:-1] * (-1.0, 1.0)])
    whole[:, 1] += float(rng.normal(0, 0.03)) * whole[:, 0]
    return np.asarray(whole + rng.normal(0, 0.018, whole.shape), np.float64)


def _right_half(placement: Placement, nose: float, chin: float, rng: np.random.Generator) -> list[tuple[float, float]]:
    """From the top middle round the cheek to the bottom middle; `nose` and `chin` in v."""
    match placement:
        case Placement.WORN:
            top = float(rng.uniform(0.18, 0.38))
            upper = [(0, top), (0.3, top + 0.1), (0.7, top + 0.2), (0.95, top + 0.3)]
            return [*upper, (0.97, 0.85), (0.86, 1.2), (0.55, chin - 0.1), (0, chin + 0.05)]
        case Placement.UNDER_NOSE:
            top = nose + float(rng.uniform(0.02, 0.22))
            upper = [(0, top), (0.35, top), (0.7, top - 0.06), (0.95, top - 0.12)]
            return [*upper, (0.97, 0.95), (0.86, 1.3), (0.55, chin), (0, chin + 0.1)]
        case Placement.ON_CHIN:
            top, reach = float(rng.uniform(1.16, 1.42)), float(rng.uniform(0.12, 0.4))
            upper = [(0, top), (0.4, top - 0.04), (0.75, top - 0.2), (0.96, top - 0.5)]
            return [*upper, (0.98, top - 0.2), (0.9, chin - 0.25), (0.6, chin + reach * 0.7), (0, chin + reach)]
        case Placement.FOREHEAD | Placement.ONE_EAR:
            low = float(rng.uniform(-0.42, -0.25))
            upper = [(0, low - 0.6), (0.5, low - 0.56), (0.8, low - 0.36)]
            return [*upper, (0.9, low - 0.1), (0.6, low + 0.02), (0, low + 0.05)]


def _hanging(frame: FaceFrame, rng: np.random.Generator) -> Points:
    """A mask dangling from one ear, beside the mouth."""
    side = float(rng.choice((-1.0, 1.0)))
    inner, top = float(rng.uniform(0.1, 0.5)), float(rng.uniform(0.35, 0.6))
    low = frame.chin_v + float(rng.uniform(-0.1, 0.3))
    points = [
        (1.0, top),
        (inner + 0.15, top + 0.25),
        (inner, 0.5 * (top + low)),
        (inner + 0.2, low),
        (0.95, low - 0.1),
        (1.15, 0.5 * (top + low)),
    ]
    return np.array(points) * (side, 1.0) + rng.normal(0, 0.03, (6, 2))
