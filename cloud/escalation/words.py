"""What a notice says: a few words for people, JSON for programs. Of an alarm nothing personal: no reading, no visit.

The report of a case holds what was measured and asked, and no name: the leading group gets it because it has to act on it. The
report of a day holds counts.
"""

from __future__ import annotations

import json
from typing import Final

from cloud.ledger.chinese.said import in_chinese
from cloud.ledger.contacts import CASE_REPORT, DAILY_REPORT, STAFF_TASK
from cloud.ledger.escalation import TEST, WEBHOOK_DISABLED
from cloud.ledger.kinds import CloudAlarm
from cloud.store.notices import ToSend

FACILITY: Final[dict[str, tuple[str, str]]] = {
    CloudAlarm.ROUND_OVERDUE: ("消毒逾期", "disinfection overdue"),
    CloudAlarm.SUPPLY_SHORT: ("物资不足", "supplies run short"),
    CloudAlarm.LEVEL_DUE: ("口罩回收桶已满或洗手、消毒用品不足", "bin full or dispenser low"),
    CloudAlarm.AREA_LOCKED: ("确诊病例：区域已封闭，待疾控消毒", "confirmed case: area locked until disinfected from outside"),
}
_PRIORITIES: Final = {1: "HIGH", 2: "MEDIUM", 3: "LOW"}


def subject_line(one: ToSend) -> str:
    """One line: how urgent, what, where."""
    if one.about.kind == CASE_REPORT:
        return f"[Menshen] 个案报告 case report: {one.about.gate}"
    if one.about.kind == DAILY_REPORT:
        return f"[Menshen] 日报 daily report: {one.about.detail.partition(' ')[0]}"
    if one.about.kind == STAFF_TASK:
        return f"[Menshen] 人员任务逾期 staff task overdue{f' and {len(one.more)} more' if one.more else ''}"
    if one.about.kind in FACILITY:
        zh, en = FACILITY[one.about.kind]
        return f"[Menshen] {zh} {en}{f' and {len(one.more)} more' if one.more else ''}"
    if one.about.kind == TEST:
        return "[Menshen] 测试 test"
    what = one.about.kind.replace("_", " ")
    more = f" and {len(one.more)} more" if one.more else ""
    return (
        f"[Menshen] {_PRIORITIES.get(one.about.priority, '?')} {what} at {one.about.gate or one.about.site or 'the cloud'}{more}"
    )


def letter(one: ToSend, since: str) -> str:
    """A short letter in Chinese and English."""
    if one.about.kind == CASE_REPORT:
        head = f"个案报告（{one.about.gate}，{since} UTC）\nReport of a case at {one.about.gate}"
        return f"{head}\n\n{one.about.detail}\n\n{one.about.subject}\n"
    if one.about.kind == DAILY_REPORT:
        return f"疫情防控日报\nDaily report\n\n{one.about.detail}\n\n{one.about.subject}\n"
    if one.about.kind == STAFF_TASK:
        tasks = "\n".join(about.detail for about in (one.about, *one.more))
        return f"人员任务逾期，请查看“人员”页面。\nOverdue tasks of the staff; please look at the staff's screen.\n\n{tasks}\n"
    if one.about.kind in FACILITY:
        lines = "\n".join(f"{about.detail} ({about.site or '-'})" for about in (one.about, *one.more))
        zh, en = FACILITY[one.about.kind]
        return f"{zh}，请查看“后勤”页面。\n{en.capitalize()}; please look at the screen of the facilities.\n\n{lines}\n"
    if one.about.kind == TEST:
        return f"测试消息，无需处理。\nA test; nothing has happened.\n\n{one.about.detail}\n"
    if one.about.kind == WEBHOOK_DISABLED:
        head = "一个网络回调多次失败，已停用。\nA webhook failed too often and was disabled; an administrator enables it again."
        return f"{head}\n\n{one.about.subject}: {one.about.detail} ({since} UTC)\n"
    first = f"{one.about.gate}: {one.about.kind} ({since} UTC)"
    told = "\n".join(words for words in (in_chinese(one.about.detail), one.about.detail) if words)
    rest = "".join(f"{about.gate}: {about.kind} ({about.subject})\n" for about in one.more)
    return (
        f"无人确认的告警，请查看值班屏幕。\nAn alarm that nobody has acknowledged; please look at the guard screen.\n\n"
        f"{first}\n{told}\n\n{rest}Step {one.step}, {one.about.subject}\n"
    )


def as_json(one: ToSend, since: str) -> str:
    """The body of a webhook and of the MQTT message. `id` is the same whenever it comes again."""
    said = {
        "id": one.name,
        "contact": one.contact,
        "step": one.step,
        "subject": one.about.subject,
        "gate": one.about.gate,
        "kind": one.about.kind,
        "priority": one.about.priority,
        "since": f"{since}Z",
        "detail": one.about.detail,
        "more": [
            {"subject": about.subject, "gate": about.gate, "kind": about.kind, "priority": about.priority} for about in one.more
        ],
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))
