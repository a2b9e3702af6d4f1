"""The settings of reports as their worker."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from cloud.ledger.facility.levels import LevelRules
from cloud.ledger.facility.rules import RoundRules
from cloud.ledger.facility.supplies import SupplyRules
from cloud.ledger.reporting.schedule import Schedule
from cloud.ledger.staff.rules import Rules
from cloud.reports.canteen import CanteenOf
from cloud.reports.disinfection import DisinfectionOf
from cloud.reports.duty import StaffDuty
from cloud.reports.levels import LevelsOf
from cloud.reports.stocks import SuppliesOf
from cloud.reports.worker import Reporter
from cloud.settings import ReportSettings
from cloud.store.database import Database


def reporter(
    settings: ReportSettings,
    database: Database,
    now_ms: Callable[[], int],
    rules: Rules,
    rounds: RoundRules,
    supplies: SupplyRules,
    levels: LevelRules,
) -> Reporter:
    """The worker as it was set up.

    `rules`: of the staff's day; `rounds`: of disinfection; `supplies`: of stocks; `levels`: of bins and dispensers.
    """
    hour, _, minute = settings.at.partition(":")
    schedule = Schedule(int(hour) * 60 + int(minute), ZoneInfo(settings.timezone))
    sources = StaffDuty(rules), DisinfectionOf(rounds), SuppliesOf(supplies), LevelsOf(levels), CanteenOf()
    return Reporter(database, schedule, round(settings.late_s * 1000), now_ms, *sources)
