"""The tables of a monthly report, in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Final

from cloud.export import Row, Table
from cloud.ledger.words import Both
from cloud.reports.facility_words import QUANTITIES
from cloud.reports.uvc_table import dose_table
from cloud.reports.words import ASSETS, KINDS, LEVELS, OTHERS, Language, lasting, said, say, word
from cloud.store.reporting.month.body import MonthBody

Columns = tuple[Sequence[str], Sequence[str]]
NONE: Final[Both] = ("无", "None")


def rounds_table(body: MonthBody, language: Language) -> Table:
    columns = (
        ("区域", "对象", "名称", "应做", "有凭证", "未核实", "无效", "漏做", "逾期合计", "有凭证占比"),
        ("Site", "Kind", "Name", "Due", "Shown", "Unverified", "Invalid", "Missed", "Overdue for", "Share shown"),
    )
    rows: list[Row] = [
        [one.site or "-", word(ASSETS, one.kind, language), one.name, one.due, one.shown, one.unverified, one.invalid, one.missed,
         lasting(one.overdue_s, language) if one.overdue_s else "", _share(one.share)]
        for one in body.rounds
    ]  # fmt: skip
    title = ("消毒巡查", "Disinfection rounds")
    return _table(
        title, columns, rows, language, (9, 8, 12, 5, 6, 7, 5, 5, 9, 8), ("没有登记消毒对象。", "Nothing is on the list.")
    )


def lock_table(body: MonthBody, language: Language) -> Table:
    columns = ("区域", "病例区域", "来源", "封闭自", "至", "凭证"), ("Site", "Area", "Source", "Locked from", "Until", "Evidence")
    rows: list[Row] = [[one.site or "-", one.area, one.source, one.since, one.until, one.evidence] for one in body.locks]
    return _table(("封闭的区域", "Locked areas"), columns, rows, language, (8, 9, 9, 11, 11, 16))


def sensor_table(body: MonthBody, language: Language) -> Table:
    """By gate and quantity: hours without a value are hours of which nobody knows."""
    columns = ("区域", "通道", "量", "有数据（小时）", "无数据（小时）"), ("Site", "Gate", "What", "Hours with", "Hours without")
    title: Both = ("传感器", "Sensors")
    if body.sensors is None:
        away = ("曲线库没有响应，无法说明。", "The series store does not answer: not known.")
        return _table(title, columns, (), language, empty=away)
    rows: list[Row] = [
        [one.site or "-", one.gate, word(QUANTITIES, one.quantity, language), one.hours_with, one.hours_without]
        for one in body.sensors
    ]
    return _table(title, columns, rows, language, empty=("没有传感器。", "No sensors."))


def alarm_sums(body: MonthBody, language: Language) -> Table:
    columns = ("告警", "通道", "次数", "合计", "最长"), ("Alarm", "Gate", "Times", "In all", "Longest")
    by_kind = sorted(body.alarms, key=lambda one: (one.kind, one.gate))
    rows: list[Row] = []
    for (kind, gate), same in groupby(by_kind, key=lambda one: (one.kind, one.gate)):
        lasted = [one.lasted_s for one in same]
        rows.append(
            [word(KINDS, kind, language), gate, len(lasted), lasting(sum(lasted), language), lasting(max(lasted), language)]
        )
    return _table(("告警合计", "Alarms by kind"), columns, rows, language, (14, 9, 5, 9, 9))


def alarm_table(body: MonthBody, language: Language) -> Table:
    columns = ("发生", "恢复", "历时", "告警", "通道", "说明"), ("From", "Until", "For", "Alarm", "Gate", "What")
    stands = say(("仍在", "still"), language)
    rows: list[Row] = [
        [one.since, stands if one.until is None else one.until, lasting(one.lasted_s, language), word(KINDS, one.kind, language),
         one.gate, said(one.detail, language)]
        for one in body.alarms
    ]  # fmt: skip
    return _table(("每次告警", "Each alarm"), columns, rows, language, (11, 11, 9, 11, 8, 18))


def level_table(body: MonthBody, language: Language) -> Table:
    columns = (
        ("区域", "种类", "名称", "需处理", "已处理", "未核实", "传感器否认", "无人登记", "月末待处理"),
        ("Site", "Kind", "Name", "Was due", "Done", "Unverified", "Denied by sensor", "Nobody said", "Open at the end"),
    )
    rows: list[Row] = [
        [one.site or "-", word(LEVELS, one.kind, language), one.name, one.became_due, one.done, one.unverified,
         one.contradicted, one.returned, word(OTHERS, "yes" if one.open else "no", language)]
        for one in body.levels
    ]  # fmt: skip
    return _table(("回收桶与消毒、洗手用品", "Bins and dispensers"), columns, rows, language, (8, 8, 12, 6, 6, 7, 9, 8, 8))


def supply_table(body: MonthBody, language: Language) -> Table:
    columns = ("区域", "名称", "不足（天）", "存疑（天）"), ("Site", "Name", "Days short", "Days in doubt")
    rows: list[Row] = [[one.site or "-", one.name, one.short_days, one.unknown_days] for one in body.supplies]
    return _table(("不足或存疑的物资", "Supplies: short or in doubt"), columns, rows, language, (9, 14, 6, 6))


def meeting_table(body: MonthBody, language: Language) -> Table:
    columns = ("区域", "会议室", "开始", "结束", "人数", "已检测"), ("Site", "Room", "Begins", "Ends", "People", "Screened")
    rows: list[Row] = [[one.site or "-", one.room, one.begins, one.ends, one.heads, one.screened] for one in body.meetings]
    return _table(("会议", "Meetings"), columns, rows, language, (8, 11, 11, 11, 5, 5))


def delivery_table(body: MonthBody, language: Language) -> Table:
    columns = (
        ("通道", "迟到记录", "最长延迟", "缺失记录", "离线次数", "离线合计"),
        ("Gate", "Late records", "Latest by", "Missing", "Times silent", "Silent for"),
    )
    rows: list[Row] = [
        [one.gate, one.late, lasting(one.longest_s, language) if one.late else "", one.missing, one.silent_times,
         lasting(one.silent_s, language) if one.silent_s else ""]
        for one in body.delivery
    ]  # fmt: skip
    return _table(("数据是否到齐", "What came in late, or not"), columns, rows, language)


def day_table(body: MonthBody, language: Language) -> Table:
    """Every day is named, also one on which nothing was."""
    columns = (
        ("日期", "有效消毒", "开始逾期", "告警", "需处理的桶和用品", "有数据（小时）", "日报", "情况"),
        ("Day", "Rounds", "Became overdue", "Alarms", "Bins and dispensers due", "Hours with readings", "Daily report", "What"),
    )
    unknown, quiet = say(("未知", "not known"), language), say(("无事件", "no event"), language)
    rows: list[Row] = [
        [one.day, one.rounds, one.missed, one.alarms, one.levels, unknown if one.hours is None else one.hours,
         word(OTHERS, "yes" if one.reported else "no", language), quiet if one.quiet else ""]
        for one in body.days
    ]  # fmt: skip
    return _table(("每日", "Day by day"), columns, rows, language, (9, 7, 8, 5, 9, 8, 7, 8))


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share * 100:.0f} %"


def _table(
    title: Both,
    columns: Columns,
    rows: Sequence[Row],
    language: Language,
    widths: Sequence[float] = (),
    empty: Both = NONE,
) -> Table:
    return Table(say(title, language), columns[language is Language.EN], rows, widths, say(empty, language))


TABLES: Final[tuple[Callable[[MonthBody, Language], Table], ...]] = (
    rounds_table, dose_table, lock_table, sensor_table, alarm_sums, alarm_table, level_table, supply_table, meeting_table,
    delivery_table, day_table,
)  # fmt: skip
