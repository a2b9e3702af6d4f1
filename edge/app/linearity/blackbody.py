"""The sweep before a real gate: a technician sets a blackbody, the gate's own camera and correction read it."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, nan
from statistics import median
from typing import TYPE_CHECKING, Final

import numpy as np

from contract.errors import MenshenError
from edge.app.linearity.judged import Step
from edge.config.thermometry import RegistrationConfig
from edge.errors import SourceError
from edge.vision.band_radiance import SKIN_EMISSIVITY, celsius_of, emitted, radiance
from edge.vision.reference_body import ReferenceMissing
from edge.vision.reference_pair import reference_of
from edge.vision.registration import Registration
from edge.vision.stray_light import StrayLight
from edge.vision.thermal_frame import ThermalFrame, from_counts
from edge.vision.thermal_patch import background_c
from edge.vision.thermometry import Thermometer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from edge.clock import Clock
    from edge.config import GateConfig
    from edge.vision.thermal.source import ThermalSource

FRAMES: Final = 25
PATIENCE_S: Final = 20.0
_HALF_PX: Final = 1  # 3x3 pixels are read
_NOBODY: Final[NDArray[np.float64]] = np.zeros((0, 4))


@dataclass(frozen=True, slots=True)
class Blackbody:
    """Where it stands in the turned thermal picture, pixels, and its emissivity."""

    row: int
    col: int
    emissivity: float


class BlackbodySweep:
    """Reads a blackbody through the gate's thermometer. Raises MenshenError where the gate could not measure anybody either."""

    def __init__(self, config: GateConfig, body: Blackbody, source: ThermalSource, clock: Clock) -> None:
        if config.reference is None:
            raise MenshenError(
                "without a reference body there is no correction to test",
                where="[reference]",
                remedy="Add it, or sweep the simulator: menshen-edge linearity --simulated",
            )
        self._sensor, self._body, self._source, self._clock = config.sensor, body, source, clock
        self._reference = reference_of(config.reference, config.second_reference, config.sensor)
        self._stray = StrayLight(config.sensor)
        no_mapping = Registration(RegistrationConfig(matrix=[[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]))  # no face is looked for
        self._thermometer = Thermometer(config.sensor, config.screening, no_mapping)

    def read(self, true_c: float) -> Step:
        """The body at `true_c`, degrees Celsius: the median of FRAMES pictures in which the reference body is seen.

        The truth is given as skin that would look the same: the correction takes everything for skin of emissivity 0.98. NaN
        where PATIENCE_S do not bring enough pictures.
        """
        read_c: list[float] = []
        as_skin_c: list[float] = []
        deadline_s = self._clock.monotonic_s() + PATIENCE_S
        while len(read_c) < FRAMES and self._clock.monotonic_s() < deadline_s:
            frame = self._frame()
            if frame is None:
                continue
            seen = self._reference.look(frame.celsius, _NOBODY, frame.taken_s)
            raw_c = self._raw_c(frame)
            if isinstance(seen, ReferenceMissing) or not frame.ffc_age_s >= self._sensor.ffc_hold_s or not isfinite(raw_c):
                continue
            around_c = background_c(frame.celsius)
            read_c.append(float(self._thermometer.correct(np.array([raw_c]), seen, around_c, seen.body.distance_m or 1.0)[0]))
            as_skin_c.append(as_skin(true_c, self._body.emissivity, around_c + seen.offset_c))
        if len(read_c) < FRAMES:
            return Step(true_c, nan)
        return Step(median(as_skin_c), median(read_c))

    def _frame(self) -> ThermalFrame | None:
        raw = self._source.read()
        if raw is None:
            return None
        frame = from_counts(raw.counts, self._sensor.rotate, taken_s=raw.taken_s, ffc_age_s=raw.ffc_age_s)
        return self._stray.removed(frame)

    def _raw_c(self, frame: ThermalFrame) -> float:
        """The mean of 3x3 pixels. Raises SourceError where they do not lie in the picture."""
        rows, cols = frame.celsius.shape
        row, col = self._body.row, self._body.col
        if not (_HALF_PX <= row < rows - _HALF_PX and _HALF_PX <= col < cols - _HALF_PX):
            raise SourceError(
                f"row {row}, column {col} does not lie in the turned thermal picture of {rows} rows and {cols} columns",
                where="--row, --col",
                remedy="Give the middle of the blackbody as the picture shows it after sensor.rotate.",
            )
        patch = frame.celsius[row - _HALF_PX : row + _HALF_PX + 1, col - _HALF_PX : col + _HALF_PX + 1]
        return float(patch.mean())


def as_skin(true_c: float, emissivity: float, surroundings_c: float) -> float:
    """The temperature of skin that looks like a body of that temperature and emissivity, among the same surroundings."""
    leaves = emitted(true_c, emissivity, surroundings_c)
    return float(celsius_of((leaves - (1.0 - SKIN_EMISSIVITY) * radiance(surroundings_c)) / SKIN_EMISSIVITY))
