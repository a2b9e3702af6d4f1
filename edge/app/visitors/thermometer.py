"""What the thermometer would say of a visitor: the errors that were measured, not the pictures.

Figures of a Lepton 3.5 from `menshen-edge evaluate simulation` (docs/how-to/judge-the-thermometer.md, 40 people), and what the
reference body may be wrong by, which no simulation makes: it is the same for everybody at one gate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from contract.verdicts import Reason, Region
from edge.config.thermometry import ReferenceConfig, SensorConfig
from edge.policy.reading import Reading, Unmeasured

FFC_EVERY_S: Final = 180.0
"""A Lepton's own period."""

SHUT_S: Final = 2.05
HOLD_S: Final = float(SensorConfig.model_fields["ffc_hold_s"].default)
PERIOD_S: Final = 1 / 8.77
SKIN_TO_CORE_C: Final = 2.0


@dataclass(frozen=True, slots=True)
class HeatErrors:
    """Degrees Celsius, standard deviations unless said otherwise.

    Attributes:
        bias_c: mean error.
        gate_c: of a whole gate: its reference body.
        person_c: of a person's readings, the same in all of them.
        reading_c: from reading to reading.
        said_c: the uncertainty that each reading states.
        scatter_c: how people's own skin differs from what their core would make of it. No error of the thermometer.
        hidden: share of people with hair over the forehead and glasses before the eyes, who are asked to show the forehead.
    """

    bias_c: float = 0.0
    gate_c: float = float(ReferenceConfig.model_fields["uncertainty_c"].default)
    person_c: float = 0.05
    reading_c: float = 0.05
    said_c: float = 0.22
    scatter_c: float = 0.0
    hidden: float = 3 / 40


class Thermometer:
    """One gate's. Times are seconds of the simulation."""

    def __init__(self, errors: HeatErrors, rng: np.random.Generator) -> None:
        self._errors, self._rng = errors, rng
        self._gate_c = float(rng.normal(errors.bias_c, errors.gate_c))
        self._shutter_s = float(rng.uniform(0.0, FFC_EVERY_S))
        self._next_s = 0.0

    def person_c(self) -> float:
        """What is wrong with all readings of a new person."""
        return float(self._rng.normal(0.0, self._errors.person_c) + self._rng.normal(0.0, self._errors.scatter_c))

    def hidden(self) -> bool:
        return bool(self._rng.uniform() < self._errors.hidden)

    def new_picture(self, now_s: float) -> bool:
        """Whether there is a thermal picture that was not measured yet."""
        if now_s < self._next_s:
            return False
        self._next_s = (now_s // PERIOD_S + 1) * PERIOD_S
        return True

    def measure(self, core_c: float, person_c: float, now_s: float, *, hidden: bool) -> Reading | Unmeasured:
        """One answer about a person of that true core temperature."""
        if (now_s - self._shutter_s) % FFC_EVERY_S < SHUT_S + HOLD_S:
            return Unmeasured(Reason.FFC, now_s)
        if hidden:
            return Unmeasured(Reason.FOREHEAD_COVERED, now_s)
        read_c = core_c + self._gate_c + person_c + float(self._rng.normal(0.0, self._errors.reading_c))
        skin_c = read_c - SKIN_TO_CORE_C
        return Reading(skin_c, skin_c, read_c, self._errors.said_c, Region.FOREHEAD, 0.6, 1, now_s, reference_seen=True)
