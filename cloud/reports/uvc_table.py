"""Runs of UV-C lamps as a table to take away, and as a line of a month."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from cloud.export import Row, Table
from cloud.ledger.facility.uvc import RunLight
from cloud.ledger.words import Both
from cloud.reports.words import KINDS, OTHERS, Language, lasting, say, word
from cloud.store.reporting.month.body import MonthBody
from cloud.store.views.uvc import UvcRunView

RUNS: Final[dict[str, Both]] = {
    RunLight.REACHED: ("已达到", "reached"),
    RunLight.SHORT: ("不足", "too small"),
    RunLight.UNKNOWN: ("不明", "not known"),
    RunLight.NO_TARGET: ("未设目标", "no target set"),
}


def run_table(some: Iterable[UvcRunView], language: Language) -> Table:
    """One line for each run and place."""
    columns = (
        ("开始", "结束", "区域", "通道", "位置", "照射时长", "剂量 mJ/cm²", "± mJ/cm²", "目标 mJ/cm²", "测得比例 %", "结果",
         "期间告警", "迟到"),
        ("From", "To", "Site", "Gate", "Place", "Lamp on", "Dose mJ/cm²", "± mJ/cm²", "Target mJ/cm²", "Measured %", "Result",
         "Alarms meanwhile", "Late"),
    )  # fmt: skip
    rows = (_row(one, language) for one in some)
    return Table(
        say(("紫外线消毒记录", "Runs of UV-C lamps"), language),
        columns[language is Language.EN],
        rows,
        (10, 10, 8, 8, 9, 7, 7, 6, 7, 7, 7, 10, 5),
        say(("无", "None"), language),
    )


def dose_table(body: MonthBody, language: Language) -> Table:
    """By place: only a dose that is known to have been enough counts as reached."""
    columns = (
        ("区域", "通道", "位置", "次数", "已达到", "不足", "不明", "未设目标", "期间有人", "照射合计"),
        ("Site", "Gate", "Place", "Runs", "Reached", "Too small", "Not known", "No target", "Somebody came", "Lamp on"),
    )
    rows: list[Row] = [
        [one.site or "-", one.gate, one.place, one.runs, one.reached, one.short, one.unknown, one.no_target, one.intruded,
         lasting(one.lit_s, language)]
        for one in body.doses
    ]  # fmt: skip
    return Table(
        say(("紫外线消毒", "UV-C"), language),
        columns[language is Language.EN],
        rows,
        (8, 8, 11, 5, 6, 6, 6, 7, 7, 8),
        say(("没有紫外线消毒记录。", "No run of a UV-C lamp."), language),
    )


def _row(one: UvcRunView, language: Language) -> Row:
    unknown = say(RUNS[RunLight.UNKNOWN], language)
    return [
        one.begins or unknown,
        one.ends,
        one.site or "-",
        one.gate,
        one.place or one.sensor,
        unknown if one.lit_s is None else lasting(one.lit_s, language),
        unknown if one.dose_mj_cm2 is None else _rounded(one.dose_mj_cm2),
        _rounded(one.off_mj_cm2),
        one.target_mj_cm2,
        _rounded(one.covered_pct),
        say(RUNS[one.light], language),
        ", ".join(word(KINDS, kind.value, language) for kind in one.disturbed),
        word(OTHERS, "yes", language) if one.late else None,
    ]


def _rounded(value: float | None) -> float | None:
    """To three digits: a sensor is not better than that."""
    return None if value is None else float(f"{value:.3g}")
