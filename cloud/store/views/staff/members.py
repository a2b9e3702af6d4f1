"""Who is of the staff, and how they are called: `id` is `staff-12`. Names are shown to whoever may read of the staff."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from cloud.store.staff.day import StaffDay
from cloud.store.staff.register import Member
from cloud.store.views.models import View, moment_or_none


class MemberView(View):
    """Somebody of the staff."""

    id: str
    name: str
    number: str = Field(description="the house's own")
    team: str
    site: str
    badge: str | None
    account: str | None
    contact: str | None = Field(description="of [escalation]: by whose notices this person is told while leading")
    trained_on: date | None = Field(description="the first training; null: not trained")
    left_at: datetime | None


def person_name(number: int) -> str:
    """How a member of staff is called in addresses and in the audit."""
    return f"staff-{number}"


def entry_name(number: int) -> str:
    return f"entry-{number}"


def member_view(one: Member, trained: date | None) -> MemberView:
    return MemberView(
        id=person_name(one.number),
        name=one.name,
        number=one.staff_number,
        team=one.team,
        site=one.site,
        badge=one.badge,
        account=one.account,
        contact=one.contact,
        trained_on=trained,
        left_at=moment_or_none(one.left_ms),
    )


def name_of(day: StaffDay, person: int) -> str:
    known = day.members.get(person)
    return "" if known is None else known.name
