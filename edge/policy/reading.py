"""A face temperature that was measured, or the named reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from contract.verdicts import CoreRule, Reason, Region


@dataclass(frozen=True, slots=True)
class Reading:
    """One person's temperature at one moment. Nothing in it is pulled towards normal.

    Attributes:
        raw_c: what the sensor says of the region, degrees Celsius, uncorrected.
        corrected_c: the same against the reference body.
        core_c: core-equivalent: corrected plus what the site's rule adds (slope 1).
        uncertainty_c: combined standard uncertainty from named parts (sensor noise, reference, size, emissivity ...).
        region: where on the face.
        distance_m: from the face's size; NaN where unknown.
        samples: thermal frames behind it.
        taken_s: monotonic time of the newest of them.
        reference_seen: whether the reference body was seen in every one of them.
        rule: what made core_c.
        ambient_c: how warm the surroundings were; None where the rule does not ask.
        shift_c: what the adaptive baseline took off core_c; 0 without one.
        reference_bodies: which of the site's heated bodies were seen in every one of them, 1 and 2.
    """

    raw_c: float
    corrected_c: float
    core_c: float
    uncertainty_c: float
    region: Region
    distance_m: float
    samples: int
    taken_s: float
    reference_seen: bool
    rule: CoreRule = CoreRule.CONSTANT
    ambient_c: float | None = None
    shift_c: float = 0.0
    reference_bodies: tuple[int, ...] = (1,)


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """No temperature, and why. Could not measure is never normal."""

    reason: Reason
    taken_s: float
