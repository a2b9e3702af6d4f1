"""Calibrating with a board of ArUco markers that both cameras see: warm where it is black."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from edge.app.calibration.pictures import pictures
from edge.errors import CalibrationError
from edge.vision.calibration.board import find_markers
from edge.vision.calibration.joint import FEWEST_MARKERS, FEWEST_VIEWS, solve_board
from edge.vision.calibration.plane import fit_plane
from edge.vision.colour.source import Shot
from edge.vision.thermal_frame import from_counts
from edge.vision.two_cameras import Lens

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from edge.app.calibration.laid import Newest
    from edge.config import GateConfig
    from edge.vision.calibration.board import Markers
    from edge.vision.calibration.joint import Board
    from edge.vision.calibration.solution import Solution

ENOUGH_VIEWS: Final = 15
_APART_S: Final = 0.15
_MOVED_SHARE: Final = 0.02  # of the picture's width: how far the corners must have gone, root mean square, to be a new position
_LARGEST_RMS_PX: Final = 1.5
_USUAL_FOV_DEG: Final = 60.0


class BoardWatch:
    """Keeps a pair of markers for every new position of the board."""

    def __init__(self, rotate_deg: int) -> None:
        self.views: list[tuple[Markers, Markers]] = []
        self._rotate_deg = rotate_deg
        self._colour: tuple[float, Markers, int] | None = None

    def see(self, picture: object) -> float | None:
        """Take in one picture; what is left of a plane through a new position, thermal pixels, where one was kept."""
        if isinstance(picture, Shot):
            grey = np.asarray(cv2.cvtColor(picture.pixels, cv2.COLOR_BGR2GRAY), np.uint8)
            self._colour = picture.taken_s, find_markers(grey), grey.shape[1]
            return None
        counts, taken_s = getattr(picture, "counts"), float(getattr(picture, "taken_s"))  # noqa: B009 the other kind
        if self._colour is None or abs(taken_s - self._colour[0]) > _APART_S or len(self._colour[1]) < FEWEST_MARKERS:
            return None
        grey = _grey(from_counts(counts, self._rotate_deg, taken_s=0.0).celsius)
        return self._keep(self._colour[1], find_markers(grey, warm_on_cold=True), self._colour[2])

    def _keep(self, colour: Markers, thermal: Markers, width: int) -> float | None:
        plane = fit_plane(colour, thermal)
        if plane is None or len(plane.markers) < FEWEST_MARKERS:
            return None
        kept = {number: colour[number] for number in plane.markers}
        if any(_moved_px(old, kept) < _MOVED_SHARE * width for old, _ in self.views):
            return None
        self.views.append((kept, thermal))
        return plane.rms_px


def _moved_px(old: Markers, new: Markers) -> float:
    common = sorted(set(old) & set(new))
    if not common:
        return float("inf")
    off = np.stack([old[number] - new[number] for number in common])
    return float(np.sqrt((off**2).sum(-1).mean()))


def by_board(config: GateConfig, seconds: float, board: Board, say: Callable[[str], None], newest: Newest) -> Solution:
    """Watch until the board was seen in enough positions. Raises CalibrationError, SourceError.

    `newest` keeps the last picture of each camera.
    """
    watch = BoardWatch(config.sensor.rotate)
    say("Warm the board with a lamp or a hair dryer, hold it still where both cameras see it, then go on to another place:")
    say(f"near and far, to all sides, tilted to every side; {ENOUGH_VIEWS} positions.")
    for picture in newest.of(pictures(config, seconds)):
        rms_px = watch.see(picture)
        if rms_px is not None:
            say(f"position {len(watch.views)} of {ENOUGH_VIEWS}: one plane to {rms_px:.2f} thermal pixels. Go on to another.")
        if len(watch.views) >= ENOUGH_VIEWS:
            break
    sizes = (config.colour.width, config.colour.height), config.upright_px
    begin = _nominal(sizes[0], _USUAL_FOV_DEG), _nominal(sizes[1], config.sensor.fov_deg)
    found = solve_board(watch.views, board, *begin, sizes)
    if found is None:
        raise CalibrationError(
            f"the board was seen by both cameras in {len(watch.views)} positions; {FEWEST_VIEWS} are the fewest",
            where="calibrate --board",
            remedy="Warm it again, come nearer, tilt it more; or calibrate without one: --heads.",
        )
    if not found.rms_px <= _LARGEST_RMS_PX:
        raise CalibrationError(
            f"{found.rms_px:.1f} thermal pixels are left between where corners are and where they should be",
            where="calibrate --board",
            remedy="Hold the board still at each position, keep it flat, and check --markers, --marker-mm and --gap-mm.",
        )
    return found


def _grey(celsius: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The picture stretched over all greys, a thermal pixel each."""
    low, high = np.nanquantile(celsius, (0.02, 0.98))
    return np.asarray(np.clip(np.nan_to_num((celsius - low) / max(high - low, 0.5)), 0.0, 1.0) * 255.0, np.uint8)


def _nominal(size: tuple[int, int], fov_deg: float) -> Lens:
    focal_px = size[0] / 2.0 / np.tan(np.radians(fov_deg) / 2.0)
    matrix = np.array([[focal_px, 0.0, (size[0] - 1) / 2.0], [0.0, focal_px, (size[1] - 1) / 2.0], [0.0, 0.0, 1.0]])
    return Lens(matrix, np.zeros(5))
