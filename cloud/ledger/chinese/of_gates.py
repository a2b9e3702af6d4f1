"""What a gate says of its cameras, its thermometer, its lane and its records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cloud.ledger.chinese.grammar import Rule

_DOUBTS: Final = {
    "Check reference body, thermal camera and room; measure somebody by hand beside the gate.": (
        "请检查参考黑体、热像仪和室温，并在通道旁用接触式体温计对照测量。"
    ),
    "Too low for a healthy person: check the thermometer, or let people warm up before they are measured.": (
        "低于健康人的合理温度：请检查测温设备，或让人员先在室内回暖再测。"
    ),
}
_FAULTS: Final = {
    "No live picture from the colour camera. Nobody is judged; use the staffed lane.": (
        "彩色相机没有实时画面。现在无法判定任何人，请走人工通道。"
    ),
    "No live picture from the thermal camera. Nobody is measured; use the staffed lane.": (
        "热像仪没有实时画面。现在无法测温，请走人工通道。"
    ),
    "No reference body is seen and believed. Nobody is measured; check that it is on and not covered.": (
        "看不到可信的参考黑体。现在无法测温，请检查黑体是否通电、是否被遮挡。"
    ),
    "The fire contact is open, or its wire is broken. The barrier is open, and the gate does not try to shut it.": (
        "消防触点断开，或其线路中断。道闸已打开，系统不会将其关闭。"
    ),
    "More people went in than were let in. Look who came in last.": "进入的人数多于放行的人数，请查看最后进入的人。",
    "Somebody entered the key area who was not let in. Look who came in last.": (
        "有未获放行的人进入重要区域，请查看最后进入的人。"
    ),
    "Nobody knows how many people are inside, so nobody is held at the limit. Count them.": (
        "场内人数不明，因此无法按上限控制进入，请清点人数。"
    ),
    "The barrier's drive does not answer. Nobody is let in here; use the staffed lane.": (
        "道闸驱动没有回答。此处不放行任何人，请走人工通道。"
    ),
}
_RECORDS: Final = {
    "Records could not be kept. Lost since the last such message: {n#}.": "有记录未能保存。自上次同类消息以来丢失：{n}。",
    "{n#} events given up because their share of the disk was used up": "磁盘配额已满，放弃了 {n} 条记录",
    "{n#} event set aside on the gate: it ended the connection to the broker again and again": (
        "{n} 条记录一再使连接中断，已在通道上单独留存"
    ),
    "The events' database was damaged; it is kept as {path} and a new one begun.": (
        "记录库已损坏；原库保留为 {path}，并已新建一个。"
    ),
}
_ENDS: Final = {
    "The calibration of {day~} is too old: calibrate again, or the gate does not start any more.": (
        "{day} 的相机配准已过期：请重新配准，否则通道将无法再启动。"
    ),
    "The calibration of {day~} is good for {days#} more days: calibrate again, or the gate does not start any more.": (
        "{day} 的相机配准还有 {days} 天有效：请重新配准，否则通道将无法再启动。"
    ),
    "The gate's certificate has ended: renew it, or the broker will not let the gate in.": (
        "通道的证书已过期：请更新，否则无法连接消息服务器。"
    ),
    "The gate's certificate ends in {days#} days: renew it, or the broker will not let the gate in.": (
        "通道的证书将在 {days} 天后过期：请更新，否则无法连接消息服务器。"
    ),
}
RULES: Final[Mapping[str, Rule]] = {
    "gate": Rule.of(
        {
            "Median of {whose:whose}: {degrees:degrees}. {then:doubt}": "{whose}的中位数：{degrees}。{then}",
            "A visitor read {degrees:degrees}. {then:doubt}": "一位访客的读数：{degrees}。{then}",
            "{fault:fault} Seen: {why:whys}.": "{fault}原因：{why}。",
            "{fault:fault} Seen: {cut_off}": "{fault}原因：{cut_off}",
            "{fault:fault}": "{fault}",
            **_RECORDS,
            **_ENDS,
        }
    ),
    "fault": Rule.of(_FAULTS),
    "doubt": Rule.of(_DOUBTS),
    "whose": Rule.of({"the last {n#} visitors": "最近 {n} 位访客", "the {n#} visitors of a day": "当日 {n} 位访客"}),
    "degrees": Rule.of({"{c#} degC core-equivalent": "{c} °C（核心等效）", "too cold to be measured": "过低，无法测量"}),
    "whys": Rule.of({"{one:why}": "{one}"}, ("; ", "；")),
    "why": Rule.of(
        {
            "the first one: {why:body}": "第一个：{why}",
            "the second one: {why:body}": "第二个：{why}",
            "the two disagree by {apart#} degC, more than {limit#}: one of them is wrong": (
                "两者相差 {apart} °C，超过 {limit} °C：其中一个不准"
            ),
            "{why:body}": "{why}",
        }
    ),
    "body": Rule.of(
        {
            "seen": "可见",
            "not looked for in that picture": "该画面中未查找",
            "its place lies outside the picture": "其位置在画面之外",
            "its reading jumped to {c#} degC": "读数突变为 {c} °C",
            "a pixel on it has no value": "其中有像素没有数值",
            "uneven: {c#} degC over its centre": "中心不均匀：相差 {c} °C",
            "not warmer than its surroundings on all sides": "并非四周都比环境更暖",
            "reads {c#} degC at a setpoint of {set#}": "读数 {c} °C，设定值 {set} °C",
            "a face is in front of it": "前面有人脸遮挡",
        }
    ),
}
