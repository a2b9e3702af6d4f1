"""A report in a few lines, for a letter: what was counted, and what is wrong with the counting."""

from __future__ import annotations

from collections import Counter

from cloud.ledger.casework import CaseOutcome
from cloud.ledger.words import VERDICTS, Both
from cloud.reports.words import Language, lasting, say, word
from cloud.store.reporting.body import Body

LATE_S = 300.0
"""A report that was made so long after it was due says that it is late."""


def is_late(body: Body) -> bool:
    return (body.made - body.due).total_seconds() > LATE_S


def is_zero(body: Body) -> bool:
    """Whether nobody had to be rechecked: no case opened, and none is open."""
    return not body.cases


def lines(body: Body, language: Language) -> list[str]:
    """One sentence a line."""
    return [say(both, language) for both in _lines(body, language) if both != ("", "")]


def told(body: Body) -> str:
    """For the letter, in both languages."""
    head = f"{body.day} ({body.zone})"
    return "\n\n".join("\n".join([head, *lines(body, language)]) for language in Language)


def _lines(body: Body, language: Language) -> list[Both]:
    return [_zero(body), _late(body), _visits(body, language), _cases(body), _alarms(body), *_trouble(body, language)]


def _zero(body: Body) -> Both:
    return (
        ("零报告：没有需要复检或协助的人员。", "Zero-case report: nobody had to be rechecked or helped.")
        if is_zero(body)
        else ("", "")
    )


def _late(body: Body) -> Both:
    if not is_late(body):
        return ("", "")
    by = (body.made - body.due).total_seconds()
    return (f"本报告迟 {lasting(by, Language.ZH)}生成。", f"This report was made {lasting(by, Language.EN)} late.")


def _visits(body: Body, language: Language) -> Both:
    real = [one for one in body.visits if one.population != "replay"]
    counts: Counter[str] = Counter()
    for one in real:
        counts[one.verdict] += one.count
    named = "，" if language is Language.ZH else ", "
    by = named.join(f"{word(VERDICTS, verdict, language)} {count}" for verdict, count in counts.most_common())
    staff = sum(one.count for one in real if one.population == "staff")
    total = counts.total()
    if not total:
        return ("没有人员通过筛查。", "Nobody was screened.")
    return (f"筛查 {total} 人次（其中工作人员 {staff}）：{by}。", f"{total} visits ({staff} of staff): {by}.")


def _cases(body: Body) -> Both:
    opened, closed = sum(one.opened for one in body.cases), sum(one.state == "closed" for one in body.cases)
    wrong = sum(one.outcome == CaseOutcome.FALSE_ALARM for one in body.cases)
    if not body.cases:
        return ("", "")
    waits = len(body.cases) - closed
    return (
        f"个案：新增 {opened}，结案 {closed}（误报 {wrong}），未结 {waits}。",
        f"Cases: {opened} opened, {closed} closed ({wrong} false alarms), {waits} still open.",
    )


def _alarms(body: Body) -> Both:
    announced, waits = sum(one.announced for one in body.alarms), sum(one.waits for one in body.alarms)
    return (f"告警 {announced} 次，未确认 {waits} 项。", f"{announced} alarms, {waits} not acknowledged.")


def _trouble(body: Body, language: Language) -> list[Both]:
    late, missing = (
        sum(one.count for one in body.late),
        sum(one.last - one.first + 1 for one in body.gaps if one.state == "missing"),
    )
    longest = lasting(max((one.longest_s for one in body.late), default=0), language)
    dead, silent = sum(one.count for one in body.dead_letters), [one.gate for one in body.silent if one.silent_now]
    numbers = ", ".join(map(str, body.corrects))
    found: list[tuple[object, Both]] = [
        (late, (f"迟到记录 {late} 条，最长 {longest}。", f"{late} records came late, by {longest} at most.")),
        (numbers, (f"更正第 {numbers} 号报告。", f"Corrects report {numbers}.")),
        (missing, (f"缺失记录 {missing} 条。", f"{missing} records are missing.")),
        (dead, (f"无法读取的消息 {dead} 条。", f"{dead} messages could not be read.")),
        (silent, (f"离线通道：{', '.join(silent)}。", f"Gates silent now: {', '.join(silent)}.")),
        (body.proof.faults, ("记录链核验不通过，见报告。", "The chain of records is not as it was written: see the report.")),
        (
            _unverified(body),
            (
                f"未核实或无效的消毒 {_unverified(body)} 次。",
                f"{_unverified(body)} disinfection rounds are unverified or invalid.",
            ),
        ),
        (_overdue(body), (f"消毒逾期 {_overdue(body)} 次。", f"Disinfection was overdue {_overdue(body)} times.")),
        (_open(body), (f"待清空或补充：{_open(body)}。", f"Bins full or dispensers low: {_open(body)}.")),
        (_crowded(body), (f"用餐时段超员：{_crowded(body)}。", f"Slots of the canteen with too many: {_crowded(body)}.")),
        (_short(body), (f"物资不足：{_short(body)}。", f"Supplies that run short: {_short(body)}.")),
        (not body.rounds_kept, ("未记录消毒巡查。", "No disinfection rounds are kept.")),
    ]
    return [both for there, both in found if there]


def _unverified(body: Body) -> int:
    return sum(one.unverified + one.invalid for one in body.rounds or ())


def _short(body: Body) -> str:
    return ", ".join(one.name for one in body.supplies or () if one.state == "short")


def _open(body: Body) -> str:
    return ", ".join(one.name for one in body.levels or () if one.state == "due")


def _crowded(body: Body) -> str:
    return ", ".join(one.name for one in body.canteen or () if one.state == "over")


def _overdue(body: Body) -> int:
    return sum(one.overdue_times for one in body.rounds or ())
