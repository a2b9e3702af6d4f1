"""What the cloud itself says of a gate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cloud.ledger.chinese.grammar import Rule
from cloud.ledger.words import VERDICTS

RULES: Final[Mapping[str, Rule]] = {
    "cloud": Rule.of(
        {
            "the broker has lost the gate": "消息服务器与通道失去联系",
            "no health message for {s#} s": "{s} 秒没有收到状态消息",
            "the gate is back": "通道已恢复",
            "{n#} records never arrived: numbers {places:places}": "{n} 条记录未到达：编号 {places}",
            "an alert could not be read: {error}": "有一条告警无法读取：{error}",
            "a visit at a gate that is closed; verdict {verdict:verdict}": "已停用的通道有人来过；判定：{verdict}",
            "{disk:disk}; {n#} events wait in memory": "{disk}；{n} 条记录在内存中等待",
        }
    ),
    "places": Rule.of({"{first#} to {last#}": "{first}–{last}", "{one#}": "{one}", "...": "…"}, (", ", "，")),
    "verdict": Rule.of({verdict: zh for verdict, (zh, _) in VERDICTS.items()}),
    "disk": Rule.of(
        {
            "database or disk is full": "磁盘已满",
            "disk I/O error": "磁盘读写错误",
            "attempt to write a readonly database": "磁盘只读",
            "unable to open database file": "无法打开记录库文件",
            "database disk image is malformed": "记录库已损坏",
            "{other}": "{other}",
        }
    ),
}
