"""What became of the canteen's slots."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from cloud.ledger.facility.canteen import Sitting
from cloud.ledger.sites import ROOT
from cloud.store.facility.canteen import counted
from cloud.store.reporting.body import CanteenLine
from cloud.store.reporting.period import Period
from cloud.store.views.models import moment


class CanteenOf:
    """Every slot that ended since the report before was due; its visits as they were stored when this one was made."""

    def __call__(self, connection: Connection, period: Period) -> list[CanteenLine]:
        zone = period.schedule.zone
        first, last = (datetime.fromtimestamp(at_ms / 1000, zone).date() for at_ms in (period.since_ms, period.due_ms))
        held = counted(connection, ROOT, period.made_ms, zone, first, last)
        return [_line(one) for one in held if period.since_ms < one.ends_ms <= period.due_ms]


def _line(one: Sitting) -> CanteenLine:
    return CanteenLine(
        site=one.slot.site,
        name=one.slot.name,
        gate=one.slot.gate,
        begins=moment(one.begins_ms),
        ends=moment(one.ends_ms),
        places=one.slot.places,
        let_in=one.let_in,
        state=one.light.value,
    )
