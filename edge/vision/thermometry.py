"""From a thermal picture and the faces of the colour picture to temperatures, or to the reasons why there is none.

The reasons in their order; the first that holds is the answer:

| for | reason | when |
| --- | --- | --- |
| the picture | THERMAL_LOST | there is none, or it is older than 2 s |
| | WARMING_UP | the gate has not run for `sensor.warm_up_s` |
| | FFC | a shutter event is running or was less than `sensor.ffc_hold_s` ago, or nobody knows when one was |
| | REFERENCE_LOST | the reference body was not seen in this picture |
| | UNCERTAIN | the rule for core_c needs the temperature of the surroundings, which is unknown or outside its range |
| a face | APPROACH | its box is lower than `sensor.min_face_px`, or its forehead smaller than 6 pixels |
| | LOOK_HERE | seen from the side, or the region lies outside the thermal picture |
| | THERMAL_LOST | a pixel of the region has no value |
| | NO_WARM_FACE | not warmer than what is around it, or hotter than any skin: a picture, or a lamp |
| | FOREHEAD_COVERED | hair, hat or glasses over forehead and eyes: the visitor is asked to show the forehead |
| | COLD_SKIN | below `screening.cold_skin_c`: came from the cold |
| | UNCERTAIN | the uncertainty is above `sensor.max_uncertainty_c` |
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from contract.verdicts import Reason, Region
from edge.policy.core_temperature import SkinToCore
from edge.policy.reading import Reading, Unmeasured
from edge.vision.atmosphere import leaving, transmission
from edge.vision.band_radiance import SKIN_EMISSIVITY, celsius_of, radiance
from edge.vision.face_geometry import CANTHUS_POINTS, FOREHEAD_POINTS, UPPER_POINTS, FaceGeometry, locate
from edge.vision.liveness import STALE_S
from edge.vision.pairing import STANDING_APART_S
from edge.vision.reference_body import ReferenceMissing, ReferenceSeen
from edge.vision.thermal_patch import background_c, look_up, summarise, surroundings_c, warmest_canthus_c
from edge.vision.uncertainty import UncertaintyParts, budget

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from edge.config.thermometry import ScreeningConfig, SensorConfig
    from edge.policy.core_temperature import CoreOffset
    from edge.vision.face_mapping import FaceMapping
    from edge.vision.registration import Registration
    from edge.vision.thermal_frame import ThermalFrame

_AHEAD_S: Final = STANDING_APART_S  # a thermal picture may be newer than the colour picture it is paired to
_AROUND: Final = UPPER_POINTS + 2 * CANTHUS_POINTS  # the first point of the surroundings
_FEWEST_PX: Final = 6.0
_SIDEWAYS: Final = 0.2  # of the box width between the eyes; 0.4 to 0.5 from the front
_MOST_OUTSIDE: Final = 0.25
_WARMER_C: Final = 1.5  # skin of 33 degC against a room; at more than about 32 degC around nobody is measured
_HOTTEST_SKIN_C: Final = 45.0
_COVERED_C: Final = 1.5  # a forehead so much colder than the band of the eyes is hair, a hat or a visor: that band is read
# Where half of the forehead, or of the band of the eyes, is so much colder than its warmest quarter, hair or glasses lie on it
# and that quarter is their blurred edge, 0.5 to 1.1 degC too cold. As a share of what skin is above what is around: bare to .04,
# hair 0.17 to 0.42, glasses 0.24 to 0.58 (simulation); degrees, because real skin is uneven by some tenths in a warm room too.
_UNEVEN_SHARE: Final = 0.1
_UNEVEN_C: Final = (0.5, 1.0)
_LESS_EVEN: Final = 1.5  # the band of the eyes, of which only a quarter may be so much colder: brows and lids are 5 % anyway
_CANTHUS_HIDDEN_C: Final = (
    0.3  # an inner eye corner is the warmest place of a face; one that is colder than the forehead is glass
)
REGIONS: Final = (Region.FOREHEAD, Region.UPPER_FACE, Region.CANTHUS)
_FACE_REASONS: Final = (
    Reason.APPROACH,
    Reason.LOOK_HERE,
    Reason.THERMAL_LOST,
    Reason.NO_WARM_FACE,
    Reason.FOREHEAD_COVERED,
    Reason.COLD_SKIN,
    Reason.UNCERTAIN,
)


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything measured of n faces, shape (n,) each; `region` counts in REGIONS."""

    raw_c: NDArray[np.float64]
    corrected_c: NDArray[np.float64]
    above_c: NDArray[np.float64]
    region: NDArray[np.intp]
    outside: NDArray[np.float64]
    whole: NDArray[np.bool_]
    bare: NDArray[np.bool_]
    distance_m: NDArray[np.float64]
    uncertainty_c: NDArray[np.float64]
    parts: UncertaintyParts


