"""What a gate says of the air, of its sensors, of lamps and of rooms with UV-C or ozone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cloud.ledger.chinese.grammar import Rule
from cloud.ledger.words import TROUBLES

_ROOMS: Final = {
    "{name}: somebody may be inside under {agent:agent} ({who:who}). Lamp: {lamp:lamp}.": (
        "{name}：{agent}消毒时可能有人在内（{who}）。灯：{lamp}。"
    ),
    "{name}: {sensors}: {why:happening}. It is not started.": "{name}：{sensors}：{why}。不予启动。",
    "{name}: {why:happening}. Nobody goes in before it is heard, and says so.": (
        "{name}：{why}。其恢复并报告安全之前，任何人不得进入。"
    ),
    "{name}: a sensor was lost for a moment. A lost sensor counts as a person.": (
        "{name}：有传感器曾短暂失联。失联的传感器按有人处理。"
    ),
    "{name}: {who:who}. A lost sensor counts as a person.": "{name}：{who}。失联的传感器按有人处理。",
    "{name}: {why:happening}. Lamp: {lamp:lamp}.": "{name}：{why}。灯：{lamp}。",
    "{name}: over.": "{name}：已结束。",
}
_MORE: Final = {"and {n#} more": "另有 {n} 处"}
_AIR: Final = "{values:values}; the {side:side} is {limit#} {unit~}", "{values}；{side} {limit} {unit}"
RULES: Final[Mapping[str, Rule]] = {
    "room": Rule.of(
        {
            "{air:air}": "{air}",
            "{sides:good_sides} again": "已恢复：{sides}",
            "every sensor is heard again": "所有传感器均已恢复",
            "{silent:silent}": "{silent}",
            "{doses:doses}": "{doses}",
            "the newest run gave enough at every place": "最近一次运行各处剂量均已达标",
            "{lamp} ({hours#} h, {share#} % of its first run): {why:worn}": (
                "{lamp}（{hours} 小时，亮度为首次运行的 {share} %）：{why}"
            ),
            "{lamp} ({hours#} h): {why:worn}": "{lamp}（{hours} 小时）：{why}",
            "{lamp} is good": "{lamp} 良好",
            **_ROOMS,
        }
    ),
    "air": Rule.of({_AIR[0]: _AIR[1], f"{_AIR[0]}; {{more:air}}": f"{_AIR[1]}；{{more}}"}),
    "values": Rule.of(
        {
            **_MORE,
            "{value:value} ({windows:windows})": "{value}（{windows}）",
            "{value:value}": "{value}",
        },
        (", ", "，"),
    ),
    "value": Rule.of({"{place} {value#} {unit~}": "{place} {value} {unit}", "{place} (not known now)": "{place}（现在不明）"}),
    "windows": Rule.of(
        {
            "a window is open: fewer people or more windows": "已有窗开着：请减少人数或多开窗",
            "windows shut: open them": "窗户关着：请开窗",
            "nobody knows whether windows are open: look": "窗户开关不明：请查看",
        }
    ),
    "side": Rule.of({"limit": "上限", "least": "下限"}),
    "good_sides": Rule.of({"below {n#} {unit~}": "低于 {n} {unit}", "above {n#} {unit~}": "高于 {n} {unit}"}, (" and ", "，")),
    "silent": Rule.of(_MORE | {"{place}: {trouble:trouble}": "{place}：{trouble}"}, (", ", "，")),
    "trouble": Rule.of({trouble: zh for trouble, (zh, _) in TROUBLES.items()}),
    "doses": Rule.of(
        {
            **_MORE,
            "{place}: {dose:dose} of {target#} mJ/cm², {outcome:outcome} (measured {share#} % of {lit#} s)": (
                "{place}：{dose} / 目标 {target} mJ/cm²，{outcome}（{lit} 秒中测得 {share} %）"
            ),
        },
        ("; ", "；"),
    ),
    "dose": Rule.of({"{mj#} ± {off#}": "{mj} ± {off}", "not measured": "未测得"}),
    "outcome": Rule.of({"short": "不足", "unknown": "不明"}),
    "worn": Rule.of(
        {
            "it has been on for as long as it is rated for": "已达到额定寿命",
            "it is not as bright as a lamp in use must be": "亮度低于使用中的灯的要求",
            "it has lost too much of what it had when it was new": "亮度比新灯时下降过多",
            "it was not as bright as a new lamp must be in its first run": "首次运行时亮度就低于新灯的要求",
        },
        ("; ", "；"),
    ),
    "agent": Rule.of({"UV-C": "紫外线", "ozone": "臭氧"}),
    "lamp": Rule.of({"off": "已灭", "ON, or its feedback is lost": "亮着，或其反馈丢失"}),
    "who": Rule.of(
        {"nobody any more": "已无人", "{sensor}: somebody": "{sensor}：有人", "{sensor}: lost": "{sensor}：失联"}, (", ", "，")
    ),
    "happening": Rule.of(
        {
            "the lamp is on, or its feedback is lost, and nobody asks for it": "灯亮着或其反馈丢失，而并无开灯请求",
            "the lamp is dark although it is asked for: the hard-wired interlock, its power or the lamp itself": (
                "已请求开灯而灯不亮：请检查硬接线联锁、供电或灯本身"
            ),
            "somebody may be inside": "可能有人在内",
            "the key was turned back": "钥匙已转回",
            "its time is over": "时间已到",
            "the lamp is off": "灯已灭",
            "the key was turned": "钥匙已转动",
            "a person has reset it": "已由人工复位",
            "the ozone meter is lost: nobody knows how much is left": "臭氧仪失联，残余浓度不明",
            "a sensor has noticed nobody since the last run, not even who was inside before this one": (
                "自上次运行以来传感器未发现任何人，连本次之前在内的人也没有发现"
            ),
        }
    ),
}
