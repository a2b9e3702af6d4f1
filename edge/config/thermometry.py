"""What a temperature needs to mean anything: reference body, mapping between the pictures, limits."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from contract.settings_file import Settings
from edge.config.calibration import CalibrationConfig
from edge.config.sources import FilePath

Point = Annotated[list[float], Field(min_length=2, max_length=2)]


def _most_of_the_picture() -> list[list[float]]:
    return [[0.1, 0.0], [0.9, 0.0], [0.9, 1.0], [0.1, 1.0]]


class ReferenceConfig(Settings):
    """The heated body in view of the thermal camera. Without one there is no temperature verdict.

    `uncertainty_c` is the standard uncertainty of its surface (half of what a certificate calls expanded, k = 2).
    `distance_m`: from the camera. Where it is told, what the air takes on the way from the body and from each face is
    corrected; left out, both are taken to be equally far away, and the air stays in the uncertainty.
    """

    row: Annotated[float, Field(ge=0)]
    col: Annotated[float, Field(ge=0)]
    radius_px: Annotated[float, Field(ge=1.5, le=60)] = 4.0
    setpoint_c: Annotated[float, Field(ge=20, le=60)]
    uncertainty_c: Annotated[float, Field(ge=0, le=2)] = 0.1
    emissivity: Annotated[float, Field(gt=0.5, le=1)] = 0.97
    search_px: Annotated[float, Field(ge=0, le=40)] = 3.0
    distance_m: Annotated[float | None, Field(gt=0, le=10)] = None


class SecondReferenceConfig(ReferenceConfig):
    """A second heated body in view, so that each checks the other: of two that disagree one is wrong, and nobody knows which.

    Then, and while only one of them is seen, nobody is measured. With `one_is_enough` the gate goes on with either alone, as
    unsure as that one is; not after they disagreed, until both are seen to agree again.
    """

    one_is_enough: bool = False


class RegistrationConfig(Settings):
    """Where a point of the colour picture lies in the thermal one. Screening is refused without it.

    Give one of two. `file`: what `menshen-edge calibrate` wrote, beside this file; it knows depth and lenses, and a gate whose
    cameras are no longer those is refused. `matrix`: [col, row] = matrix * [x, y, 1], good at one distance only; `residual_px`
    says how far off it may be. (`calibrated` is what stands in the file; it may be pasted here instead.)

    A calibration older than `max_age_days` (a labelled default) is refused when the gate starts; `warn_days` before that an alarm
    says so. A gate that runs goes on, and one whose clock is wrong says that it does not know.
    """

    matrix: Annotated[list[list[float]] | None, Field(min_length=2, max_length=2)] = None
    residual_px: Annotated[float, Field(ge=0, le=20)] = 1.0
    file: FilePath | None = None
    calibrated: CalibrationConfig | None = None
    max_age_days: Annotated[float, Field(ge=1, le=3650)] = 180.0
    warn_days: Annotated[float, Field(ge=0, le=365)] = 14.0

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.matrix is None) == (self.file is None and self.calibrated is None):
            raise ValueError("give either matrix, or file as `menshen-edge calibrate` wrote it")
        return self


class SensorConfig(Settings):
    """The thermal sensor's profile.

    `rotate` turns the picture by so many degrees clockwise before use. `fov_deg` is horizontal, after turning. The inner
    eye corner is read where a pixel covers no more than `canthus_mm_px` millimetres of the face (as the screening
    standards want; 640x512 and 24 degrees: up to 1.5 m); farther away, and behind glasses, the forehead is.

    `stray_share`: of what a pixel gets, so much comes from around it, from about `stray_reach_px` away (standard deviation), as
    measured on this model of camera; it is taken off the whole picture. 0 takes nothing off: 1 to 5 % is usual, and a share
    that is not the sensor's own does harm.
    """

    rotate: Annotated[int, Field(ge=0, le=270, multiple_of=90)] = 0
    fov_deg: Annotated[float, Field(gt=5, le=170)] = 57.0
    noise_c: Annotated[float, Field(ge=0, le=2)] = 0.05
    max_uncertainty_c: Annotated[float, Field(gt=0, le=5)] = 0.5
    min_face_px: Annotated[float, Field(ge=3)] = 12.0
    canthus_mm_px: Annotated[float, Field(ge=0, le=5)] = 1.0
    stray_share: Annotated[float, Field(ge=0, le=0.2)] = 0.0
    stray_reach_px: Annotated[float, Field(ge=1, le=20)] = 4.0
    warm_up_s: Annotated[float, Field(ge=0, le=7200)] = 0.0
    ffc_hold_s: Annotated[float, Field(ge=0, le=60)] = 5.0


class ScreeningConfig(Settings):
    """What is checked and against which limit. 37.3 degC core-equivalent is a labelled default, not a medical truth.

    A reading below `low_core_c` is none: the thermometer is broken, or the person comes from the cold. (Foreheads of the
    healthy scatter by 0.55 degC: four times that below the usual 36.6.) `skin_to_core_c` is added to the skin's temperature;
    `[core]` says how. A guard is called for who was asked about the mask `refusals` times in one visit (standing there for 15 s
    more counts as one more; 0: never).
    """

    mask: bool = True
    temperature: bool = True
    limit_c: Annotated[float, Field(ge=35, le=42)] = 37.3
    guard_band_c: Annotated[float, Field(ge=0, le=2)] = 0.0
    low_core_c: Annotated[float, Field(ge=30, le=36.5)] = 34.5
    skin_to_core_c: Annotated[float, Field(ge=-2, le=6)] = 2.0
    cold_skin_c: Annotated[float, Field(ge=10, le=36)] = 32.5
    worn_probability: Annotated[float, Field(gt=0.34, lt=1)] = 0.6
    face_score: Annotated[float, Field(gt=0.05, lt=1)] = 0.5
    refusals: Annotated[int, Field(ge=0, le=20)] = 3

    @model_validator(mode="after")
    def _somebody_can_pass(self) -> Self:
        if not self.low_core_c < self.limit_c - self.guard_band_c:
            raise ValueError(
                f"low_core_c = {self.low_core_c:g} leaves nobody below limit_c = {self.limit_c:g} less "
                f"guard_band_c = {self.guard_band_c:g}"
            )
        return self


Offset = Annotated[float | None, Field(ge=-2, le=6)]


class CoreConfig(Settings):
    """How skin becomes core-equivalent: something is added, never multiplied (docs/explanation/temperature.md).

    `rule = "constant"` adds `screening.skin_to_core_c`, or what is given here for a region. `"ambient"` adds to that
    `slope_ambient` for each degree that the surroundings are warmer than `reference_ambient_c`. How warm they are is read from
    the coldest quarter of the thermal picture, corrected by the reference body (`ambient = "scene"`), or `ambient_c` says it
    (`"fixed"`). Outside `ambient_low_c` to `ambient_high_c` nobody is measured. `"baseline"` takes off, besides, what the usual
    visitor of this site reads above `usual_core_c`: learnt from at least `baseline_fewest` of the last `baseline_window`
    visitors, without those sent to the recheck area, by at most `baseline_drift_c_per_h` and never more than `baseline_reach_c`.
    It is not kept on disk.
    """

    rule: Literal["constant", "ambient", "baseline"] = "constant"
    forehead_c: Offset = None
    canthus_c: Offset = 1.23
    upper_face_c: Offset = None
    slope_ambient: Annotated[float, Field(ge=-0.3, le=0)] = -0.088
    reference_ambient_c: Annotated[float, Field(ge=10, le=35)] = 24.0
    ambient: Literal["scene", "fixed"] = "scene"
    ambient_c: Annotated[float | None, Field(ge=-10, le=45)] = None
    ambient_low_c: Annotated[float, Field(ge=0, le=30)] = 16.0
    ambient_high_c: Annotated[float, Field(ge=15, le=40)] = 32.0
    usual_core_c: Annotated[float, Field(ge=36, le=37.5)] = 36.9
    baseline_fewest: Annotated[int, Field(ge=10, le=200)] = 10
    baseline_window: Annotated[int, Field(ge=10, le=500)] = 40
    baseline_drift_c_per_h: Annotated[float, Field(gt=0, le=0.3)] = 0.3
    baseline_reach_c: Annotated[float, Field(gt=0, le=1)] = 0.5

    @model_validator(mode="after")
    def _surroundings_are_known(self) -> Self:
        if self.ambient == "fixed" and self.ambient_c is None:
            raise ValueError('ambient = "fixed" needs ambient_c, the temperature of the room in degC')
        if not self.ambient_low_c <= self.reference_ambient_c <= self.ambient_high_c:
            raise ValueError(
                f"reference_ambient_c = {self.reference_ambient_c:g} must lie from ambient_low_c = {self.ambient_low_c:g} "
                f"to ambient_high_c = {self.ambient_high_c:g}"
            )
        if self.baseline_window < self.baseline_fewest:
            raise ValueError(
                f"baseline_window = {self.baseline_window} must be at least baseline_fewest = {self.baseline_fewest}"
            )
        return self


class DriftConfig(Settings):
    """When the gate doubts its own thermometer: the median of the last `visitors`, or of a day, outside `low_c` to `high_c`.

    Core-equivalent, without what an adaptive baseline took off. Kept in memory: a restart begins a new window.
    """

    low_c: Annotated[float, Field(ge=33, le=37)] = 36.0
    high_c: Annotated[float, Field(ge=36.5, le=39)] = 37.2
    visitors: Annotated[int, Field(ge=10, le=1000)] = 30


class ZoneConfig(Settings):
    """The place where one person stands to be screened: corners as shares (0..1) of the colour picture, and the smallest face."""

    polygon: Annotated[list[Point], Field(min_length=3, max_length=32)] = Field(default_factory=_most_of_the_picture)
    min_face: Annotated[float, Field(gt=0.01, le=0.9)] = 0.16
    """Smallest face height that is near enough, as a share of the picture's height."""
