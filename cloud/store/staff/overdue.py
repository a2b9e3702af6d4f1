"""What is overdue in the staff's day, for whoever tells people of it. No name: who looks at the screen may read it there."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from cloud.ledger.contacts import STAFF_TASK
from cloud.ledger.escalation import STAFF, Waiting
from cloud.ledger.sites import ROOT
from cloud.ledger.staff.rules import Rules
from cloud.ledger.staff.tasks import Task, TaskState
from cloud.store.staff.day import StaffDay, staff_day

EVERY_MS: Final = 20_000
"""The day is worked out anew so often; an overdue task waits no longer than that to be told."""


class OverdueTasks:
    """Asked by one thread."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._looked_ms: int | None = None
        self._found: list[Waiting] = []

    def __call__(self, connection: Connection, now_ms: int) -> list[Waiting]:
        """Every task that is overdue now, with the leader on duty as the one to be told first."""
        if self._looked_ms is None or not 0 <= now_ms - self._looked_ms < EVERY_MS:
            day = staff_day(connection, ROOT, self._rules, now_ms)
            self._found = [_waiting(day, one) for one in day.tasks if one.state(now_ms) is TaskState.OVERDUE]
            self._looked_ms = now_ms
        return self._found


def _waiting(day: StaffDay, task: Task) -> Waiting:
    whose = day.members.get(task.person)
    site = ROOT if whose is None else whose.site
    leader = day.leader(site)
    about = "" if task.about is None else f"-{task.about}"
    return Waiting(
        f"staff-{task.person}-{task.kind}{about}",
        site,
        STAFF_TASK,
        STAFF,
        task.due_ms,
        f"{task.kind.replace('_', ' ')}: staff-{task.person}",
        site=site,
        first="" if leader is None or leader.contact is None else leader.contact,
    )
