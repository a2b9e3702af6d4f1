"""The dose of UV-C at a place in one run of its lamp, and whether it was enough. No clock and no sensor in here.

The dose (mJ/cm²) is the integral of irradiance over time: irradiance in µW/cm² times seconds, divided by 1000. It is summed by
the trapezoid rule between readings that follow each other, and never over a stretch without readings: what was not measured is
not counted, and then the dose is the least that it can have been.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, NamedTuple

UJ_IN_MJ: Final = 1000.0


class Outcome(StrEnum):
    """What a dose is against its target."""

    REACHED = "reached"
    SHORT = "short"
    UNKNOWN = "unknown"


class Sample(NamedTuple):
    """Irradiance at a time: monotonic seconds, µW/cm²."""

    at_s: float
    uw_cm2: float


@dataclass(frozen=True, slots=True)
class Meter:
    """What is known of a sensor.

    Attributes:
        off_share: by what share of its value it can be off, as its certificate says.
        full_uw_cm2: what it can measure at most: at that it may be any more.
        gap_s: between two readings further apart nothing is counted.
    """

    off_share: float
    full_uw_cm2: float
    gap_s: float


@dataclass(frozen=True, slots=True)
class Exposure:
    """What was counted so far in a run that began at `began_s`. Feed `seen` and `failed` in the order of time.

    Attributes:
        uj_cm2: counted so far.
        sampling_uj_cm2: by how much that can be off because nobody looked between readings: each stretch lies between the
            rectangles of its two ends, where the light rises or falls steadily.
        covered_s: seconds over which it was counted.
        peak_uw_cm2: of the brightest reading.
        blind_s: the longest stretch so far over which nothing was counted.
        readings: with a value.
        saturated: whether any reading was as much as the sensor can measure.
        last: the newest reading; None before the first.
        broken: whether a reading has failed since then.
    """

    began_s: float
    uj_cm2: float = 0.0
    sampling_uj_cm2: float = 0.0
    covered_s: float = 0.0
    peak_uw_cm2: float = 0.0
    blind_s: float = 0.0
    readings: int = 0
    saturated: bool = False
    last: Sample | None = None
    broken: bool = False

    def seen(self, sample: Sample, meter: Meter) -> Exposure:
        """With one more reading. One that is not newer than the last, or older than the run, changes nothing."""
        before = self.last
        since_s = sample.at_s - (self.began_s if before is None else before.at_s)
        if since_s < 0.0 or (before is not None and since_s == 0.0):
            return self
        known = replace(
            self,
            peak_uw_cm2=max(self.peak_uw_cm2, sample.uw_cm2),
            readings=self.readings + 1,
            saturated=self.saturated or sample.uw_cm2 >= meter.full_uw_cm2,
            last=sample,
            broken=False,
        )
        if before is None or self.broken or since_s > meter.gap_s:
            return replace(known, blind_s=max(self.blind_s, since_s))
        return replace(
            known,
            uj_cm2=self.uj_cm2 + 0.5 * (before.uw_cm2 + sample.uw_cm2) * since_s,
            sampling_uj_cm2=self.sampling_uj_cm2 + 0.5 * abs(sample.uw_cm2 - before.uw_cm2) * since_s,
            covered_s=self.covered_s + since_s,
        )

    def failed(self) -> Exposure:
        """The sensor said that it has no value: nothing is counted between the reading before and the one after it."""
        return replace(self, broken=True)


@dataclass(frozen=True, slots=True)
class Dose:
    """Of a whole run at a place, mJ/cm².

    Attributes:
        mj_cm2: what was measured.
        sensor_mj_cm2, sampling_mj_cm2: by how much it can be off: the sensor's own error; what lies between readings.
        most_mj_cm2: so much it was at most; infinity where that is not known.
        mean_uw_cm2: over the time that was counted; None where none was.
        peak_uw_cm2: of the brightest reading; None where there was none.
        lit_s: for so long the lamp was on.
        covered: the share of that over which it was counted.
    """

    mj_cm2: float
    sensor_mj_cm2: float
    sampling_mj_cm2: float
    most_mj_cm2: float
    mean_uw_cm2: float | None
    peak_uw_cm2: float | None
    lit_s: float
    covered: float

    @property
    def off_mj_cm2(self) -> float:
        """By how much it can be off, both together: they have nothing to do with each other."""
        return math.hypot(self.sensor_mj_cm2, self.sampling_mj_cm2)

    @property
    def known(self) -> bool:
        """Whether anything at all was measured."""
        return self.mean_uw_cm2 is not None


def ended(exposure: Exposure, ended_s: float, meter: Meter) -> Dose:
    """The dose of a run whose lamp was last seen on at `ended_s`.

    Over what was not counted it was at most the brightest reading, where no such stretch is longer than `meter.gap_s`.
    """
    lit_s = max(0.0, ended_s - exposure.began_s)
    since_s = lit_s if exposure.last is None else max(0.0, ended_s - exposure.last.at_s)
    blind_s, unseen_s = max(exposure.blind_s, since_s), max(0.0, lit_s - exposure.covered_s)
    mj_cm2 = exposure.uj_cm2 / UJ_IN_MJ
    sensor, sampling = mj_cm2 * meter.off_share, exposure.sampling_uj_cm2 / UJ_IN_MJ
    unseen_mj_cm2 = exposure.peak_uw_cm2 * (1.0 + meter.off_share) * unseen_s / UJ_IN_MJ
    bounded = exposure.readings > 0 and not exposure.saturated and blind_s <= meter.gap_s
    return Dose(
        mj_cm2=mj_cm2,
        sensor_mj_cm2=sensor,
        sampling_mj_cm2=sampling,
        most_mj_cm2=mj_cm2 + math.hypot(sensor, sampling) + unseen_mj_cm2 if bounded else math.inf,
        mean_uw_cm2=exposure.uj_cm2 / exposure.covered_s if exposure.covered_s > 0.0 else None,
        peak_uw_cm2=exposure.peak_uw_cm2 if exposure.readings else None,
        lit_s=lit_s,
        covered=min(1.0, exposure.covered_s / lit_s) if lit_s > 0.0 else 0.0,
    )


def judged(dose: Dose, target_mj_cm2: float) -> Outcome:
    """`reached` and `short` are said only where nothing of what is not known could change it."""
    if dose.mj_cm2 - dose.off_mj_cm2 >= target_mj_cm2:
        return Outcome.REACHED
    if dose.most_mj_cm2 < target_mj_cm2:
        return Outcome.SHORT
    return Outcome.UNKNOWN
