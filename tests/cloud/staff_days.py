"""A staff's day for tests: hours of a day in Shanghai, and what was seen of somebody."""

from __future__ import annotations

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from cloud.ledger.staff.rules import Rules, Shift
from cloud.ledger.staff.signs import MaskType, Sign, What
from cloud.ledger.staff.turns import Post, Turn
from contract.verdicts import Duty

RULES = Rules(zone=ZoneInfo("Asia/Shanghai"))
DAY = date(2026, 11, 23)
"""A Monday."""
MEI, LIN, WEI = 1, 2, 3


def at(clock: str, day: date = DAY, rules: Rules = RULES) -> int:
    """UTC milliseconds of `10:30`; of `+1 10:30` a day later."""
    later, _, clock = clock.rpartition(" ")
    hours, _, minutes = clock.partition(":")
    return rules.at_ms(day + timedelta(days=int(later or 0)), time(int(hours), int(minutes)))


def turn(shift: Shift = Shift.MORNING, *, person: int = MEI, post: Post = Post.SCREENING, day: date = DAY) -> Turn:
    return Turn(person, *RULES.shift_ms(day, shift), frozenset({post}))


def read(clock: str, duty: Duty = Duty.DURING, day: date = DAY) -> Sign:
    """A badge at a gate that has measured."""
    return Sign(at(clock, day), What.PASSAGE, measured=True, duty=duty)


def passed(clock: str) -> Sign:
    """A badge at a gate that has not measured."""
    return Sign(at(clock), What.PASSAGE, duty=Duty.DURING)


def by_hand(clock: str) -> Sign:
    return Sign(at(clock), What.TEMPERATURE, measured=True, manual=True)


def went_out(clock: str) -> Sign:
    return Sign(at(clock), What.OUT, manual=True)


def wears(clock: str, mask: MaskType | None = MaskType.DISPOSABLE, *, gloves: bool = False) -> Sign:
    return Sign(at(clock), What.WEARS, manual=True, mask=mask, gloves=gloves)
