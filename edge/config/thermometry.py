"""What a temperature needs to mean anything: reference body, mapping between the pictures, limits."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from contract.settings_file import Settings

Point = Annotated[list[float], Field(min_length=2, max_length=2)]


def _most_of_the_picture() -> list[list[float]]:
    return [[0.1, 0.0], [0.9, 0.0], [0.9, 1.0], [0.1, 1.0]]


class ReferenceConfig(Settings):
    """The heated body in view of the thermal camera. Without one there is no temperature verdict."""

    row: Annotated[float, Field(ge=0)]
    col: Annotated[float, Field(ge=0)]
    radius_px: Annotated[float, Field(ge=1.5, le=60)] = 4.0
    setpoint_c: Annotated[float, Field(ge=20, le=60)]
    uncertainty_c: Annotated[float, Field(ge=0, le=2)] = 0.1
    emissivity: Annotated[float, Field(gt=0.5, le=1)] = 0.97
    search_px: Annotated[float, Field(ge=0, le=40)] = 3.0


class RegistrationConfig(Settings):
    """Colour pixels to thermal pixels: [col, row] = matrix * [x, y, 1]. Screening is refused without one."""

    matrix: Annotated[list[list[float]], Field(min_length=2, max_length=2)]
    residual_px: Annotated[float, Field(ge=0, le=20)] = 1.0


class SensorConfig(Settings):
    """The thermal sensor's profile.

    `rotate` turns the picture by so many degrees clockwise before use. `fov_deg` is horizontal, after turning.
    """

    rotate: Annotated[int, Field(ge=0, le=270, multiple_of=90)] = 0
    fov_deg: Annotated[float, Field(gt=5, le=170)] = 57.0
    noise_c: Annotated[float, Field(ge=0, le=2)] = 0.05
    max_uncertainty_c: Annotated[float, Field(gt=0, le=5)] = 0.5
    min_face_px: Annotated[float, Field(ge=3)] = 12.0
    warm_up_s: Annotated[float, Field(ge=0, le=7200)] = 0.0
    ffc_hold_s: Annotated[float, Field(ge=0, le=60)] = 5.0


class ScreeningConfig(Settings):
    """What is checked and against which limit. 37.3 degC core-equivalent is a labelled default, not a medical truth."""

    mask: bool = True
    temperature: bool = True
    limit_c: Annotated[float, Field(ge=35, le=42)] = 37.3
    guard_band_c: Annotated[float, Field(ge=0, le=2)] = 0.0
    skin_to_core_c: Annotated[float, Field(ge=-2, le=6)] = 2.0
    cold_skin_c: Annotated[float, Field(ge=10, le=36)] = 32.5
    worn_probability: Annotated[float, Field(gt=0.34, lt=1)] = 0.6
    face_score: Annotated[float, Field(gt=0.05, lt=1)] = 0.5


class ZoneConfig(Settings):
    """The place where one person stands to be screened: corners as shares (0..1) of the colour picture, and the smallest face."""

    polygon: Annotated[list[Point], Field(min_length=3, max_length=32)] = Field(default_factory=_most_of_the_picture)
    min_face: Annotated[float, Field(gt=0.01, le=0.9)] = 0.16
    """Smallest face height that is near enough, as a share of the picture's height."""
