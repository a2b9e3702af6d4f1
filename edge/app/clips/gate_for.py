"""The settings of a gate that suits a recording: which way up it is, and where the heated body is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from edge.app.clips.recording import COLS, ROWS, Recording
from edge.config import GateConfig
from edge.vision.reference_search import FoundBody, search
from edge.vision.thermal.rendering import rendered
from edge.vision.thermal_frame import from_counts, turned_point

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from edge.vision.detector import Detector
    from edge.vision.thermal.cptv_clip import ClipFrame

SCALE: Final = 3
USUAL_SETPOINT_C: Final = 35.8
"""Of the kiosks whose recordings are at hand, where nobody noted it."""

MIN_FACE: Final = 0.21
"""Of the picture's height. From a Lepton's 34 pixels on a face has enough of them (feverscreen asks for a head 35 px wide)."""

_SEARCHED, _LOOKED_AT = 40, 12
_BODY_C: Final = 1.0


def spread(frames: Sequence[ClipFrame], most: int) -> list[ClipFrame]:
    """At most so many of them, evenly over the recording."""
    return list(frames[:: max(1, -(-len(frames) // most))])


def found_body(frames: Sequence[ClipFrame]) -> FoundBody | None:
    """The heated body in the pictures as recorded, not turned."""
    few = spread(frames, _SEARCHED)
    return (
        search([from_counts(frame.counts, 0, taken_s=frame.at_s).celsius for frame in few]) if len(frames) >= _SEARCHED else None
    )


def way_up(frames: Sequence[ClipFrame], detector: Detector) -> int | None:
    """By how many degrees clockwise the pictures must be turned for faces to be upright; None where no face is seen at all."""
    warmest = sorted(spread(frames, 4 * _LOOKED_AT), key=_warm_share)[-_LOOKED_AT:]
    scores = {turn: sum(_best(frame.counts, turn, detector) for frame in warmest) for turn in (0, 90, 180, 270)}
    best = max(scores, key=lambda turn: scores[turn])
    return best if scores[best] > 0.0 else None


def _warm_share(frame: ClipFrame) -> float:
    """How much of the picture is clearly warmer than most of it: somebody near."""
    return float(np.mean(frame.counts > float(np.median(frame.counts)) + 300.0))


def _best(counts: NDArray[np.uint16], turn_deg: int, detector: Detector) -> float:
    """The score of the surest face that has a body below it: the network finds faces that stand on their head too."""
    celsius = from_counts(counts, turn_deg, taken_s=0.0).celsius
    found = detector.find(rendered(celsius, SCALE))
    if len(found) == 0:
        return 0.0
    first = int(found.scores.argmax())
    return float(found.scores[first]) * _body_below(celsius, found.boxes[first] / SCALE)


def _body_below(celsius: NDArray[np.float32], box: NDArray[np.floating]) -> float:
    """0 to 2: below a face there is more to see, and mostly something warmer, than above it, where there is a wall or ceiling."""
    x1, y1, x2, y2 = (float(edge) for edge in box)
    wide, high = x2 - x1, y2 - y1
    rows, cols = celsius.shape
    left, right = max(0, int(x1 - wide / 2)), min(cols, int(x2 + wide / 2) + 1)
    above = celsius[max(0, int(y1 - high)) : max(0, int(y1 - high / 2)), left:right]  # beyond the hair
    below = celsius[min(rows, int(y2)) : min(rows, int(y2 + high)), left:right]
    if above.size == 0 or below.size == 0:
        return 0.0
    more, warmer = np.nanstd(below) - np.nanstd(above), (np.nanmean(below) - np.nanmean(above)) / 3.0
    return float(np.clip(more / _BODY_C, 0.0, 1.0) + np.clip(warmer / _BODY_C, 0.0, 1.0))


def gate_for(recording: Recording, turn_deg: int, body: FoundBody | None, setpoint_c: float | None) -> GateConfig:
    """A gate that screens for temperature with this camera alone. Without a body it looks where there is none, and refuses."""
    row, col = (0.0, 0.0) if body is None else turned_point(body.row, body.col, turn_deg, (ROWS, COLS))
    width, height = (ROWS, COLS) if turn_deg % 180 else (COLS, ROWS)
    return GateConfig.model_validate(
        {
            "gate": "recording",
            "colour": {"source": "thermal", "width": SCALE * width, "height": SCALE * height},
            "thermal": {"source": "cptv", "path": recording.path},
            "sensor": {"rotate": turn_deg, "fov_deg": 44.0 if turn_deg % 180 else 57.0},
            "reference": {
                "row": row,
                "col": col,
                "radius_px": max(3.0, 0.85 * body.radius_px) if body else 4.0,
                "setpoint_c": setpoint_c or recording.setpoint_c or USUAL_SETPOINT_C,
            },
            "screening": {"mask": False},
            "core": {"rule": "ambient"},
            "zone": {"polygon": [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]], "min_face": MIN_FACE},
            "barrier": {"kind": "log"},
            "uplink": {"database": "unused.db"},
        }
    )
