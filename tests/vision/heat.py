"""Thermal pictures with a known truth, small and by hand: a room, a reference body, faces of one temperature each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.config.thermometry import ReferenceConfig, RegistrationConfig, ScreeningConfig, SensorConfig
from edge.policy.reading import Reading, Unmeasured
from edge.vision.band_radiance import apparent_c, celsius_of, radiance
from edge.vision.reference_body import ReferenceBody, ReferenceMissing, ReferenceSeen
from edge.vision.registration import Registration
from edge.vision.thermal_frame import ThermalFrame, from_counts
from edge.vision.thermometry import Thermometer

COLOUR_PX = 4.0  # colour pixels per thermal pixel
REFERENCE = ReferenceConfig(row=100.0, col=20.0, radius_px=5.0, setpoint_c=36.0)
SENSOR = SensorConfig()
SCREENING = ScreeningConfig()
REGISTRATION = Registration(RegistrationConfig(matrix=[[1 / COLOUR_PX, 0.0, 0.0], [0.0, 1 / COLOUR_PX, 0.0]]))
NO_BOXES = np.empty((0, 4))


@dataclass(frozen=True)
class Face:
    """A head's place in the thermal picture, pixels, and the true temperature of its skin."""

    col: float = 90.0
    row: float = 55.0
    height_px: float = 40.0
    skin_c: float = 34.0
    forehead_c: float | None = None
    turned: float = 1.0  # the eyes' distance as a share of what it is from the front

    @property
    def box(self) -> list[float]:
        half, high = 0.4 * self.height_px, 0.5 * self.height_px
        corners = np.array([self.col - half, self.row - high, self.col + half, self.row + high])
        return [float(value) for value in corners * COLOUR_PX]

    @property
    def landmarks(self) -> list[list[float]]:
        eye, mouth = 0.18 * self.height_px * self.turned, 0.13 * self.height_px * self.turned
        places = [(-eye, -0.08), (eye, -0.08), (0.0, 0.1), (-mouth, 0.28), (mouth, 0.28)]
        return [[(self.col + across) * COLOUR_PX, (self.row + down * self.height_px) * COLOUR_PX] for across, down in places]


@dataclass(frozen=True)
class Room:
    """What the camera looks at. `drift_c` is the sensor's error at 35 degC, `reference_c` the body's true temperature."""

    ambient_c: float = 22.0
    reference_c: float | None = 36.0
    faces: tuple[Face, ...] = ()
    drift_c: float = 0.0
    noise_c: float = 0.0
    blur_px: float = 0.6
    shape: tuple[int, int] = (120, 160)
    seed: int = 1
    spots: tuple[tuple[float, float, float, float], ...] = field(default=())  # row, col, radius, degC

    def with_face(self, **changes: float) -> Room:
        return replace(self, faces=(*self.faces, replace(Face(), **changes)))

    def celsius(self) -> NDArray[np.float32]:
        rows, cols = np.mgrid[: self.shape[0], : self.shape[1]]
        seen = np.full(self.shape, self.ambient_c)
        for face in self.faces:
            down, across = (rows - face.row) / face.height_px, (cols - face.col) / face.height_px
            head = (down / 0.75) ** 2 + (across / 0.5) ** 2 < 1.0
            seen[head] = apparent_c(face.skin_c, 0.98, self.ambient_c)
            if face.forehead_c is not None:
                seen[head & (down < -0.15)] = apparent_c(face.forehead_c, 0.98, self.ambient_c)
        if self.reference_c is not None:
            disc = np.hypot(rows - REFERENCE.row, cols - REFERENCE.col) <= REFERENCE.radius_px
            seen[disc] = apparent_c(self.reference_c, REFERENCE.emissivity, self.ambient_c)
        for row, col, radius, spot_c in self.spots:
            seen[np.hypot(rows - row, cols - col) <= radius] = spot_c
        blurred = cv2.GaussianBlur(radiance(seen), (0, 0), self.blur_px)
        added = float(radiance(35.0 + self.drift_c) - radiance(35.0))
        noise = np.random.default_rng(self.seed).normal(0.0, 1.0, self.shape) * self.noise_c
        return (celsius_of(blurred + added) + noise).astype(np.float32)

    def counts(self) -> NDArray[np.uint16]:
        return np.asarray(np.rint((self.celsius() + 273.15) * 100.0), np.uint16)

    def frame(self, taken_s: float = 100.0, ffc_age_s: float = float("inf")) -> ThermalFrame:
        return from_counts(self.counts(), 0, taken_s=taken_s, ffc_age_s=ffc_age_s)

    @property
    def boxes(self) -> NDArray[np.float32]:
        return np.array([face.box for face in self.faces], np.float32).reshape(-1, 4)

    @property
    def landmarks(self) -> NDArray[np.float32]:
        return np.array([face.landmarks for face in self.faces], np.float32).reshape(-1, 5, 2)


def look(room: Room, frame: ThermalFrame | None = None) -> ReferenceSeen | ReferenceMissing:
    """What a fresh look for the reference body finds."""
    frame = frame or room.frame()
    return ReferenceBody(REFERENCE, SENSOR).look(frame.celsius, REGISTRATION.boxes(room.boxes), frame.taken_s)


def measure(room: Room, *, sensor: SensorConfig = SENSOR, screening: ScreeningConfig = SCREENING) -> list[Reading | Unmeasured]:
    """The answers for a room's faces from one picture, everything else being well."""
    frame = room.frame()
    thermometer = Thermometer(sensor, screening, REGISTRATION)
    return thermometer.measure(frame, room.boxes, room.landmarks, look(room, frame), 100.0, 0.0)
