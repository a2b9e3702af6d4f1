"""The tables of what is wrong with the counting: listed, never hidden."""

from __future__ import annotations

from cloud.export import Row, Table
from cloud.reports.words import ASSETS, OTHERS, SUPPLIES, Language, lasting, say, word
from cloud.store.reporting.body import Body, LateLine


def late_table(body: Body, language: Language) -> Table:
    """One line a cut of the network; every event of it stands in the numbers."""
    limit = lasting(body.late_limit_s, language)
    title = say((f"迟到记录（存入比发出晚 {limit} 以上）", f"Late: stored more than {limit} after it was sent"), language)
    columns = (
        ("通道", "所属日期", "条数", "内容", "序号", "发出自", "发出至", "存入", "最长延迟"),
        ("Gate", "Day", "Records", "What", "Numbers", "Sent from", "Sent until", "Stored", "Latest by"),
    )
    rows: list[Row] = [
        [one.gate, one.day or body.day, one.count, _kinds(one, language), _numbers(one), one.first_sent, one.last_sent,
         one.last_stored, lasting(one.longest_s, language)]
        for one in body.late
    ]  # fmt: skip
    for undated in body.undated:
        words = say(("通道时钟不可信，时间未知", "the gate's clock was wrong, their time is not known"), language)
        rows.append([undated.gate, "", undated.count, words, "", None, None, None, ""])
    return Table(title, columns[language is Language.EN], rows, (8, 9, 6, 14, 12, 13, 13, 13, 9), say(("无", "None"), language))


def gap_table(body: Body, language: Language) -> Table:
    title = say(("序号缺口", "Gaps in the numbers"), language)
    columns = ("通道", "序号自", "至", "状态", "发现"), ("Gate", "From", "To", "State", "Found")
    rows: list[Row] = [
        [one.gate, one.first, one.last, word(OTHERS, one.reason or one.state, language), one.found] for one in body.gaps
    ]
    return Table(title, columns[language is Language.EN], rows, (2, 1, 1, 3, 2), say(("无", "None"), language))


def silent_table(body: Body, language: Language) -> Table:
    title = say(("离线通道", "Silent gates"), language)
    columns = ("通道", "次数", "合计", "现在离线", "自"), ("Gate", "Times", "In all", "Silent now", "Since")
    rows: list[Row] = [
        [
            one.gate,
            one.times,
            lasting(one.total_s, language),
            word(OTHERS, "yes" if one.silent_now else "no", language),
            one.since,
        ]
        for one in body.silent
    ]
    return Table(title, columns[language is Language.EN], rows, empty=say(("无", "None"), language))


def dead_table(body: Body, language: Language) -> Table:
    title = say(("无法读取、等待处理的消息", "Messages that could not be read"), language)
    columns = ("通道", "条数", "最早"), ("Gate", "Messages", "First")
    rows: list[Row] = [[one.gate, one.count, one.first] for one in body.dead_letters]
    return Table(title, columns[language is Language.EN], rows, empty=say(("无", "None"), language))


def rounds_table(body: Body, language: Language) -> Table:
    """By asset: what nothing shows, what counts for nothing, what came late, and when nobody came."""
    title = say(("未核实、无效、迟报和漏做的消毒", "Disinfection: unverified, invalid, late and missed rounds"), language)
    kept_none = (
        "本版本不记录消毒巡查，因此无法说明是否已做。",
        "This version keeps no disinfection rounds: nothing says whether any were made.",
    )
    if body.rounds is None:
        return Table(title, ("",), (), empty="" if body.rounds_kept else say(kept_none, language))
    columns = (
        ("区域", "对象", "名称", "有效", "未核实", "无效", "迟报", "逾期次数", "逾期合计"),
        ("Site", "Kind", "Name", "Made", "Unverified", "Invalid", "Late", "Overdue", "Overdue for"),
    )
    rows: list[Row] = [
        [one.site or "-", word(ASSETS, one.kind, language), one.name, one.made, one.unverified, one.invalid, one.late,
         one.overdue_times, lasting(one.overdue_s, language)]
        for one in body.rounds
    ]  # fmt: skip
    return Table(title, columns[language is Language.EN], rows, (9, 8, 12, 5, 7, 6, 6, 7, 8), empty=say(("无", "None"), language))


def supply_table(body: Body, language: Language) -> Table:
    """What was short, and what nobody knows enough of; a stock that was plainly enough is not named."""
    title = say(("不足或存疑的物资", "Supplies: short or in doubt"), language)
    if body.supplies is None:
        return Table(title, ("",), (), empty=say(("本版本不登记物资。", "This version keeps no supplies."), language))
    columns = (
        ("区域", "名称", "状态", "账面", "最低库存", "单位", "可用天数", "盘点差异"),
        ("Site", "Name", "State", "Book", "Minimum", "Unit", "Days left", "Count differs by"),
    )
    unknown = say(("未知", "not known"), language)
    rows: list[Row] = [
        [one.site or "-", one.name, word(SUPPLIES, one.state, language), unknown if one.book is None else one.book, one.minimum,
         one.unit, unknown if one.days_left is None else int(one.days_left), one.difference or ""]
        for one in body.supplies
    ]  # fmt: skip
    return Table(title, columns[language is Language.EN], rows, (9, 12, 10, 6, 7, 7, 7, 7), empty=say(("无", "None"), language))


def proof_table(body: Body, language: Language) -> Table:
    proof = body.proof
    title = say(("记录链核验", "The chain of records"), language)
    columns = ("核验时间", "链号", "记录数", "已清除", "结果", "链尾"), ("Verified", "Links", "Rows", "Erased", "Result", "Head")
    result = "; ".join(proof.faults) or say(("与写入时一致", "as they were written"), language)
    row: Row = [proof.verified, f"{proof.first_link} - {proof.last_link}", proof.rows, proof.erased, result, proof.head]
    return Table(title, columns[language is Language.EN], [row], (13, 9, 7, 7, 16, 30))


def _kinds(one: LateLine, language: Language) -> str:
    return ", ".join(f"{word(OTHERS, kind, language)} {count}" for kind, count in one.kinds.items())


def _numbers(one: LateLine) -> str:
    return ", ".join(f"{first}" if first == last else f"{first}-{last}" for first, last in one.numbers)
