"""A monthly report as titles, notes and tables: the same on the screen, on paper and in a spreadsheet."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from cloud.export import Document
from cloud.ledger.words import Both
from cloud.reports.monthly.sections import TABLES
from cloud.reports.words import Language, say
from cloud.store.reporting.month.body import MonthBody


def monthly_paper(body: MonthBody, language: Language) -> Document:
    where = f" · {body.site}" if body.site else ""
    title = say((f"设施月报 {body.month}{where}", f"Facilities in {body.month}{where}"), language)
    zone = ZoneInfo(body.zone)
    made = body.made.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    notes = [
        say((f"生成于 {made}（{body.zone}），由台账自动得出。", f"Made at {made} ({body.zone}), out of the record."), language),
        *(say(both, language) for both in _gist(body)),
    ]
    return Document(title, [make(body, language) for make in TABLES], notes=notes, zone=zone, foot=title)


def _gist(body: MonthBody) -> list[Both]:
    due, shown = sum(one.due for one in body.rounds), sum(one.shown for one in body.rounds)
    missed, unverified = sum(one.missed for one in body.rounds), sum(one.unverified for one in body.rounds)
    quiet = sum(one.quiet for one in body.days)
    lines: list[Both] = [
        ("", "") if body.over else ("本月尚未结束。", "The month is not over."),
        (
            f"消毒应做 {due} 次：有凭证 {shown}，未核实 {unverified}，漏做 {missed}。",
            f"Disinfection rounds due: {due}; shown {shown}, unverified {unverified}, missed {missed}.",
        ),
        (f"告警 {len(body.alarms)} 次。", f"Alarms: {len(body.alarms)}."),
        (f"无事件的日子 {quiet} 天。", f"Days without an event: {quiet}."),
        (
            "传感器、告警和巡查的记录按各自保存期清除；请在次月之内导出。",
            "Records of sensors, alarms and rounds go by their periods: take the report away within the next month.",
        ),
    ]
    return [both for both in lines if both != ("", "")]
