"""A played recording in the numbers that are compared."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from contract.verdicts import Verdict
from edge.app.clips.play import Played, measured_visits
from edge.vision.visit_reading import combine

if TYPE_CHECKING:
    from edge.policy.reading import Reading

_FEWEST: Final = 9
"""Single readings of a track before its spread says anything."""


def summary(name: str, played: Played) -> dict[str, Any]:
    """One row of the result.

    `reading_c`: skin, corrected, median over the people measured. `spread_c`: of each track's readings as the gate combines
    them, 90th percentile less median, the widest. `reference_found`: share of the pictures. `first_body_to_verdict_s`: from the
    first face that is near enough to the first decision on a temperature.
    """
    visits = measured_visits(played)
    read = [said.reading for said in visits.values() if said.reading is not None]
    first = min((said.decided_s for said in played.announced if said.visit in visits), default=None)
    wide = [_spread_c(readings) for readings in played.readings.values() if len(readings) >= _FEWEST]
    return {
        "clip": name,
        "people_measured": len(visits),
        "reading_c": _rounded(median(one.corrected_c for one in read) if read else None),
        "core_c": _rounded(median(one.core_c for one in read) if read else None),
        "uncertainty_c": _rounded(median(one.uncertainty_c for one in read) if read else None),
        "spread_c": _rounded(max(wide, default=None)),
        "reference_found": round(played.reference_frames / max(played.frames, 1), 4),
        "reasons": dict(sorted(played.reasons.items())),
        "ffc_holdoffs": played.ffc_frames,
        "rechecks": sum(said.decision.verdict is Verdict.RECHECK for said in visits.values()),
        "first_body_to_verdict_s": _rounded(None if first is None or played.near_s is None else first - played.near_s),
    }


def _spread_c(readings: list[Reading]) -> float:
    combined = [combine(readings[max(0, end - _FEWEST) : end]).corrected_c for end in range(3, len(readings) + 1)]
    return float(np.quantile(combined, 0.9) - np.quantile(combined, 0.5))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
