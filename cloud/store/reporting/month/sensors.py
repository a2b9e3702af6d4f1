"""In which hours of a month the sensors of a site had values, out of the series store: it keeps them longer than the ledger."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from cloud.ledger.reporting.month import Month
from cloud.store.facility.uvc import RUN_QUANTITIES
from cloud.store.reporting.month.body import MonthSensors
from cloud.store.series import DAY_S, SeriesStore, Span, Step
from contract.series import Measurement

BEFORE_S: Final = 31 * DAY_S
"""So far back it is looked for what there was: a sensor without a value in the whole month is not left out."""
OF_RUNS: Final = frozenset(RUN_QUANTITIES)
"""Told once a run: an hour without them is no hour of which nobody knows."""
_HOUR_MS: Final = 3_600_000
Hours = dict[tuple[str, str], set[int]]
"""By gate and quantity: the hours (UTC seconds) with a value."""


def hours_heard(series: SeriesStore, month: Month, gates: Mapping[str, str]) -> Hours:
    """Raises SeriesAwayError."""
    span = Span(month.since_ms // 1000 - BEFORE_S, math.ceil(month.until_ms / 1000))
    found: Hours = defaultdict(set)
    for one in series.buckets(Measurement.SENSOR, "value", span, step=Step.HOUR):
        if one.gate in gates and one.kind not in OF_RUNS:
            hours = found[one.gate, one.kind]
            if month.holds(max(one.start_s * 1000, month.since_ms)) and one.start_s * 1000 + _HOUR_MS > month.since_ms:
                hours.add(one.start_s)
    return found


def sensors_of_month(hours: Hours, month: Month, gates: Mapping[str, str]) -> list[MonthSensors]:
    """By gate and quantity. An hour that has only begun is one."""
    all_hours = math.ceil((month.until_ms - month.since_ms) / _HOUR_MS)
    return [
        MonthSensors(
            site=gates[gate],
            gate=gate,
            quantity=quantity,
            hours_with=min(len(heard), all_hours),
            hours_without=max(all_hours - len(heard), 0),
        )
        for (gate, quantity), heard in sorted(hours.items())
    ]
