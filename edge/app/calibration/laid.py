"""The last pictures of a calibration, and the thermal one laid over the other by what was found."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np

from edge.kiosk.technician.drawn import Laid, Outline, alone, colour, shades, span_c
from edge.vision.colour.source import Shot
from edge.vision.registration import USUAL_M
from edge.vision.thermal.source import RawThermal
from edge.vision.thermal_frame import from_counts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from edge.app.calibration.pictures import Picture
    from edge.vision.calibration.solution import Solution
    from edge.vision.two_cameras import TwoCameras

_HALF: Final = 0.5
_KEPT: Final = 24


@dataclass(slots=True)
class Newest:
    """Passes pictures on and keeps the last few of the colour camera and the last thermal one, in memory."""

    shots: deque[Shot] = field(default_factory=lambda: deque(maxlen=_KEPT))
    heat: RawThermal | None = None

    def of(self, pictures: Iterator[Picture]) -> Iterator[Picture]:
        for picture in pictures:
            if isinstance(picture, Shot):
                self.shots.append(picture)
            else:
                self.heat = picture
            yield picture


class _Found:
    """The cameras as a calibration found them, for `Laid`."""

    facts: dict[str, Any] = {}  # noqa: RUF012 nobody asks

    def __init__(self, cameras: TwoCameras, rotate_deg: int) -> None:
        self._cameras, self._rotate_deg = cameras, rotate_deg

    def upright(self, counts: NDArray[np.uint16]) -> NDArray[np.float32]:
        return from_counts(counts, self._rotate_deg, taken_s=0.0).celsius

    def mapped(self, points: NDArray[np.float64], depth_m: float | None) -> NDArray[np.float64]:
        return self._cameras.points(points, USUAL_M if depth_m is None else depth_m)


def jpegs(newest: Newest, found: Solution, rotate_deg: int) -> list[tuple[bytes, str]]:
    """Both pictures of one moment and one laid over the other, with words; empty where a camera gave none."""
    if not newest.shots or newest.heat is None:
        return []
    moment_s = newest.heat.taken_s - (found.lag_s or 0.0)
    pixels = min(newest.shots, key=lambda shot: abs(shot.taken_s - moment_s)).pixels
    depth_m = USUAL_M if found.leftover is None else float(found.leftover.depth_m[-1])
    sight = _Found(found.cameras, rotate_deg)
    celsius = sight.upright(newest.heat.counts)
    shade = shades(celsius, *span_c(celsius))
    laid, outline = Laid(sight, (pixels.shape[1], pixels.shape[0])).over(shade, depth_m)
    return [
        (colour(pixels), "Colour, one of the last pictures."),
        (alone(shade), "Thermal, of the same moment by the delay that was found."),
        (colour(_mixed(pixels, laid, outline)), f"The thermal one laid over the colour one for {depth_m:.2f} m, as was found."),
    ]


def _mixed(pixels: NDArray[np.uint8], laid: bytes, outline: Outline) -> NDArray[np.uint8]:
    """Half and half where the thermal picture reaches, at its size."""
    over = np.asarray(cv2.imdecode(np.frombuffer(laid, np.uint8), cv2.IMREAD_COLOR), np.uint8)
    high, wide = over.shape[:2]
    small = np.asarray(cv2.resize(pixels, (wide, high), interpolation=cv2.INTER_AREA), np.uint8)
    inside = np.zeros((high, wide), np.uint8)
    if outline:
        cv2.fillPoly(inside, [np.array([(x * wide, y * high) for x, y in outline], np.int32)], 1)
    both = np.asarray(cv2.addWeighted(small, _HALF, over, _HALF, 0.0), np.uint8)
    return np.where(inside[..., None] == 1, both, small)
