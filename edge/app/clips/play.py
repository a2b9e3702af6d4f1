"""One recording, played through the gate's own parts as fast as it goes; its time is that of the recording."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from contract.verdicts import Reason, Verdict
from edge.app.mapping import mapping_of
from edge.app.temperature import limits_of, site_rule_of
from edge.gate.eyes import KEPT
from edge.gate.people import People
from edge.gate.warmth import REFERENCE_LOST_S, Warmth
from edge.lane.lane import Lane
from edge.lane.step import Announcement
from edge.lane.zone import zone_of
from edge.policy.reading import Reading, Unmeasured
from edge.vision.pairing import nearest
from edge.vision.reference_pair import reference_of
from edge.vision.registration import Registration
from edge.vision.stray_light import StrayLight
from edge.vision.thermal.rendering import rendered
from edge.vision.thermal_frame import ThermalFrame, from_counts
from edge.vision.thermometry import Thermometer
from edge.vision.tracker import Tracker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edge.config import GateConfig
    from edge.vision.detector import Detector
    from edge.vision.thermal.cptv_clip import ClipFrame

_BEGIN_S: Final = 1000.0
"""When the recording begins on the gate's clock; the gate has been running long before."""

_AFTER_S: Final = (0.3, 0.7, 1.2)
"""Rounds after the last picture: whoever is still there leaves."""


class _ClipEye:
    """The thermal eye of a gate, fed by hand."""

    def __init__(self) -> None:
        self.newest: ThermalFrame | None = None
        self._frames: deque[ThermalFrame] = deque(maxlen=KEPT)

    def look(self, now_s: float) -> ThermalFrame | None:  # noqa: ARG002 the recording's time stands in the picture
        if self.newest is not None:
            self._frames.append(self.newest)
        return self.newest

    def beside(self, taken_s: float) -> ThermalFrame | None:
        return nearest(taken_s, self._frames)

    def fault(self, now_s: float) -> Reason | None:  # noqa: ARG002
        return None


@dataclass(slots=True)
class Played:
    """What came of a recording.

    Attributes:
        announced: every decision.
        readings: of near faces, one a picture, by the tracker's number.
        reasons: how often each reason there was for a near face that was not measured.
        frames, reference_frames: pictures, and those in which the heated body was seen.
        ffc_frames: pictures within the hold-off after a shutter event.
        near_s: when a face was first near enough, monotonic seconds; None where none was.
    """

    announced: list[Announcement] = field(default_factory=list)
    readings: dict[int, list[Reading]] = field(default_factory=dict)
    reasons: Counter[str] = field(default_factory=Counter)
    frames: int = 0
    reference_frames: int = 0
    ffc_frames: int = 0
    near_s: float | None = None


def play(config: GateConfig, detector: Detector, frames: Sequence[ClipFrame]) -> Played:
    """Play `frames` through a gate of these settings, which draws its picture from the thermal one."""
    return _Gate(config, detector).play(frames)


class _Gate:
    def __init__(self, config: GateConfig, detector: Detector) -> None:
        mapping = mapping_of(config)
        if mapping is None or config.reference is None or config.drawn_scale is None:
            raise ValueError("a recording is played at a gate that draws its picture from the thermal one")
        registration = Registration(mapping)
        self._config, self._scale = config, config.drawn_scale
        self._reference = reference_of(config.reference, config.second_reference, config.sensor)
        self._stray = StrayLight(config.sensor)
        self._eye, self._people = _ClipEye(), People(detector, Tracker())
        thermometer = Thermometer(config.sensor, config.screening, registration)
        self._warmth = Warmth(self._eye, self._reference, registration, thermometer, site_rule_of(config), 0.0)
        self._zone = zone_of(config.zone.polygon, config.zone.min_face, config.colour.width, config.colour.height)
        self._names = 0
        self._lane = Lane(self._zone, limits_of(config), config.screening.worn_probability, self._name)

    def _name(self) -> str:
        self._names += 1
        return str(self._names)

    def play(self, frames: Sequence[ClipFrame]) -> Played:
        played = Played()
        for number, clip in enumerate(frames, start=1):
            self._picture(played, clip, number)
        end_s = _BEGIN_S + frames[-1].at_s
        for later_s in _AFTER_S:
            played.announced.extend(self._lane.step(end_s + later_s, (), None).announced)
        return played

    def _picture(self, played: Played, clip: ClipFrame, number: int) -> None:
        now_s = _BEGIN_S + clip.at_s
        frame = self._stray.removed(
            from_counts(clip.counts, self._config.sensor.rotate, taken_s=now_s, number=number, ffc_age_s=clip.ffc_age_s)
        )
        self._eye.newest = frame
        self._warmth.look(now_s)
        played.frames += 1
        played.reference_frames += self._reference.lost_for_s(now_s) == 0.0
        played.ffc_frames += not clip.ffc_age_s >= self._config.sensor.ffc_hold_s
        picture = rendered(frame.celsius, self._scale)
        found, tracks = self._people.see(picture, now_s)
        measured = self._warmth.measure(found, tracks, now_s, 0.0)
        faces = self._people.faces(found, tracks, measured, now_s, picture)
        for face in faces:
            if self._zone.near(face.box) and face.measured is not None:
                self._note(played, face.track, face.measured, now_s)
        fault = None if self._reference.lost_for_s(now_s) < REFERENCE_LOST_S else Reason.REFERENCE_LOST
        played.announced.extend(self._lane.step(now_s, faces, fault).announced)

    def _note(self, played: Played, track: int, measured: Reading | Unmeasured, now_s: float) -> None:
        if played.near_s is None:
            played.near_s = now_s
        match measured:
            case Reading():
                played.readings.setdefault(track, []).append(measured)
            case Unmeasured(reason=reason):
                played.reasons[reason.value] += 1


def measured_visits(played: Played) -> dict[str, Announcement]:
    """Visits whose temperature was decided on, with their last such decision."""
    return {said.visit: said for said in played.announced if said.decision.verdict in {Verdict.PASS, Verdict.RECHECK}}
