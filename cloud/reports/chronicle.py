"""The chronicle in words: one dated line in Chinese and English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from cloud.export import Document, Row, Table
from cloud.ledger.case_numbers import case_number
from cloud.ledger.words import Both
from cloud.reports.words import KINDS, OUTCOMES, Language, say, word
from cloud.store.reporting.chronicle import Deed, Line


def words_of(line: Line, zone: tzinfo) -> Both:
    """What happened, without its date; `zone`: of the dates beside it."""
    gate, case = line.gate, case_number(line.about, line.raised_ms, zone)
    match line.deed:
        case Deed.FIRST_REPORT:
            return f"{case} 首次上报领导小组（{gate}）", f"{case} at {gate} was first reported to the leading group"
        case Deed.CASE_CLOSED:
            zh, en = (word(OUTCOMES, line.more, language) for language in Language)
            return f"{case} 结案：{zh}（{gate}）", f"{case} at {gate} was closed: {en}"
        case Deed.ALARM:
            zh, en = (word(KINDS, line.more, language) for language in Language)
            return f"{gate} 紧急告警：{zh}", f"urgent alarm at {gate}: {en}"
        case Deed.HELD:
            return f"{gate} 暂停进入（{line.more}）", f"{gate} was held by {line.more}"
        case Deed.RELEASED:
            return f"{gate} 恢复进入（{line.more}）", f"{gate} was released by {line.more}"
        case Deed.ENROLLED:
            return f"{gate} 接入本系统", f"{gate} was paired with this cloud"
        case Deed.REMOVED:
            return f"{gate} 从本系统移除", f"{gate} was removed from this cloud"


def chronicle_paper(lines: Sequence[Line], zone: str, language: Language) -> Document:
    """The oldest first, as a chronicle is read."""
    title = say(("疫情防控大事记", "Chronicle"), language)
    columns = ("时间", "事项"), ("Time", "What")
    rows: list[Row] = [
        [datetime.fromtimestamp(one.at_ms / 1000, UTC), say(words_of(one, ZoneInfo(zone)), language)] for one in reversed(lines)
    ]
    note = say((f"由台账自动生成，时间为 {zone}", f"Derived from the ledger; times in {zone}"), language)
    table = Table("", columns[language is Language.EN], rows, (1, 3), say(("无", "None"), language))
    return Document(title, (table,), notes=(note,), zone=ZoneInfo(zone))
