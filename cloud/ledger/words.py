"""Words in Chinese and English for what gates say in codes."""

from __future__ import annotations

from typing import Final

Both = tuple[str, str]
"""Chinese, English."""

VERDICTS: Final[dict[str, Both]] = {
    "pass": ("通行", "pass"),
    "put_on_mask": ("请戴口罩", "no mask"),
    "fix_mask": ("口罩未戴好", "mask worn wrong"),
    "recheck": ("复检", "recheck"),
    "wait": ("等候", "wait"),
    "cannot_measure": ("人工检测", "staffed lane"),
    "not_admitted": ("不予进入", "not admitted"),
    "hold": ("暂停", "hold"),
}
TROUBLES: Final[dict[str, Both]] = {
    "silent": ("设备没有回答", "the device does not answer"),
    "bus": ("总线无法打开", "its bus cannot be opened"),
    "hangs": ("总线没有响应", "its bus hangs"),
    "checksum": ("数据校验错误", "damaged on the way"),
    "wrong_payload": ("数据无法识别", "not what such a device says"),
    "refused": ("设备拒绝读取", "the device has no such register"),
    "map": ("寄存器表无法读取", "its register map cannot be read"),
    "offline": ("设备离线", "device offline"),
    "stale": ("没有新数据", "nothing new is heard"),
    "not_measured": ("设备自报无法测量", "the device could not measure"),
    "out_of_range": ("超出量程", "outside its range"),
    "stuck": ("数值长时间不变，不可信", "says the same for too long: not believed"),
    "no_decay": ("二氧化碳未下降，无法测量换气", "CO₂ does not fall: nothing to measure by"),
    "at_outdoor": ("二氧化碳已与室外相当，无法测量换气", "CO₂ is as outdoors: nothing to measure by"),
    "unsteady": (
        "二氧化碳下降不均匀（可能仍有人或刚开关窗），无法测量换气",
        "CO₂ falls unevenly: people, or a window was moved",
    ),
    "undecided": ("读数缺失或过于接近目标，无法判定", "readings are missing, or too near the limit to say"),
    "no_outdoor": ("室外传感器没有数据", "the sensor outdoors has no value"),
    "wrong_unit": ("单位不符", "in a unit that does not fit"),
    "ambiguous": ("同一量有两个来源，请在设置中指定", "two values for one; name one in the settings"),
    "bridge_offline": ("网桥离线", "bridge offline"),
    "broker_away": ("本地代理断开", "local broker away"),
    "unknown_device": ("网桥不认识此设备", "the bridge knows no such device"),
    "elsewhere": ("设备的主题设置不符", "the device speaks on other topics"),
}
"""Why there is no value."""
