"""The thermal side of the loop: newest pictures, reference body, and a temperature for every face or a named reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from contract.verdicts import Reason
from edge.gate.people import unmeasured
from edge.gate.site_rule import SiteRule
from edge.policy.reading import Reading, Unmeasured
from edge.vision.detector import Detections
from edge.vision.explanation import PlacedFace, explained
from edge.vision.pairing import MOVING_M_S, paired
from edge.vision.reference_body import ReferenceBody, ReferenceMissing, ReferenceSeen
from edge.vision.reference_pair import ReferencePair
from edge.vision.registration import Registration
from edge.vision.thermal_frame import ThermalFrame
from edge.vision.thermometry import Thermometer
from edge.vision.tracker import Track

REFERENCE_LOST_S: Final = 1.0
SLOW_REFERENCE_LOST_S: Final = 2.3
"""Of a camera with one picture a second: two pictures without the body. A picture without it measures nobody in any case."""
KEPT_NUMBERS: Final = 50
NO_BOXES: Final[NDArray[np.float64]] = np.zeros((0, 4))


@dataclass(frozen=True, slots=True)
class Looked:
    """What was measured last: for whoever wants to see how.

    Attributes:
        frame, reference: the thermal picture and the body in it.
        found: the faces of the colour picture taken at `taken_s`.
    """

    frame: ThermalFrame
    reference: ReferenceSeen | ReferenceMissing
    found: Detections
    taken_s: float


class HeatEye(Protocol):
    """The newest thermal pictures: of a camera's ring, or of a recording."""

    def look(self, now_s: float) -> ThermalFrame | None:
        """A picture not seen before, or None."""

    def beside(self, taken_s: float) -> ThermalFrame | None:
        """The picture taken nearest to that moment."""

    def fault(self, now_s: float) -> Reason | None:
        """Why nothing is seen now."""


class Warmth:
    """Temperatures of the faces of a colour picture."""

    def __init__(
        self,
        eye: HeatEye,
        reference: ReferenceBody | ReferencePair,
        registration: Registration,
        thermometer: Thermometer,
        rule: SiteRule,
        now_s: float,
        reference_lost_s: float = REFERENCE_LOST_S,
    ) -> None:
        self._reference_lost_s = reference_lost_s
        self._eye = eye
        self._reference = reference
        self._registration = registration
        self._thermometer = thermometer
        self._rule = rule
        self._started_s = now_s
        self._seen: dict[int, ReferenceSeen | ReferenceMissing] = {}
        self._measured_number = 0
        self._boxes: NDArray[np.float64] = NO_BOXES
        self.reference_why = ""
        """Why it was not seen in the newest picture, in words."""
        self.looked: Looked | None = None

    def look(self, now_s: float) -> bool:
        """Take in a new thermal picture if there is one; finds the reference body in it."""
        frame = self._eye.look(now_s)
        if frame is None:
            return False
        # Kept beside its picture: a face may be measured in one that is not the newest.
        seen = self._reference.look(frame.celsius, self._boxes, frame.taken_s)
        self._seen = {number: old for number, old in self._seen.items() if frame.number - number < KEPT_NUMBERS} | {
            frame.number: seen
        }
        self.reference_why = "" if isinstance(seen, ReferenceSeen) else seen.why
        self._rule.see(frame, seen)
        return True

    def measure(
        self, found: Detections, tracks: list[Track], taken_s: float, started_s: float
    ) -> list[Reading | Unmeasured] | None:
        """One answer a face; None when no thermal picture is newer than the last one measured."""
        self._boxes = self._registration.boxes(found.boxes) if len(found) else NO_BOXES
        frame = self._eye.beside(taken_s)
        if frame is None or frame.number == self._measured_number:
            return None
        self._measured_number = frame.number
        seen = self._seen.get(frame.number, ReferenceMissing("not looked for in that picture"))
        self.looked = Looked(frame, seen, found, taken_s)
        moving = not all(track.speed_m_s <= MOVING_M_S for track in tracks)  # NaN moves
        if not paired(taken_s, frame.taken_s, moving=moving):
            return unmeasured(Reason.NOT_PAIRED if not moving else Reason.HOLD_STILL, len(found), taken_s)
        core = self._rule.now(taken_s)
        return self._thermometer.measure(frame, found.boxes, found.landmarks, seen, taken_s, started_s, core)

    def explain(self, looked: Looked) -> list[PlacedFace]:
        """Where each face of that moment was read, and how sure that is."""
        return explained(self._thermometer, looked.frame, looked.found, looked.reference)

    def reference_lost_s(self, now_s: float) -> float:
        """Seconds since the body was last seen; infinite before the first time."""
        return self._reference.lost_for_s(now_s)

    def notes(self, now_s: float) -> dict[str, str]:
        """What the health message says of the reference bodies: the gate may go on with one of two, and somebody should know."""
        if not isinstance(self._reference, ReferencePair):
            return {}
        return {f"reference_body_{number}": "not_seen" for number in self._reference.missed(now_s)}

    def fault(self, now_s: float) -> Reason | None:
        """Why nobody can be measured now."""
        lost = self._eye.fault(now_s)
        if lost is not None:
            return lost
        return None if self._reference.lost_for_s(now_s) < self._reference_lost_s else Reason.REFERENCE_LOST
