"""From frames to pictures: each once, with the time since the last shutter event, and only where it holds temperatures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from edge.errors import SourceError
from edge.vision.thermal.lepton.complaints import complaint
from edge.vision.thermal.source import RawThermal

if TYPE_CHECKING:
    from edge.vision.thermal.lepton.frame import LeptonFrame

SHUTTER_S: Final = 4.0
"""The last picture stands for the camera's own silence for so long at most: a shutter event is 2.05 s (measured)."""
GAP_S: Final = 1.0
"""Without telemetry a silence of so long between new pictures is taken for a shutter event."""
_REMEDY: Final = "The camera is set anew when it is opened again; where this stays, switch its supply off and on."


class Pictures:
    """Feed it every frame that comes; it leaves out those that were sent again.

    Attributes:
        repeated: frames left out so far.
    """

    def __init__(self, latency_s: float, where: str) -> None:
        self.repeated = 0
        self._latency_s = latency_s
        self._where = where
        self._frame: LeptonFrame | None = None
        self._picture: RawThermal | None = None
        self._arrived_s = float("nan")
        self._shut_s = float("nan")
        """When a silence ended that looked like a shutter event (no telemetry). Opening the camera counts as one."""

    def of(self, frame: LeptonFrame, arrived_s: float) -> RawThermal | None:
        """The picture of a new frame, None for one sent again. Raises SourceError where its counts are no temperatures."""
        if self._frame is not None and _same(frame, self._frame):
            self.repeated += 1
            return None
        wrong = complaint(frame)
        if wrong is not None:
            raise SourceError(wrong, where=self._where, remedy=_REMEDY)
        ffc_age_s = self._since_silence_s(arrived_s) if frame.telemetry is None else frame.telemetry.ffc_age_s
        self._frame, self._arrived_s = frame, arrived_s
        self._picture = RawThermal(frame.counts, arrived_s - self._latency_s, ffc_age_s)
        return self._picture

    def meanwhile(self, now_s: float) -> RawThermal | None:
        """Where none came: the last one, standing still, while the camera has said that its shutter closes; else None."""
        if self._picture is None or self._picture.ffc_age_s != 0.0 or now_s - self._arrived_s > SHUTTER_S:
            return None
        return replace(self._picture, taken_s=now_s - self._latency_s)

    def shutter_closes(self) -> None:
        """The shutter was told to close: until a new picture comes the last one stands still."""
        if self._picture is not None:
            self._picture = replace(self._picture, ffc_age_s=0.0)

    def _since_silence_s(self, arrived_s: float) -> float:
        if not arrived_s - self._arrived_s <= GAP_S:  # true for the first picture too
            self._shut_s = arrived_s
        return arrived_s - self._shut_s


def _same(one: LeptonFrame, other: LeptonFrame) -> bool:
    if one.telemetry is None or other.telemetry is None:
        return np.array_equal(one.counts, other.counts)
    return one.telemetry.frame_counter == other.telemetry.frame_counter
