"""One monthly report, out of one picture of the ledger and the series store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from cloud.ledger.facility.assets import Asset
from cloud.ledger.facility.rules import RoundRules
from cloud.ledger.facility.supplies import SupplyRules
from cloud.ledger.facility.tally import Tally
from cloud.ledger.reporting.month import Month
from cloud.store.facility.level_book import LevelEntry
from cloud.store.reporting.month.alarms import alarms_of_month
from cloud.store.reporting.month.body import MonthAlarm, MonthBody, MonthDay
from cloud.store.reporting.month.delivery import delivery_of, reported, silences
from cloud.store.reporting.month.facility import (
    levels_of_month,
    locks_of_month,
    meetings_of_month,
    rounds_line,
    supplies_of_month,
    tallies,
)
from cloud.store.reporting.month.sensors import Hours, sensors_of_month
from cloud.store.reporting.month.uvc import doses_of_month
from cloud.store.sites import sites_of_gates
from cloud.store.views.models import moment


@dataclass(frozen=True, slots=True)
class MonthRules:
    """By which rounds and supplies are judged."""

    rounds: RoundRules
    supplies: SupplyRules


def month_body(connection: Connection, month: Month, site: str, rules: MonthRules, hours: Hours | None, now_ms: int) -> MonthBody:
    """Of this site and all below it. `hours`: in which its sensors had values, None where nobody can say."""
    gates = sites_of_gates(connection, site)
    made = tallies(connection, month, site, gates, rules.rounds)
    alarms = alarms_of_month(connection, month, gates)
    levels, became_due = levels_of_month(connection, month, site)
    daily = reported(connection, month)
    return MonthBody(
        month=month.name,
        site=site,
        zone=str(month.zone),
        made=moment(now_ms),
        over=month.over,
        rounds=[rounds_line(asset, told) for asset, told, _ in made],
        locks=locks_of_month(connection, month, site),
        sensors=None if hours is None else sensors_of_month(hours, month, gates),
        alarms=alarms,
        doses=doses_of_month(connection, month, site, gates),
        levels=levels,
        supplies=supplies_of_month(connection, month, site, rules.supplies),
        meetings=meetings_of_month(connection, month, {asset.number: asset for asset, _, _ in made}),
        delivery=delivery_of(daily, silences(connection, month, gates), gates),
        days=_days(month, made, alarms, became_due, hours, {one.day for one in daily}),
    )


def _days(
    month: Month,
    made: Iterable[tuple[Asset, Tally, list[int]]],
    alarms: Iterable[MonthAlarm],
    became_due: Iterable[LevelEntry],
    hours: Hours | None,
    reports: set[str],
) -> list[MonthDay]:
    """Every day that has begun, also one on which nothing was: it is listed as such."""
    told = list(made)
    rounds = Counter(month.day_of(at_ms) for _, _, done in told for at_ms in done)
    missed = Counter(month.day_of(at_ms) for _, one, _ in told for at_ms in one.began_ms)
    raised = Counter(month.day_of(round(one.since.timestamp() * 1000)) for one in alarms)
    full = Counter(month.day_of(one.happened_ms) for one in became_due)
    heard = Counter(month.day_of(start_s * 1000) for start_s in set[int]().union(*(hours or {}).values()))
    return [
        MonthDay(
            day=day,
            rounds=rounds[day],
            missed=missed[day],
            alarms=raised[day],
            levels=full[day],
            hours=None if hours is None else heard[day],
            reported=day in reports,
            quiet=not (rounds[day] or missed[day] or raised[day] or full[day]),
        )
        for day in month.days
    ]
