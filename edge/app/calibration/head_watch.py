"""Somebody walks about: the head in each camera's pictures, and whether that is enough to calibrate by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from edge.vision.calibration.heads import FEWEST, HeadTrack
from edge.vision.colour.source import Shot
from edge.vision.face_depth import FACE_WIDTH_M, PUPILS_M
from edge.vision.thermal.rendering import rendered
from edge.vision.thermal_frame import from_counts, turned_point

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from edge.app.calibration.pictures import Picture
    from edge.config.thermometry import ReferenceConfig
    from edge.vision.detector import Detections, Detector

ENOUGH: Final = 250
_TURNS: Final = (0, 90, 180, 270)
_TRIED: Final = 12
_DRAWN_PX: Final = 85.0  # of a face on the network's input: a size it knows well; 70 does as well
_DRAWN_TIMES: Final = 3
_HEAD_M: Final = 0.2
_LIKE: Final = 2.2  # a head in heat may be so many times larger or smaller than expected: the colour lens is not known yet
_SIDES: Final = 0.35  # of the picture's width that the head must cover
_DEPTHS: Final = 1.6  # farthest to nearest
_RECENT_S: Final = 0.3
SCORE_FLOOR: Final = 0.25
"""Of the detector: a thermal face has little in it, and where the colour camera sees one there is one."""
_SURE: Final = 0.5


class HeadWatch:
    """Collects one head's places. Where several are seen, the largest face is taken. The detector's floor is SCORE_FLOOR."""

    def __init__(self, detector: Detector, rotate_deg: int, colour_width: int, bodies: Sequence[ReferenceConfig] = ()) -> None:
        """`bodies`: the heated ones, which are no heads."""
        self._bodies = tuple(bodies)
        self._detector = detector
        self._rotate_deg = rotate_deg
        self._colour_width = colour_width
        self._colour: list[tuple[float, float, float, float]] = []
        self._thermal: list[tuple[float, float, float, float]] = []
        self._scores = dict.fromkeys(_TURNS, 0.0)
        self._tried = 0

    def see(self, picture: Picture) -> None:
        """Take in one picture."""
        if isinstance(picture, Shot):
            found = self._detector.find(picture.pixels)
            if len(found) and found.scores[0] >= _SURE:
                self._colour.append((picture.taken_s, *_head(found)))
            return
        if not self._colour or picture.taken_s - self._colour[-1][0] > _RECENT_S:
            return  # nobody there: what looks like a face in warmth alone is no witness
        self._see_thermal(from_counts(picture.counts, self._rotate_deg, taken_s=0.0).celsius, picture.taken_s)

    def _see_thermal(self, celsius: NDArray[np.float32], taken_s: float) -> None:
        rows, cols = celsius.shape
        expected_px = self._colour[-1][3] * _HEAD_M * max(rows, cols) / self._colour_width
        for turn_deg in _TURNS if self._tried < _TRIED else (self.found_turn_deg,):
            turned = np.ascontiguousarray(np.rot90(celsius, -(turn_deg // 90)))
            picture, scale = _drawn(turned, expected_px, self._detector.input_px)
            found = self._detector.find(picture)
            heads = []
            for score, (high, x, y) in zip(found.scores.tolist(), _boxes(found), strict=True):
                row, col = turned_point((y + 0.5) / scale - 0.5, (x + 0.5) / scale - 0.5, -turn_deg, turned.shape)
                if 1 / _LIKE < high / (scale * expected_px) < _LIKE and not self._is_body(col, row):
                    heads.append((score, col, row))
            if heads:
                score, col, row = max(heads)
                self._scores[turn_deg] += score
                if turn_deg == self.found_turn_deg:
                    self._thermal.append((taken_s, col, row, expected_px))
        self._tried += 1

    def _is_body(self, col: float, row: float) -> bool:
        return any(np.hypot(col - body.col, row - body.row) < body.radius_px + body.search_px for body in self._bodies)

    @property
    def found_turn_deg(self) -> int:
        """How far the thermal picture must be turned clockwise for faces to be found best in it."""
        return max(_TURNS, key=lambda turn_deg: self._scores[turn_deg])

    @property
    def tracks(self) -> tuple[HeadTrack, HeadTrack]:
        """Colour and thermal."""
        return _track(self._colour), _track(self._thermal)

    @property
    def seen(self) -> tuple[int, int]:
        """How often a head was seen: colour, thermal."""
        return len(self._colour), len(self._thermal)

    def wanted(self) -> list[str]:
        """What the person who walks about should still do; empty when that is enough."""
        if len(self._colour) < FEWEST:
            return ["stand so that the colour camera sees your face"]
        if len(self._thermal) < FEWEST:
            return ["face the cameras; the thermal camera must see your face too"]
        rows = np.array(self._colour)
        left, right = np.quantile(rows[:, 1], (0.03, 0.97)) / self._colour_width
        small, large = np.quantile(rows[:, 3], (0.03, 0.97))
        wanted = []
        if right - left < _SIDES:
            wanted.append("go farther to the left and to the right")
        if large / small < _DEPTHS:
            wanted.append("come nearer, to an arm's length, and go back two steps")
        if len(self._thermal) < ENOUGH:
            wanted.append("keep walking")
        return wanted


def _head(found: Detections) -> tuple[float, float, float]:
    """Middle x, y of the largest face, and pixels of a metre on it."""
    widths = found.boxes[:, 2] - found.boxes[:, 0]
    first = int(widths.argmax())
    x, y = _middles(found)[first].tolist()
    eyes = found.landmarks[first, 1] - found.landmarks[first, 0]
    return x, y, max(float(widths[first]) / FACE_WIDTH_M, float(np.hypot(*eyes)) / PUPILS_M)


def _boxes(found: Detections) -> list[tuple[float, float, float]]:
    """Height, and x, y of the middle, of every face."""
    height = (found.boxes[:, 3] - found.boxes[:, 1]).astype(np.float64)
    rows: list[tuple[float, float, float]] = np.column_stack([height, _middles(found)]).tolist()
    return rows


def _middles(found: Detections) -> NDArray[np.float64]:
    """(n, 2) middle x, y of every face: across that of the box, down half-way between those of the box and of the five points.

    A warm face has other edges than a lit one. In simulation, calibrating by boxes alone ended up to 2.7 thermal pixels off one
    way, by points alone up to 2.9 the other; half-way it is 1.2, and sideways boxes are better.
    """
    boxes = found.boxes.astype(np.float64)
    across = (boxes[:, 0] + boxes[:, 2]) / 2.0
    down = ((boxes[:, 1] + boxes[:, 3]) / 2.0 + found.landmarks[:, :, 1].astype(np.float64).mean(1)) / 2.0
    return np.column_stack([across, down])


def _drawn(celsius: NDArray[np.float32], face_px: float, input_px: tuple[int, int]) -> tuple[NDArray[np.uint8], float]:
    """The thermal picture in grey so large that a face of `face_px` has the size the network likes, and how large that is.

    It lies in the corner of a canvas of the network's own size, which is then not stretched.
    """
    rows, cols = celsius.shape
    width, height = input_px
    scale = min(_DRAWN_PX / max(face_px, 1.0), width / cols, height / rows)
    size = max(1, round(cols * scale)), max(1, round(rows * scale))
    canvas = np.zeros((height, width, 3), np.uint8)
    canvas[: size[1], : size[0]] = cv2.resize(rendered(celsius, _DRAWN_TIMES), size, interpolation=cv2.INTER_AREA)
    return canvas, size[0] / cols


def _track(rows: list[tuple[float, float, float, float]]) -> HeadTrack:
    table = np.array(rows, np.float64).reshape(-1, 4)
    return HeadTrack(table[:, 0], table[:, 1:3], table[:, 3])
