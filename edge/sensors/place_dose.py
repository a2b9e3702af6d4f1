"""The dose at one place from run to run, as readings of a sensor."""

from __future__ import annotations

from typing import Final

from edge.config.quantities import QUANTITIES
from edge.config.sensors import Told
from edge.config.uvc import IRRADIANCE, UvcDose
from edge.policy.dose import Dose, Exposure, Meter, Outcome, Sample, ended, judged
from edge.sensors.reading import Reading, Trouble

MEASURED: Final = (
    *("uvc_lit_s", "uvc_covered_pct"),
    *("uvc_dose_mj_cm2", "uvc_dose_off_mj_cm2", "uvc_mean_uw_cm2", "uvc_peak_uw_cm2"),
)
"""In the order they are told: that there was a run comes first, in whatever messages the rest of it goes."""
JUDGED: Final = ("uvc_target_mj_cm2", "uvc_reached")


class PlaceDose:
    """A `Sensor` of the settings, told of each run by `UvcRoom`.

    Attributes:
        outcome: of the newest run; None before the first, and where there is no target.
        words: how that run was, for people.
    """

    def __init__(self, told: UvcDose, of: Told) -> None:
        self.told = told
        self.quantities = MEASURED if told.target_mj_cm2 is None else (*MEASURED, *JUDGED)
        most = QUANTITIES[IRRADIANCE].most
        self._meter = Meter(told.off_pct / 100.0, of.range.get(IRRADIANCE, (0.0, most))[1], told.gap_s)
        self._exposure = Exposure(0.0)
        self._trouble = Trouble.NOT_MEASURED
        self.outcome: Outcome | None = None
        self.words = ""

    def begin(self, began_s: float) -> None:
        self._exposure, self._trouble = Exposure(began_s), Trouble.NOT_MEASURED

    def hear(self, one: Reading) -> None:
        """A reading while the lamp was on."""
        if one.sensor != self.told.of or one.quantity != IRRADIANCE:
            return
        if one.value is None:
            self._exposure, self._trouble = self._exposure.failed(), one.trouble or self._trouble
        else:
            self._exposure = self._exposure.seen(Sample(one.taken_s, one.value), self._meter)

    def end(self, ended_s: float, now_s: float) -> list[Reading]:
        """What is told of the run."""
        dose, target = ended(self._exposure, ended_s, self._meter), self.told.target_mj_cm2
        unknown = self._trouble
        known: dict[str, float | Trouble] = {
            "uvc_lit_s": dose.lit_s,
            "uvc_covered_pct": 100.0 * dose.covered,
            "uvc_dose_mj_cm2": dose.mj_cm2 if dose.known else unknown,
            "uvc_dose_off_mj_cm2": dose.off_mj_cm2 if dose.known else unknown,
            "uvc_mean_uw_cm2": unknown if dose.mean_uw_cm2 is None else dose.mean_uw_cm2,
            "uvc_peak_uw_cm2": unknown if dose.peak_uw_cm2 is None else dose.peak_uw_cm2,
        }
        if target is not None:
            self.outcome = judged(dose, target)
            self.words = _words(self.told.place or self.told.name, dose, target, self.outcome)
            known |= {"uvc_target_mj_cm2": target, "uvc_reached": _reached(self.outcome, dose, unknown)}
        return [Reading.of(self.told.name, quantity, said, now_s) for quantity, said in known.items()]


def _reached(outcome: Outcome, dose: Dose, unknown: Trouble) -> float | Trouble:
    match outcome:
        case Outcome.REACHED:
            return 1.0
        case Outcome.SHORT:
            return 0.0
        case Outcome.UNKNOWN:
            return Trouble.UNDECIDED if dose.known else unknown


def _words(place: str, dose: Dose, target_mj_cm2: float, outcome: Outcome) -> str:
    told = f"{dose.mj_cm2:.3g} ± {dose.off_mj_cm2:.2g}" if dose.known else "not measured"
    seen = f"measured {100.0 * dose.covered:.0f} % of {dose.lit_s:.0f} s"
    return f"{place}: {told} of {target_mj_cm2:g} mJ/cm², {outcome.value} ({seen})"
