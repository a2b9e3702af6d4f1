"""A report as titles, notes and tables: the same on the screen, on paper and in a spreadsheet. Nothing in it was typed."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from cloud.export import Document, Table
from cloud.ledger.heads import SignedHead
from cloud.reports.heads import head_table
from cloud.reports.sections import TABLES
from cloud.reports.summary import lines
from cloud.reports.words import Language, say
from cloud.store.reporting.body import Body


def paper(number: int, body: Body, corrected_by: list[int], language: Language, heads: Sequence[SignedHead] = ()) -> Document:
    """`corrected_by`: numbers of the later reports that correct this one; `heads`: of this report's stretch of the chain."""
    title = say((f"疫情防控日报 {body.day}（第 {number} 号）", f"Daily report of {body.day} (number {number})"), language)
    zone = ZoneInfo(body.zone)
    made = body.made.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    since = body.since.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    proof = body.proof
    notes = [
        say((f"生成于 {made}（{body.zone}）", f"Made at {made} ({body.zone})"), language),
        say(_cut(since, (proof.first_link, proof.last_link), first=body.first), language),
        *_corrections(corrected_by, language),
        *lines(body, language),
    ]
    tables: list[Table] = [*(make(body, language) for make in TABLES), head_table(heads, language)]
    foot = say((f"{title} · 记录链 {proof.head[:24]}…", f"{title} · chain {proof.head[:24]}…"), language)
    return Document(title, tables, notes=notes, zone=zone, foot=foot)


def _cut(since: str, links: tuple[int, int], *, first: bool) -> tuple[str, str]:
    zh = "本系统的第一份日报" if first else f"上一份日报截至 {since}"
    en = "the first report of this ledger" if first else f"the report before was due {since}"
    return (
        f"{zh}；按存入次序收录记录链 {links[0]} 至 {links[1]}，迟到的记录列入收到后的第一份日报。",
        f"Links {links[0]} to {links[1]} of the chain, in the order of storage ({en}); what comes late is in the next report.",
    )


def _corrections(numbers: list[int], language: Language) -> list[str]:
    named = ", ".join(map(str, numbers))
    return [say((f"本报告由第 {named} 号报告更正。", f"Corrected by report {named}."), language)] if numbers else []
