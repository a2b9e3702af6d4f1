"""A visit's temperature from its last single pictures."""

from __future__ import annotations

import math
from statistics import median
from typing import TYPE_CHECKING, Final

from edge.policy.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contract.verdicts import Region

MOST: Final = 9
_WITHIN_S: Final = 2.0


def combine(readings: Sequence[Reading]) -> Reading:
    """Sum up the last up to 9 readings that lie within 2 s of the newest, of the region most of them used, by the median.

    Two readings of one thermal picture (the same `taken_s`) count once: a slow thermal camera is paired to several colour
    pictures. The uncertainty does not shrink with their number, because what they are unsure of is the same in all of them;
    how much they differ among themselves (half the width of the middle two thirds) is added. The uncertainty may so exceed the
    sensor profile's limit: compare it again. Raises ValueError when there is no reading.
    """
    if not readings:
        raise ValueError("a visit without a reading has no temperature")
    newest_s = max(reading.taken_s for reading in readings)
    recent = {reading.taken_s: reading for reading in readings if newest_s - reading.taken_s <= _WITHIN_S}
    last = [recent[taken_s] for taken_s in sorted(recent)[-MOST:]]
    region = _region([reading.region for reading in last])
    used = [reading for reading in last if reading.region is region]
    ordered_c = sorted([reading.corrected_c for reading in used])
    outer = len(used) // 6
    scatter_c = (ordered_c[-1 - outer] - ordered_c[outer]) / 2.0
    return Reading(
        raw_c=median([reading.raw_c for reading in used]),
        corrected_c=median(ordered_c),
        core_c=median([reading.core_c for reading in used]),
        uncertainty_c=math.hypot(median([reading.uncertainty_c for reading in used]), scatter_c),
        region=region,
        distance_m=median([reading.distance_m for reading in used]),
        samples=len(used),
        taken_s=used[-1].taken_s,
        reference_seen=all(reading.reference_seen for reading in used),
        rule=used[-1].rule,
        ambient_c=used[-1].ambient_c,
        shift_c=used[-1].shift_c,
        reference_bodies=_in_all([reading.reference_bodies for reading in used]),
    )


def _region(regions: list[Region]) -> Region:
    """The one most of them are of; the first of several as frequent."""
    return regions[0] if regions.count(regions[0]) == len(regions) else max(regions, key=regions.count)


def _in_all(bodies: list[tuple[int, ...]]) -> tuple[int, ...]:
    """The numbers that stand in each, in order."""
    if bodies.count(bodies[0]) == len(bodies):
        return bodies[0]
    return tuple(sorted(set(bodies[0]).intersection(*bodies)))
