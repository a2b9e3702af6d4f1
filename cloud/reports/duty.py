"""What became of the staff's tasks of the day, for the report: by site and kind, without a name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from cloud.ledger.sites import ROOT
from cloud.ledger.staff.rules import Rules
from cloud.ledger.staff.tasks import TaskKind, TaskState
from cloud.ledger.words import Both
from cloud.store.reporting.body import DutyLine
from cloud.store.reporting.period import Period
from cloud.store.staff.day import StaffDay, staff_day

TASKS: Final[dict[TaskKind, Both]] = {
    TaskKind.BEFORE: ("上班前测温", "Temperature before work"),
    TaskKind.AFTER: ("下班后测温", "Temperature after work"),
    TaskKind.RETURN: ("返岗测温", "Temperature on coming back"),
    TaskKind.PERIODIC: ("每两小时测温", "Temperature, every 2 h"),
    TaskKind.MASK_CHANGE: ("更换一次性口罩", "Change the disposable mask"),
    TaskKind.CHECK: ("上岗检查：口罩和手套", "Check mask and gloves"),
    TaskKind.MORNING_TEMPERATURE: ("晨检：测温", "Morning temperature"),
    TaskKind.MORNING_TEST: ("晨检：病毒检测", "Morning virus test"),
    TaskKind.FOLLOW_UP: ("跟踪询问", "Ask about a declaration"),
}
_OPEN: Final = frozenset({TaskState.LATER, TaskState.OPEN})
_UNDONE: Final = frozenset({TaskState.OVERDUE, TaskState.MISSED})


@dataclass(frozen=True, slots=True)
class StaffDuty:
    """The day as it stood when the report was due."""

    rules: Rules

    def __call__(self, connection: Connection, period: Period) -> list[DutyLine]:
        return duty_lines(staff_day(connection, ROOT, self.rules, period.due_ms))


def duty_lines(day: StaffDay) -> list[DutyLine]:
    """Tasks whose time has come, and gaps of the rota that are ahead."""
    counts: dict[tuple[str, TaskKind], Counter[TaskState]] = {}
    for task in day.tasks:
        whose, state = day.members.get(task.person), task.state(day.now_ms)
        if state not in _OPEN:
            counts.setdefault((ROOT if whose is None else whose.site, task.kind), Counter())[state] += 1
    lines = [_line(site, kind, states) for (site, kind), states in sorted(counts.items())]
    gaps = Counter(site for site, _ in day.open_gaps)
    return lines + [
        DutyLine(site=site, zh=f"值班表今后有 {count} 处空缺", en=f"{count} gaps in the rota ahead")
        for site, count in sorted(gaps.items())
    ]


def _line(site: str, kind: TaskKind, states: Counter[TaskState]) -> DutyLine:
    total, done, late = states.total(), states[TaskState.DONE], states[TaskState.DONE_LATE]
    undone = sum(states[one] for one in _UNDONE)
    zh, en = TASKS[kind]
    return DutyLine(
        site=site,
        zh=f"{zh}：应做 {total}，按时 {done}，迟做 {late}，未做 {undone}",
        en=f"{en}: {total} due, {done} in time, {late} late, {undone} not done",
    )
