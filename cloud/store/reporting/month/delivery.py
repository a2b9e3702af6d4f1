"""How what gates sent has come in, as the daily reports of the month say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Connection, select

from cloud.ledger.reporting.month import Month
from cloud.store.reporting.body import Body
from cloud.store.reporting.month.body import MonthDelivery
from cloud.store.tables import report


def reported(connection: Connection, month: Month) -> list[Body]:
    """The daily reports of its days, in order."""
    days = month.days
    where = (report.c.day >= days[0], report.c.day <= days[-1])
    rows = connection.execute(select(report.c.body).where(*where).order_by(report.c.number)).scalars()
    return [Body.model_validate_json(body) for body in rows]


def delivery_of(bodies: Collection[Body], gates: Collection[str]) -> list[MonthDelivery]:
    """Of these gates; only those of which there is something to say."""
    late: dict[str, int] = defaultdict(int)
    longest: dict[str, float] = defaultdict(float)
    missing: dict[str, int] = defaultdict(int)
    times: dict[str, int] = defaultdict(int)
    silent_s: dict[str, float] = defaultdict(float)
    for body in bodies:
        for held in body.late:
            late[held.gate] += held.count
            longest[held.gate] = max(longest[held.gate], held.longest_s)
        for gap in body.gaps:
            missing[gap.gate] += gap.last - gap.first + 1 if gap.state == "missing" else 0
        for away in body.silent:
            times[away.gate] += away.times
            silent_s[away.gate] += away.total_s
    return [
        MonthDelivery(
            gate=gate,
            late=late[gate],
            longest_s=longest[gate],
            missing=missing[gate],
            silent_times=times[gate],
            silent_s=silent_s[gate],
        )
        for gate in sorted(gates)
        if late[gate] or missing[gate] or silent_s[gate]
    ]
