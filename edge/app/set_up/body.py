"""Where the reference body is, near a place that somebody touched in the thermal picture, and whether it can be believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from edge.config.thermometry import ReferenceConfig, SensorConfig
from edge.vision.reference_body import ReferenceBody, ReferenceSeen
from edge.vision.reference_search import search

AROUND_PX: Final = 18
"""A finger on a phone is a tenth of the picture's width."""
FEWEST: Final = 8
"""Pictures: in fewer a person who stands still cannot be told from a thing."""
_NOBODY: Final[NDArray[np.float64]] = np.empty((0, 4))


@dataclass(frozen=True, slots=True)
class Touched:
    """What is there.

    Attributes:
        body: the settings' body moved to what was found; as it was where nothing was.
        raw_c: what the sensor reads on it, degrees Celsius; NaN where nothing was found.
        why: why it cannot be believed, in words; None where it can.
    """

    body: ReferenceConfig
    raw_c: float
    why: str | None


def touched(
    pictures: Sequence[NDArray[np.float32]], place: tuple[float, float], body: ReferenceConfig, sensor: SensorConfig
) -> Touched:
    """Look around `place` (row, col) in upright pictures (rows, cols), degrees Celsius, spread over a second or more."""
    rows, cols = pictures[0].shape
    top, left = (max(0, round(at) - AROUND_PX) for at in place)
    bottom, right = min(rows, round(place[0]) + AROUND_PX + 1), min(cols, round(place[1]) + AROUND_PX + 1)
    found = search([picture[top:bottom, left:right] for picture in pictures])
    if found is None:
        moved = body.model_copy(update={"row": round(place[0], 1), "col": round(place[1], 1)})
        return Touched(moved, float("nan"), _doubt(pictures, moved, sensor) or "nothing even, round and warm is there")
    place_told = {"row": round(found.row + top, 1), "col": round(found.col + left, 1)}
    moved = body.model_copy(update={**place_told, "radius_px": round(max(1.5, found.radius_px), 1)})
    return Touched(moved, found.raw_c, _doubt(pictures, moved, sensor))


def _doubt(pictures: Sequence[NDArray[np.float32]], body: ReferenceConfig, sensor: SensorConfig) -> str | None:
    """What the gate will say of it, by the gate's own eye."""
    eye = ReferenceBody(body, sensor)
    *_, seen = (eye.look(picture, _NOBODY, float(number)) for number, picture in enumerate(pictures))
    return None if isinstance(seen, ReferenceSeen) else seen.why
