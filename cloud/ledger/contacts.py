"""Somebody who is told: of what, where in the tree of sites, when, and by which ways. Pure: the time of day is handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from cloud.ledger.sites import ROOT, is_within

CASE_REPORT: Final = "case_report"
"""The kind of what is reported to the leading group: not an alarm, and told until somebody has it."""
DAILY_REPORT: Final = "daily_report"
REPORTS: Final = frozenset({CASE_REPORT, DAILY_REPORT})
STAFF_TASK: Final = "staff_task"
"""The kind of what somebody of the staff has not done in time: no alarm either."""
ALL_DAYS: Final = frozenset(range(7))


class Channel(StrEnum):
    """A way to somebody."""

    MAIL = "mail"
    PUSH = "push"
    WEBHOOK = "webhook"
    MQTT = "mqtt"


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to tell.

    Attributes:
        ways: the address by each: a mail address, the account whose devices get pushes, the name of a webhook.
        site: cares for the gates at it and below.
        step: at which step of this site, from 1.
        days: days of duty, Monday is 0; one that ends after midnight belongs to the day it began.
        begins_min, ends_min: duty in minutes of the day; equal: all day; an end before the begin is on the next day.
        alarms, reports, staff: of what this contact is told.
        liaison: the person who stands for this site towards the authorities.
        kinds: of these alarms only, and responsible for them by name; empty: of every kind.
    """

    name: str
    ways: Mapping[Channel, str]
    site: str = ROOT
    step: int = 1
    days: frozenset[int] = ALL_DAYS
    begins_min: int = 0
    ends_min: int = 0
    alarms: bool = True
    reports: bool = False
    staff: bool = False
    liaison: bool = False
    kinds: tuple[str, ...] = ()

    @property
    def rung(self) -> tuple[int, int]:
        """Where on the way up the tree: the site that lies deepest comes first, and there the lowest step."""
        return -_depth(self.site), self.step

    def on_duty(self, local: datetime) -> bool:
        """Whether at this local time."""
        minute, day = local.hour * 60 + local.minute, local.weekday()
        if self.begins_min == self.ends_min:
            return day in self.days
        if self.begins_min < self.ends_min:
            return day in self.days and self.begins_min <= minute < self.ends_min
        return (day in self.days and minute >= self.begins_min) or ((day - 1) % 7 in self.days and minute < self.ends_min)

    def cares_for(self, site: str, kind: str = "") -> bool:
        """Whether for what waits at this site; `kind`: of what is waiting."""
        if not is_within(site, self.site):
            return False
        if kind in REPORTS:
            return self.reports
        return self.staff if kind == STAFF_TASK else self.alarms and (not self.kinds or kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Lack:
    """What the contacts do not say of a site. `nobody`: no one is told of its alarms; otherwise it has no liaison."""

    site: str
    nobody: bool


def owner_of(site: str, kind: str, contacts: Sequence[Contact], local: datetime) -> str | None:
    """Who is to act on an alarm until somebody takes it; None only where no contact cares for this site.

    Whoever is responsible for the kind by name, then whoever is on duty, then the liaison, then anybody; of several the
    nearest in the tree of sites. It is the contact's account where there is one.
    """
    there = sorted((one for one in contacts if one.cares_for(site, kind)), key=lambda one: (one.rung, one.name))
    named = [one for one in there if kind in one.kinds]
    on_duty = [one for one in there if one.on_duty(local)]
    liaisons = sorted((one for one in contacts if one.liaison and is_within(site, one.site)), key=lambda one: one.rung)
    for some in (named, on_duty, liaisons, there):
        if some:
            return some[0].ways.get(Channel.PUSH, some[0].name)
    return None


def lacks(sites: Sequence[str], contacts: Sequence[Contact]) -> list[Lack]:
    """Every site with a gate whose alarms nobody is told of at any time, or that has no liaison."""
    untold = [Lack(site, nobody=True) for site in sites if not any(one.cares_for(site) for one in contacts)]
    alone = [site for site in sites if not any(one.liaison and is_within(site, one.site) for one in contacts)]
    return untold + [Lack(site, nobody=False) for site in alone]


def _depth(site: str) -> int:
    return len(site.split("/")) if site else 0
