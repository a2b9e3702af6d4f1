"""The tables of a report, in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from cloud.export import Row, Table
from cloud.ledger.case_numbers import case_number, case_of
from cloud.ledger.words import VERDICTS
from cloud.reports.canteen_table import canteen_table
from cloud.reports.level_table import level_table
from cloud.reports.troubles import dead_table, gap_table, late_table, proof_table, rounds_table, silent_table, supply_table
from cloud.reports.words import KINDS, MISTAKES, OTHERS, OUTCOMES, Language, lasting, say, word
from cloud.store.reporting.body import Body, VisitCount


def visit_table(body: Body, language: Language) -> Table:
    """By gate, population and day; a column for each verdict that occurs."""
    shown = [verdict for verdict in VERDICTS if any(one.verdict == verdict for one in body.visits)]
    rows: dict[tuple[str, str, str], list[VisitCount]] = defaultdict(list)
    for one in body.visits:
        rows[one.gate, one.population, one.day].append(one)
    first = ("通道", "人员", "所属日期", "人次"), ("Gate", "Who", "Day", "Visits")
    columns = [*first[language is Language.EN], *(word(VERDICTS, one, language) for one in shown)]
    columns.append(say(("未全检", "not fully checked"), language))
    lines: list[Row] = [
        [
            gate,
            word(OTHERS, who, language),
            day or body.day,
            sum(one.count for one in counts),
            *(sum(one.count for one in counts if one.verdict == verdict) for verdict in shown),
            sum(one.unchecked for one in counts),
        ]
        for (gate, who, day), counts in sorted(rows.items())
    ]
    return Table(say(("筛查人次", "Visits"), language), columns, lines, empty=say(("没有人员通过筛查。", "Nobody."), language))


def changed_table(body: Body, language: Language) -> Table:
    columns = ("通道", "所属日期", "原报", "实为", "人次"), ("Gate", "Day", "Reported as", "Was", "Visits")
    rows: list[Row] = [
        [one.gate, one.day, word(VERDICTS, one.before, language), word(VERDICTS, one.verdict, language), one.count]
        for one in body.changed
    ]
    return _table(
        ("对以前日报的更正：最终判定不同", "Corrections: visits that ended otherwise than reported"), columns, rows, language
    )


def refusal_table(body: Body, language: Language) -> Table:
    columns = ("通道", "情形", "人次"), ("Gate", "What", "Count")
    names = OTHERS | {"not_admitted": VERDICTS["not_admitted"]}
    rows: list[Row] = [[one.gate, word(names, one.kind, language), one.count] for one in body.refusals]
    return _table(("拒绝与劝返", "Refusals"), columns, rows, language)


def hands_table(body: Body, language: Language) -> Table:
    """Of those let in where clean hands are asked for; what people say of themselves stands apart from what was seen."""
    columns = (
        ("通道", "所属日期", "进入", "用了手消毒器", "本人确认", "未见手消毒"),
        ("Gate", "Day", "Let in", "By dispenser", "By their word", "Without"),
    )
    title = "手消毒（仅设有要求的通道）", "Clean hands, where they are asked for"
    if body.hands is None:
        kept_none = say(("本版本不统计手消毒。", "This version counts no clean hands."), language)
        return Table(say(title, language), ("",), (), empty=kept_none)
    rows: list[Row] = [
        [one.gate, one.day or body.day, one.let_in, one.dispenser, one.confirmed, one.without] for one in body.hands
    ]
    return _table(title, columns, rows, language)


def case_table(body: Body, language: Language) -> Table:
    columns = (
        ("个案", "通道", "发生", "情形", "状态", "接手", "用时", "首报", "结果", "误报原因"),
        ("Case", "Gate", "Raised", "Kind", "State", "Taken by", "After", "First report", "Outcome", "Why wrong"),
    )
    zone = ZoneInfo(body.zone)
    rows: list[Row] = [
        [
            case_number(case_of(one.id), _ms(one.raised), zone),
            one.gate,
            one.raised,
            word(KINDS, one.kind, language),
            word(OTHERS, one.state, language),
            one.taken_by,
            lasting(one.taken_after_s, language),
            one.reported,
            word(OUTCOMES, one.outcome, language) if one.outcome else None,
            word(MISTAKES, one.mistake, language) if one.mistake else None,
        ]
        for one in body.cases
    ]
    return _table(("个案（复检与协助）", "Cases"), columns, rows, language, (8, 9, 13, 11, 8, 8, 9, 13, 10, 10))


def alarm_table(body: Body, language: Language) -> Table:
    columns = (
        ("通道", "告警", "优先级", "次数", "确认", "确认人", "确认用时（中位）", "最长", "待确认"),
        ("Gate", "Alarm", "Priority", "Announced", "Acknowledged", "By", "Median time", "Longest", "Waits"),
    )
    rows: list[Row] = [
        [
            one.gate,
            word(KINDS, one.kind, language),
            word(OTHERS, str(one.priority), language),
            one.announced,
            one.acknowledged,
            ", ".join(one.by),
            lasting(one.median_s, language),
            lasting(one.longest_s, language),
            word(OTHERS, "yes" if one.waits else "no", language),
        ]
        for one in body.alarms
    ]
    return _table(("告警与确认", "Alarms"), columns, rows, language, (9, 13, 7, 7, 8, 10, 10, 10, 7))


def staff_table(body: Body, language: Language) -> Table:
    columns = ("通道", "时段", "判定", "人次"), ("Gate", "Duty", "Verdict", "Checks")
    rows: list[Row] = [
        [one.gate, word(OTHERS, one.duty, language), word(VERDICTS, one.verdict, language), one.count]
        for one in body.visits
        if one.population == "staff"
    ]
    return _table(("工作人员检测（出示工牌）", "Staff checks, by badge"), columns, rows, language)


def duty_table(body: Body, language: Language) -> Table:
    """Where nobody looks at duty, it is said, not left out."""
    title = say(("值班与到期任务", "Duty and overdue tasks"), language)
    if body.duty is None:
        return Table(title, ("",), (), empty=say(("本版本不核对值班。", "This version looks at no duty."), language))
    rows: list[Row] = [[one.site, say((one.zh, one.en), language)] for one in body.duty]
    return Table(title, (say(("地点", "Site"), language), say(("情况", "What"), language)), rows, (1, 4))


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def _table(
    title: tuple[str, str],
    columns: tuple[Sequence[str], Sequence[str]],
    rows: Sequence[Row],
    language: Language,
    widths: Sequence[float] = (),
) -> Table:
    return Table(say(title, language), columns[language is Language.EN], rows, widths, say(("无", "None"), language))


TABLES: Final[tuple[Callable[[Body, Language], Table], ...]] = (
    visit_table, refusal_table, hands_table, canteen_table, case_table, alarm_table, staff_table, duty_table, changed_table,
    late_table, gap_table, silent_table, dead_table, rounds_table, supply_table, level_table, proof_table,
)  # fmt: skip
