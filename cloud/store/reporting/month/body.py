"""What a monthly report of the facilities holds. Made from the record when it is asked for; nothing of it was typed."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from cloud.store.views.models import View


class MonthRounds(View):
    """One asset. `share`: rounds with evidence of those due; null where none was due."""

    site: str
    kind: str
    name: str
    due: int
    shown: int = Field(description="made, with evidence: sensor, tag or photograph")
    unverified: int
    invalid: int
    late: int
    missed: int
    overdue_s: float
    share: float | None


class MonthLock(View):
    """A confirmed case, the area it locked, and what ended that; `evidence` is empty while it stands."""

    site: str
    area: str
    source: str
    since: datetime
    until: datetime | None
    evidence: str


class MonthSensors(View):
    """A quantity at a gate: hours of the month with a reading that had a value, and hours that had none."""

    site: str
    gate: str
    quantity: str
    hours_with: int
    hours_without: int


class MonthAlarm(View):
    """One time that a condition stood, by the gate's own clock; `until` null: it stands."""

    site: str
    gate: str
    kind: str
    since: datetime
    until: datetime | None
    lasted_s: float = Field(description="within the month")
    detail: str


class MonthDose(View):
    """What the runs of a UV-C lamp gave at one place. Only a dose that is known to have been enough is `reached`."""

    site: str
    gate: str
    place: str
    runs: int
    reached: int
    short: int
    unknown: int
    no_target: int = Field(description="nobody has said what would be enough")
    intruded: int = Field(description="runs during which somebody may have been there")
    lit_s: float = Field(description="for how long the lamp was on, where that is known")


class MonthLevel(View):
    """One bin or dispenser."""

    site: str
    kind: str
    name: str
    became_due: int
    done: int = Field(description="pickups and refills that somebody entered")
    unverified: int
    contradicted: int
    returned: int = Field(description="times it was good again, and nobody said who did it")
    open: bool = Field(description="it was due at the end")


class MonthSupply(View):
    """One stock that was short, or not known, at the end of a day of the month."""

    site: str
    name: str
    short_days: int
    unknown_days: int


class MonthMeeting(View):
    """One meeting; `screened`: how many somebody says were screened."""

    site: str
    room: str
    begins: datetime
    ends: datetime
    heads: int
    screened: int


class MonthDelivery(View):
    """How what a gate sent has come in: late and missing by the daily reports of the month; when it was silent."""

    gate: str
    late: int
    longest_s: float
    missing: int
    silent_times: int
    silent_s: float


class MonthDay(View):
    """One day. `quiet`: nothing of all this was; `hours`: in which any sensor had a value, null: not known."""

    day: str
    rounds: int
    missed: int
    alarms: int
    levels: int
    hours: int | None
    reported: bool = Field(description="whether there is a daily report of it")
    quiet: bool


class MonthBody(View):
    """One month of one site and all below it. What is null nobody could know when it was asked for."""

    month: str
    site: str
    zone: str
    made: datetime
    over: bool
    rounds: list[MonthRounds]
    locks: list[MonthLock]
    sensors: list[MonthSensors] | None
    alarms: list[MonthAlarm]
    doses: list[MonthDose]
    levels: list[MonthLevel]
    supplies: list[MonthSupply]
    meetings: list[MonthMeeting]
    delivery: list[MonthDelivery]
    days: list[MonthDay]
