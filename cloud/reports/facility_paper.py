"""The facilities to take away: how everything stands, each round with what stands behind it, one sensor over time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cloud.export import Cell, Row, Table
from cloud.ledger.words import TROUBLES, Both
from cloud.reports.facility_words import (
    AGENTS,
    DOUBTS,
    FAULTS,
    LEVEL_LIGHTS,
    LIGHTS,
    QUANTITIES,
    SLOT_LIGHTS,
    STANDINGS,
    STOCK_LIGHTS,
    TRUSTS,
)
from cloud.reports.words import ASSETS, KINDS, LEVELS, OTHERS, Language, said, say, word
from cloud.store.views.canteen import SittingView
from cloud.store.views.facilities import AssetView, RoundView
from cloud.store.views.levels import LevelView
from cloud.store.views.newest import ConditionView, SensorNowView, SensorsView
from cloud.store.views.supplies import StockView

Columns = tuple[Sequence[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Everything:
    """What one account sees at one moment."""

    sensors: SensorsView
    assets: Sequence[AssetView]
    levels: Sequence[LevelView]
    stocks: Sequence[StockView]
    slots: Sequence[SittingView]


@dataclass(frozen=True, slots=True)
class RoundOf:
    """A round and what was disinfected."""

    site: str
    kind: str
    name: str
    round: RoundView


def board_tables(now: Everything, language: Language) -> list[Table]:
    """What needs somebody first."""
    return [
        _conditions(now.sensors.conditions, language),
        _assets(now.assets, language),
        _levels(now.levels, language),
        _stocks(now.stocks, language),
        _slots(now.slots, language),
        _sensors(now.sensors.sensors, now.sensors.at, language),
    ]


def round_table(made: Iterable[RoundOf], language: Language) -> Table:
    """Each round; manual and measured are told apart."""
    columns = (
        ("完成时间", "登记时间", "区域", "类别", "名称", "登记人", "方式", "浓度 mg/L", "稀释", "作用时间（分）", "凭证",
         "未核实原因", "无效原因", "补录"),
        ("Done", "Entered", "Site", "Kind", "Name", "By", "Agent", "Strength mg/L", "Dilution", "Contact min", "Evidence",
         "Why unverified", "Why invalid", "Late"),
    )  # fmt: skip
    rows = (_round(one, language) for one in made)
    widths = (10, 10, 8, 7, 9, 7, 8, 6, 7, 6, 8, 9, 8, 4)
    return _table(("消毒记录", "Disinfection rounds"), columns, rows, language, widths)


def history_table(now: SensorNowView, pieces: Iterable[Sequence[Cell]], language: Language) -> Table:
    """One sensor; `pieces`: from when, least, mean, most, and of how many readings."""
    title = say((f"{now.place or now.gate}：", f"{now.place or now.gate}: "), language) + _quantity(now.quantity, language)
    unit = f" {now.unit}" if now.unit else ""
    columns = (
        ("时间", f"最低{unit}", f"平均{unit}", f"最高{unit}", "读数个数"),
        ("From", f"Least{unit}", f"Mean{unit}", f"Most{unit}", "Readings"),
    )
    return _table((title, title), columns, pieces, language, (12, 8, 8, 8, 6))


def _round(of: RoundOf, language: Language) -> Row:
    one = of.round
    return [
        one.done_at, one.entered_at, of.site or "-", word(ASSETS, of.kind, language), of.name, one.by,
        word(AGENTS, one.agent, language), one.ppm, one.dilution, one.contact_min, word(TRUSTS, one.trust, language),
        None if one.doubt is None else word(DOUBTS, one.doubt, language),
        ", ".join(word(FAULTS, fault, language) for fault in one.faults), say(OTHERS["yes"], language) if one.late else None,
    ]  # fmt: skip


def _conditions(some: Iterable[ConditionView], language: Language) -> Table:
    columns = ("自", "告警", "区域", "通道", "说明", "负责人"), ("Since", "Alarm", "Site", "Gate", "What", "Owner")
    rows: list[Row] = [
        [one.since, word(KINDS, one.kind, language), one.site or "-", one.gate, said(one.detail, language), one.owner]
        for one in some
    ]
    return _table(("当前告警", "Alarms that stand"), columns, rows, language, (10, 12, 9, 8, 20, 8))


def _assets(some: Iterable[AssetView], language: Language) -> Table:
    columns = (
        ("状态", "区域", "类别", "名称", "到期", "上次有效消毒", "凭证", "负责人"),
        ("State", "Site", "Kind", "Name", "Due", "Last round that counts", "Evidence", "Person"),
    )
    rows: list[Row] = [
        [word(LIGHTS, one.light, language), one.site or "-", word(ASSETS, one.kind, language), one.name, one.due_at,
         None if one.last is None else one.last.done_at,
         None if one.last is None else word(TRUSTS, one.last.trust, language), one.person_name]
        for one in some
    ]  # fmt: skip
    return _table(("消毒", "Disinfection"), columns, rows, language, (8, 9, 9, 12, 11, 11, 9, 8))


def _levels(some: Iterable[LevelView], language: Language) -> Table:
    columns = (
        ("状态", "区域", "类别", "名称", "数值 %", "读数时间", "界限 %", "待处理自"),
        ("State", "Site", "Kind", "Name", "Level %", "Taken", "Limit %", "To be done since"),
    )
    rows: list[Row] = [
        [word(LEVEL_LIGHTS, one.light, language), one.site or "-", word(LEVELS, one.kind, language), one.name,
         one.value if one.known else None, one.value_at if one.known else None, one.limit_pct, one.due_since]
        for one in some
    ]  # fmt: skip
    return _table(("回收桶与洗手、消毒用品", "Bins and dispensers"), columns, rows, language, (9, 9, 10, 12, 6, 11, 6, 11))


def _stocks(some: Iterable[StockView], language: Language) -> Table:
    columns = (
        ("状态", "区域", "名称", "账面", "单位", "下限", "预计可用（天）", "上次盘点"),
        ("State", "Site", "Name", "By the book", "Unit", "Minimum", "Days left", "Last count"),
    )
    rows: list[Row] = [
        [word(STOCK_LIGHTS, one.light, language), one.site or "-", one.name, one.book, one.unit, one.minimum,
         None if one.left is None else one.left.likely, one.counted_at]
        for one in some
    ]  # fmt: skip
    return _table(("物资", "Supplies"), columns, rows, language, (9, 9, 12, 6, 9, 6, 8, 11))


def _slots(some: Iterable[SittingView], language: Language) -> Table:
    columns = (
        ("状态", "区域", "时段", "开始", "结束", "名额", "计划", "进入", "在内"),
        ("State", "Site", "Slot", "From", "To", "Places", "Planned", "Let in", "Inside"),
    )
    rows: list[Row] = [
        [word(SLOT_LIGHTS, one.light, language), one.site or "-", one.name, one.begins, one.ends, one.places, one.planned,
         one.let_in, one.inside]
        for one in some
    ]  # fmt: skip
    return _table(("今天的用餐时段", "Slots of the canteen today"), columns, rows, language, (9, 9, 12, 11, 11, 6, 6, 6, 6))


def _sensors(some: Iterable[SensorNowView], at: datetime, language: Language) -> Table:
    columns = (
        (
            "状态",
            "区域",
            "位置",
            "量",
            "数值",
            "单位",
            "读数时间",
            "下限",
            "上限",
            "无数据原因",
            "校准有效期至",
            "传感器",
            "通道",
        ),
        (
            "State",
            "Site",
            "Place",
            "What",
            "Value",
            "Unit",
            "Taken",
            "Lower",
            "Upper",
            "Why no value",
            "Calibrated until",
            "Sensor",
            "Gate",
        ),
    )
    rows: list[Row] = [
        [word(STANDINGS, one.standing, language), one.site or "-", one.place or one.gate, _quantity(one.quantity, language),
         one.value if at <= one.fresh_until else None, one.unit, one.at, one.least, one.most, _why(one, at, language),
         None if one.calibration_due is None else one.calibration_due.isoformat(), one.sensor, one.gate]
        for one in some
    ]  # fmt: skip
    return _table(("传感器", "Sensors"), columns, rows, language, (8, 8, 9, 9, 6, 6, 10, 5, 5, 9, 8, 8, 7))


def _why(one: SensorNowView, at: datetime, language: Language) -> str | None:
    if one.value is not None and at > one.fresh_until:
        return word(TROUBLES, "stale", language)
    return None if one.trouble is None else word(TROUBLES, one.trouble, language)


def _quantity(name: str, language: Language) -> str:
    return word(QUANTITIES, name, language)


def _table(title: Both, columns: Columns, rows: Iterable[Row], language: Language, widths: Sequence[float]) -> Table:
    return Table(say(title, language), columns[language is Language.EN], rows, widths, say(("无", "None"), language))
