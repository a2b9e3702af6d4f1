"""What the runs of UV-C lamps gave in a month, by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection

from cloud.ledger.facility.uvc import Run, RunLight
from cloud.ledger.reporting.month import Month
from cloud.ledger.sites import ROOT
from cloud.store.facility.uvc import disturbed, runs
from cloud.store.reporting.month.body import MonthDose
from contract.messages.alert import AlertKind


def doses_of_month(connection: Connection, month: Month, site: str, gates: Mapping[str, str]) -> list[MonthDose]:
    """A run belongs to the month in which it ended."""
    made = runs(connection, site, month.since_ms, month.until_ms)
    alarms = disturbed(connection, made)
    by_place: dict[tuple[str, str, str], list[Run]] = defaultdict(list)
    for one in made:
        by_place[gates.get(one.gate, ROOT), one.gate, one.place or one.sensor].append(one)
    return [
        MonthDose(
            site=of_site,
            gate=gate,
            place=place,
            runs=len(some),
            reached=sum(one.light is RunLight.REACHED for one in some),
            short=sum(one.light is RunLight.SHORT for one in some),
            unknown=sum(one.light is RunLight.UNKNOWN for one in some),
            no_target=sum(one.light is RunLight.NO_TARGET for one in some),
            intruded=sum(AlertKind.ROOM_PERSON in alarms.get(one, ()) for one in some),
            lit_s=sum(one.lit_s or 0.0 for one in some),
        )
        for (of_site, gate, place), some in sorted(by_place.items())
    ]
