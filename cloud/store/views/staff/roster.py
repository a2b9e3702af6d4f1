"""The roster of the week, the rota of the 24 hours' duty, and what is wrong or open in them."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from cloud.ledger.staff.roster import Finding, RosterFault
from cloud.ledger.staff.rules import Shift
from cloud.ledger.staff.turns import Post
from cloud.store.staff.day import StaffDay
from cloud.store.staff.register import Member
from cloud.store.views.models import View, moment
from cloud.store.views.staff.members import person_name


class FindingView(View):
    """What is wrong with a place of the roster."""

    what: RosterFault
    site: str
    day: date
    shift: Shift
    post: Post
    person: str | None
    name: str | None
    have: int
    need: int
    until: date | None


class GapView(View):
    """A time of the 24 hours' duty without anybody."""

    site: str
    post: Post
    begins: datetime
    ends: datetime


class PlaceView(View):
    """Who stands at one place of the roster."""

    day: date
    shift: Shift
    post: Post
    persons: list[str]


class RosterView(View):
    """A week of one site's roster."""

    site: str
    days: list[date]
    working_days: list[date]
    persons: int = Field(description="that each shift of a working day needs")
    places: list[PlaceView]
    findings: list[FindingView]


class TurnView(View):
    """A turn of the 24 hours' duty."""

    id: str
    site: str
    person: str
    name: str
    begins: datetime
    ends: datetime
    leads: bool


class AbsenceView(View):
    id: str
    person: str
    name: str
    begins: datetime
    ends: datetime
    reported_at: datetime
    in_advance: bool


class RotaView(View):
    """The rota and the absences from now on, and what is open in it."""

    turns: list[TurnView]
    absences: list[AbsenceView]
    gaps: list[GapView]


def finding_view(day_of: dict[int, Member], site: str, found: Finding) -> FindingView:
    person, place = found.person, found.place
    return FindingView(
        what=found.what,
        site=site,
        day=place.day,
        shift=place.shift,
        post=place.post,
        person=None if person is None else person_name(person),
        name=day_of[person].name if person in day_of else None,
        have=found.have,
        need=found.need,
        until=found.until,
    )


def gap_views(day: StaffDay) -> list[GapView]:
    return [
        GapView(site=site, post=gap.post, begins=moment(gap.begins_ms), ends=moment(gap.ends_ms)) for site, gap in day.open_gaps
    ]
