"""The staff's day: tasks, who is on duty, what is open."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from cloud.ledger.staff.roster import RosterFault
from cloud.ledger.staff.rota import Away
from cloud.ledger.staff.tasks import Task, TaskKind, TaskState
from cloud.ledger.staff.turns import Post, Turn
from cloud.store.staff.day import StaffDay
from cloud.store.staff.register import Member
from cloud.store.views.models import View, moment, moment_or_none
from cloud.store.views.staff.members import entry_name, name_of, person_name
from cloud.store.views.staff.roster import FindingView, GapView, finding_view, gap_views


class TaskView(View):
    """Something to do. `owner`: who does it; `supervisor`: who leads the duty now, and is told of it first when it is overdue."""

    kind: TaskKind
    person: str
    name: str
    owner: str
    supervisor: str | None
    state: TaskState
    opens_at: datetime
    due_at: datetime
    done_at: datetime | None
    manual: bool = Field(description="done by a person, not measured at a gate")
    declaration: str | None


class OnDutyView(View):
    """Somebody's turn of duty. The gate is the one that saw the badge last; what it saw of the mask says nothing of its type."""

    person: str
    name: str
    posts: list[Post]
    begins: datetime
    ends: datetime
    now: bool
    seen_at: datetime | None
    seen_gate: str | None
    seen_mask: str | None


class AwayView(View):
    """A leader on duty who is away without a report in advance."""

    site: str
    person: str
    name: str
    why: Away


class StaffTodayView(View):
    """The staff's day: overdue tasks first."""

    at: datetime
    day: date
    on_duty: list[OnDutyView]
    tasks: list[TaskView]
    roster: list[FindingView]
    gaps: list[GapView]
    leaders_away: list[AwayView]


class MineView(View):
    """What somebody has to do; null where the account is nobody's of the staff."""

    at: datetime
    name: str | None
    tasks: list[TaskView]
    on_duty: list[OnDutyView]


def task_view(day: StaffDay, task: Task) -> TaskView:
    whose = day.members.get(task.person)
    leader = day.leader("" if whose is None else whose.site)
    supervisor = None if leader is None else leader.name
    return TaskView(
        kind=task.kind,
        person=person_name(task.person),
        name=name_of(day, task.person),
        owner=_owner(day, task, supervisor),
        supervisor=supervisor,
        state=task.state(day.now_ms),
        opens_at=moment(task.opens_ms),
        due_at=moment(task.due_ms),
        done_at=moment_or_none(task.done_ms),
        manual=task.manual,
        declaration=None if task.about is None else entry_name(task.about),
    )


def _owner(day: StaffDay, task: Task, supervisor: str | None) -> str:
    """Who does it; somebody asks about a declaration, the leader on duty or else whoever took it."""
    if task.about is None:
        return name_of(day, task.person)
    return supervisor or next(one.by for one in day.declarations if one.number == task.about)


def on_duty_view(day: StaffDay, turn: Turn) -> OnDutyView:
    seen = day.seen.get(turn.person)
    return OnDutyView(
        person=person_name(turn.person),
        name=name_of(day, turn.person),
        posts=sorted(turn.posts),
        begins=moment(turn.begins_ms),
        ends=moment(turn.ends_ms),
        now=turn.begins_ms <= day.now_ms < turn.ends_ms,
        seen_at=None if seen is None else moment(seen.at_ms),
        seen_gate=None if seen is None else seen.gate,
        seen_mask=None if seen is None else seen.mask,
    )


def today_view(day: StaffDay, *, declarations: bool) -> StaffTodayView:
    """`declarations`: whether what people declare, and whom it bars, is shown."""
    tasks = [one for one in day.tasks if declarations or one.kind is not TaskKind.FOLLOW_UP]
    faults = [(site, one) for site, one in day.faults if declarations or one.what is not RosterFault.BARRED]
    return StaffTodayView(
        at=moment(day.now_ms),
        day=day.today,
        on_duty=[on_duty_view(day, one) for one in day.turns],
        tasks=[task_view(day, one) for one in tasks],
        roster=[finding_view(day.members, site, one) for site, one in faults],
        gaps=gap_views(day),
        leaders_away=[
            AwayView(site=one.site, person=person_name(one.person), name=name_of(day, one.person), why=one.why)
            for one in day.leaders_away
        ],
    )


def mine_view(day: StaffDay, whose: Member) -> MineView:
    """Only what is one's own; follow-ups are somebody else's."""
    tasks = [one for one in day.tasks if one.person == whose.number and one.kind is not TaskKind.FOLLOW_UP]
    return MineView(
        at=moment(day.now_ms),
        name=whose.name,
        tasks=[task_view(day, one) for one in tasks],
        on_duty=[on_duty_view(day, one) for one in day.turns if one.person == whose.number],
    )
