"""What the loop looks through: the two rings of pictures, whether they are alive, and which two belong together."""

from __future__ import annotations

from collections import deque
from typing import Final

import numpy as np
from numpy.typing import NDArray

from contract.verdicts import Reason
from edge.frames import Frame, FrameRing
from edge.vision.liveness import SILENT_S, STALE_S, Liveness, SourceState
from edge.vision.pairing import STANDING_APART_S, nearest
from edge.vision.stray_light import StrayLight
from edge.vision.thermal_frame import ThermalFrame, from_counts

KEPT: Final = 6
SHUTTER_S: Final = 2.3
"""A Lepton's shutter event stops its pictures for 2.05 s (measured); that is a WAIT, not a lost camera."""

AHEAD_S: Final = STANDING_APART_S
"""A picture may be so much newer than the round that looks at it; one from further ahead would stay fresh for too long."""


def timely(taken_s: float, now_s: float) -> bool:
    """Whether a picture can be used at all. One without a time, from the future, or of long ago counts as none."""
    return -AHEAD_S <= now_s - taken_s <= STALE_S  # false for NaN


class ColourEye:
    """The newest colour picture."""

    def __init__(self, ring: FrameRing, *, live: bool, drawn: bool = False) -> None:
        """Read `ring`. `drawn`: from the thermal picture; then whether it is alive is the thermal eye's business."""
        self._ring = ring
        self._buffer = np.empty(ring.form.shape, np.uint8)
        self._liveness = None if drawn else Liveness(live=live)
        self._number = ring.newest
        self.skipped = 0

    def look(self, now_s: float) -> tuple[Frame, NDArray[np.uint8]] | None:
        """A picture not seen before, valid until the next call; None when there is none. `skipped`: how many were missed.

        One that is not `timely`, or that a live camera gives once more, is none.
        """
        frame = self._ring.read(self._number, self._buffer)
        if frame is None:
            return None
        self.skipped = frame.number - self._number - 1
        self._number = frame.number
        if not timely(frame.taken_s, now_s):
            return None
        if self._liveness is not None:
            self._liveness.see(self._buffer, frame.number, now_s)
            if self._liveness.repeats:
                return None
        return frame, self._buffer

    def fault(self, now_s: float) -> Reason | None:
        if self._liveness is None or self._liveness.state(now_s) is SourceState.OK:
            return None
        return Reason.COLOUR_LOST


class ThermalEye:
    """The last few thermal pictures, turned and without the sensor's stray light where that is known."""

    def __init__(
        self, ring: FrameRing, rotate_deg: int, *, live: bool, steady: bool = False, stray: StrayLight | None = None
    ) -> None:
        """`steady`: its pictures never stop for a shutter event."""
        self._ring = ring
        self._rotate_deg = rotate_deg
        self._stray = stray
        self._buffer = np.empty(ring.form.shape, np.uint16)
        self._liveness = Liveness(live=live, stale_s=SILENT_S if steady else SHUTTER_S)
        self._number = ring.newest
        self._frames: deque[ThermalFrame] = deque(maxlen=KEPT)

    def look(self, now_s: float) -> ThermalFrame | None:
        """A picture not seen before, or None."""
        frame = self._ring.read(self._number, self._buffer)
        if frame is None:
            return None
        self._number = frame.number
        if not timely(frame.taken_s, now_s):
            return None
        standing = frame.ffc_age_s == 0.0
        self._liveness.see(self._buffer, frame.number, now_s, standing=standing)
        if self._liveness.repeats and not standing:
            return None
        thermal = from_counts(
            self._buffer, self._rotate_deg, taken_s=frame.taken_s, number=frame.number, ffc_age_s=frame.ffc_age_s
        )
        if self._stray is not None:
            thermal = self._stray.removed(thermal)
        self._frames.append(thermal)
        return thermal

    def beside(self, taken_s: float) -> ThermalFrame | None:
        """The picture taken nearest to that moment."""
        return nearest(taken_s, self._frames)

    def fault(self, now_s: float) -> Reason | None:
        return None if self._liveness.state(now_s) is SourceState.OK else Reason.THERMAL_LOST