class Thermometer:
    """Measures every face of a picture. Holds no state: the same values in give the same values out."""

    def __init__(self, sensor: SensorConfig, screening: ScreeningConfig, registration: Registration) -> None:
        self._sensor = sensor
        self._screening = screening
        self._registration = registration
        self._constant = SkinToCore.constant(screening.skin_to_core_c).at()

    def measure(
        self,
        frame: ThermalFrame | None,
        boxes: NDArray[np.floating],
        landmarks: NDArray[np.floating],
        reference: ReferenceSeen | ReferenceMissing,
        now_s: float,
        started_s: float,
        core: CoreOffset | None = None,
    ) -> list[Reading | Unmeasured]:
        """One answer a face.

        Args:
            frame: the thermal picture paired to the colour one; None where there is none.
            boxes: (n, 4) x1, y1, x2, y2 of the faces in colour pixels.
            landmarks: (n, 5, 2) right eye, left eye, nose, right and left mouth corner, colour pixels.
            reference: what `ReferenceBody.look`, or `ReferencePair.look`, said of the same thermal picture.
            now_s: monotonic time; also good: when the colour picture was taken.
            started_s: when the thermal source began, on the same clock; warm-up counts from it.
            core: what makes skin core-equivalent now; left out, `screening.skin_to_core_c` everywhere.
        """
        if len(boxes) == 0:
            return []
        if frame is None or not -_AHEAD_S <= now_s - frame.taken_s <= STALE_S:
            return [Unmeasured(Reason.THERMAL_LOST, now_s)] * len(boxes)
        if not now_s - started_s >= self._sensor.warm_up_s:
            return [Unmeasured(Reason.WARMING_UP, frame.taken_s)] * len(boxes)
        if not frame.ffc_age_s >= self._sensor.ffc_hold_s:  # so that NaN, nobody knows, is not believed
            return [Unmeasured(Reason.FFC, frame.taken_s)] * len(boxes)
        match reference:
            case ReferenceMissing():
                return [Unmeasured(Reason.REFERENCE_LOST, frame.taken_s)] * len(boxes)
            case ReferenceSeen():
                core = core or self._constant
                if not core.known:
                    return [Unmeasured(Reason.UNCERTAIN, frame.taken_s)] * len(boxes)
                mapping, faces = self.place(frame, boxes, landmarks)
                measured = self.read(frame, faces, reference, mapping)
                return self._answers(faces, measured, core, frame.taken_s, reference.numbers)

    def place(
        self, frame: ThermalFrame, boxes: NDArray[np.floating], landmarks: NDArray[np.floating]
    ) -> tuple[FaceMapping, FaceGeometry]:
        """Where the faces lie in the thermal picture, and where each is read."""
        mapping = self._registration.faces(boxes, landmarks, frame.celsius)
        return mapping, locate(boxes, landmarks, mapping)

    def read(self, frame: ThermalFrame, faces: FaceGeometry, reference: ReferenceSeen, mapping: FaceMapping) -> Measured:
        """What stands there, against the reference body of the same picture; nothing is judged yet."""
        celsius = frame.celsius
        values, inside = look_up(celsius, faces.points)
        forehead = summarise(values[:, :FOREHEAD_POINTS], inside[:, :FOREHEAD_POINTS])
        eyes = summarise(values[:, FOREHEAD_POINTS:UPPER_POINTS], inside[:, FOREHEAD_POINTS:UPPER_POINTS])
        background = background_c(celsius)
        around = surroundings_c(values[:, _AROUND:], inside[:, _AROUND:], background)
        distance_m = self.distance_m(faces, celsius.shape[1])
        uneven_c = np.clip(_UNEVEN_SHARE * (np.maximum(forehead.high_c, eyes.high_c) - around), *_UNEVEN_C)
        even = forehead.high_c - forehead.median_c <= uneven_c
        covered = ~(even & (forehead.high_c >= eyes.high_c - _COVERED_C))
        skin_c, lower_c = np.where(covered, eyes.high_c, forehead.high_c), np.where(covered, eyes.median_c, forehead.median_c)
        bare = ~covered | (eyes.high_c - eyes.low_c <= _LESS_EVEN * uneven_c)
        canthus = self.mm_px(distance_m, celsius.shape[1]) <= self._sensor.canthus_mm_px
        raw_c = skin_c
        if canthus.any():  # at a Lepton never
            canthus_c = warmest_canthus_c(values[:, UPPER_POINTS:_AROUND], inside[:, UPPER_POINTS:_AROUND], CANTHUS_POINTS)
            canthus &= canthus_c >= skin_c - _CANTHUS_HIDDEN_C
            raw_c = np.where(canthus, canthus_c, skin_c)
        corrected_c = self.correct(raw_c, reference, background, distance_m)
        above_c = np.maximum(forehead.median_c, eyes.median_c) - around
        falls_c = raw_c - np.where(canthus, eyes.median_c, lower_c)
        parts = budget(
            noise_c=self._sensor.noise_c,
            region_px=np.where(canthus, (2.0 * faces.canthus_px) ** 2, faces.forehead_px),
            reference_c=reference.uncertainty_c,
            gradient_c_px=falls_c / np.where(canthus, np.maximum(faces.canthus_px, 1.0), faces.quartile_px),
            residual_px=mapping.residual_px,
            above_surroundings_c=above_c,
            face_px=faces.height_px,
            body_above_c=reference.contrast_c,
            body_px=reference.body.radius_px,
            stray_share=self._sensor.stray_share,
            distance_m=distance_m,
            air_corrected=reference.body.distance_m is not None,
            spot_above_c=np.where(canthus, falls_c, 0.0),
        )
        region = np.where(canthus, 2, np.where(covered, 1, 0))
        outside, whole = np.maximum(forehead.outside, eyes.outside), forehead.whole & eyes.whole
        return Measured(raw_c, corrected_c, above_c, region, outside, whole, bare | canthus, distance_m, parts.combined_c, parts)

    def distance_m(self, faces: FaceGeometry, columns: int) -> NDArray[np.float64]:
        """How far away each face is."""
        return faces.distance_m(columns, self._sensor.fov_deg)

    def mm_px(self, distance_m: NDArray[np.float64], columns: int) -> NDArray[np.float64]:
        """What one pixel covers of each face, millimetres."""
        return np.asarray(2000.0 * distance_m * np.tan(np.radians(self._sensor.fov_deg) / 2.0) / columns)

    def correct(
        self, raw_c: NDArray[np.float64], reference: ReferenceSeen, background_c: float, distance_m: NDArray[np.float64] | float
    ) -> NDArray[np.float64]:
        """Skin temperature, degrees Celsius, of raw readings (n,): NaN stays NaN, and the slope is that of physics, 1.

        What the sensor adds is the radiance between the body as read and the body as it must look at its setpoint; the rest is
        skin of emissivity 0.98 among surroundings of `background_c`, the raw median of the picture, behind `distance_m` of air
        (n,). Air counts where the body's own distance is told; else the body and the faces are taken to lose the same.
        """
        surroundings = background_c + reference.offset_c
        band = radiance(raw_c) - reference.added(surroundings)
        if reference.body.distance_m is not None:
            band = leaving(band, transmission(distance_m, surroundings), surroundings)
        reflected = (1.0 - SKIN_EMISSIVITY) * radiance(surroundings)
        return celsius_of((band - reflected) / SKIN_EMISSIVITY)

    def _answers(
        self, faces: FaceGeometry, of: Measured, core: CoreOffset, taken_s: float, bodies: tuple[int, ...]
    ) -> list[Reading | Unmeasured]:
        # Each condition says what must hold and is negated, so that NaN fails it. Same order as _FACE_REASONS.
        faults = ~np.stack(
            [
                (faces.height_px >= self._sensor.min_face_px) & (faces.forehead_px >= _FEWEST_PX),
                (faces.frontal >= _SIDEWAYS) & (of.outside <= _MOST_OUTSIDE),
                of.whole,
                (of.above_c >= _WARMER_C) & (of.corrected_c <= _HOTTEST_SKIN_C),
                of.bare,
                of.corrected_c >= self._screening.cold_skin_c,
                of.uncertainty_c <= self._sensor.max_uncertainty_c,
            ]
        )
        return [
            Unmeasured(_FACE_REASONS[first], taken_s) if failed else _reading(of, index, core, taken_s, bodies)
            for index, (failed, first) in enumerate(np.stack([faults.any(0), faults.argmax(0)], 1).tolist())
        ]


def _reading(of: Measured, index: int, core: CoreOffset, taken_s: float, bodies: tuple[int, ...]) -> Reading:
    corrected_c = float(of.corrected_c[index])
    region = REGIONS[int(of.region[index])]
    return Reading(
        raw_c=float(of.raw_c[index]),
        corrected_c=corrected_c,
        core_c=core.core_c(corrected_c, region),
        uncertainty_c=float(of.uncertainty_c[index]),
        region=region,
        distance_m=float(of.distance_m[index]),
        samples=1,
        taken_s=taken_s,
        reference_seen=True,
        rule=core.rule,
        ambient_c=core.ambient_c,
        shift_c=core.shift_c.get(region, 0.0),
        reference_bodies=bodies,
    )
