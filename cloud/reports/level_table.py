"""The table of bins and dispensers: what is open, what nobody knows, and what nothing shows; listed, never hidden."""

from __future__ import annotations

from cloud.export import Row, Table
from cloud.reports.words import LEVELS, Language, say, word
from cloud.store.reporting.body import Body


def level_table(body: Body, language: Language) -> Table:
    """One that was plainly fine, with every pickup shown by its sensor or its tag, is not named."""
    title = say(("回收桶和洗手、消毒用品：待处理、未知或未核实", "Bins and dispensers: open, unknown or unverified"), language)
    if body.levels is None:
        return Table(title, ("",), (), empty=say(("本版本不登记。", "This version looks after none."), language))
    columns = (
        ("区域", "类别", "名称", "状态", "自", "界限", "清空或补充", "未核实", "传感器否认", "无人登记"),
        ("Site", "Kind", "Name", "State", "Since", "Limit", "Emptied or refilled", "Unverified", "Sensor denies", "Nobody said"),
    )
    rows: list[Row] = [
        [one.site or "-", word(LEVELS, one.kind, language), one.name, word(LEVELS, one.state, language), one.since,
         f"{one.limit_pct:g} %", one.done, one.unverified, one.contradicted, one.unsaid]
        for one in body.levels
    ]  # fmt: skip
    return Table(title, columns[language is Language.EN], rows, (8, 10, 12, 9, 13, 6, 7, 7, 8, 7), say(("无", "None"), language))
