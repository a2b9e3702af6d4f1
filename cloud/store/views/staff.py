"""Staff as screens see it. `id` is `staff-12`; names are shown to whoever may read of the staff."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from cloud.ledger.staff.declarations import Declaration, Declared
from cloud.ledger.staff.roster import Fault, Finding
from cloud.ledger.staff.rota import Away
from cloud.ledger.staff.rules import Shift
from cloud.ledger.staff.tasks import Task, TaskKind, TaskState
from cloud.ledger.staff.turns import Post, Turn
from cloud.store.staff.day import StaffDay
from cloud.store.staff.register import Member
from cloud.store.views.models import View, moment, moment_or_none


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


class FindingView(View):
    """What is wrong with a place of the roster."""

    what: Fault
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


class AwayView(View):
    """A leader on duty who is away without a report in advance."""

    site: str
    person: str
    name: str
    why: Away


class TodayView(View):
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


def today_view(day: StaffDay, *, declarations: bool) -> TodayView:
    """`declarations`: whether what people declare, and whom it bars, is shown."""
    tasks = [one for one in day.tasks if declarations or one.kind is not TaskKind.FOLLOW_UP]
    faults = [(site, one) for site, one in day.faults if declarations or one.what is not Fault.BARRED]
    return TodayView(
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
