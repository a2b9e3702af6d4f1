"""What somebody of the staff declared."""

from __future__ import annotations

from datetime import date

from cloud.ledger.staff.declarations import Declaration, Declared
from cloud.store.staff.day import StaffDay
from cloud.store.views.models import View
from cloud.store.views.staff.members import entry_name, name_of, person_name


class DeclarationView(View):
    """What somebody declared; `followed_today`: whether somebody has asked today."""

    id: str
    person: str
    name: str
    what: Declared
    made_on: date
    until: date
    open: bool
    bars: bool
    followed_today: bool
    detail: str


def declaration_view(day: StaffDay, one: Declaration, detail: str, *, bars: bool) -> DeclarationView:
    asked = any(task.about == one.number and task.done_ms is not None for task in day.tasks)
    return DeclarationView(
        id=entry_name(one.number),
        person=person_name(one.person),
        name=name_of(day, one.person),
        what=one.what,
        made_on=one.made_on,
        until=one.until,
        open=one.is_open(day.today),
        bars=bars,
        followed_today=asked,
        detail=detail,
    )
