"""Words of reports and of the chronicle in Chinese and English; those of the guard screen where it has them."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from cloud.ledger.chinese.said import in_chinese
from cloud.ledger.words import Both


class Language(StrEnum):
    ZH = "zh"
    EN = "en"


KINDS: Final[dict[str, Both]] = {
    "recheck": ("需要复检", "recheck"),
    "guard_needed": ("访客需要工作人员", "visitor needs a person"),
    "colour_camera": ("彩色相机故障", "colour camera fault"),
    "thermal_camera": ("热像仪故障", "thermal camera fault"),
    "reference_lost": ("参考黑体丢失", "reference body lost"),
    "drift": ("测温漂移", "thermometer drifts"),
    "low_reading": ("读数过低", "reading implausibly low"),
    "dropped": ("记录被丢弃", "records dropped"),
    "events_database": ("记录库损坏", "records' database damaged"),
    "calibration": ("相机配准即将过期", "calibration ends soon"),
    "certificate": ("证书即将到期", "certificate ends soon"),
    "fire": ("消防报警", "fire alarm"),
    "tailgating": ("有人尾随进入", "somebody slipped through"),
    "unregistered_entry": ("未登记进入重要区域", "entered a key area unregistered"),
    "barrier": ("道闸无响应", "barrier does not answer"),
    "occupancy": ("场内人数不明", "people inside not known"),
    "room_person": ("消毒房间内可能有人", "somebody under UV-C or ozone"),
    "room_sensor": ("消毒房间传感器失效", "sensor of a UV-C or ozone room lost"),
    "room_lamp": ("消毒灯不受控", "UV-C lamp or ozone does not obey"),
    "co2": ("二氧化碳超限", "CO2 above its limit"),
    "ozone": ("臭氧超限", "ozone above its limit"),
    "chlorine": ("氯气超限", "chlorine above its limit"),
    "temperature": ("室温超出限值", "temperature outside its limits"),
    "humidity": ("湿度超出限值", "humidity outside its limits"),
    "air_changes": ("换气不足", "too few air changes"),
    "uvc_dose_short": ("紫外线剂量不足或不明", "UV-C dose too small or not known"),
    "lamp_aged": ("紫外线灯需更换", "UV-C lamp to be replaced"),
    "facility_sensor": ("环境传感器没有数据", "a facility sensor gives no values"),
    "gate_disk": ("通道磁盘故障", "gate's disk fault"),
    "gate_offline": ("通道离线", "gate offline"),
    "data_gap": ("数据缺失", "records missing"),
    "unexpected_entry": ("已关闭的通道有人", "somebody at a closed gate"),
    "round_overdue": ("消毒逾期", "disinfection overdue"),
    "supply_short": ("物资不足", "supplies run short"),
    "level_due": ("口罩回收桶已满或洗手、消毒用品不足", "bin full or dispenser low"),
    "area_locked": ("区域待疾控消毒，已封闭", "area locked until disinfected from outside"),
    "dead_letter": ("收到无法读取的消息", "unreadable message"),
}
OUTCOMES: Final[dict[str, Both]] = {
    "not_admitted": ("不予进入", "not admitted"),
    "false_alarm": ("误报", "false alarm"),
    "helped": ("已协助", "helped"),
    "left": ("已离开", "left"),
}
MISTAKES: Final[dict[str, Both]] = {
    "sun_or_heating": ("日晒或取暖", "sun or heating"),
    "exertion": ("剧烈活动", "exertion"),
    "hot_food_or_drink": ("热食热饮", "hot food or drink"),
    "hair_glasses_hat": ("头发、眼镜或帽子", "hair, glasses, hat"),
    "another_person": ("误测他人", "another person"),
    "device": ("设备问题", "device"),
    "unknown": ("原因不明", "unknown"),
}
OTHERS: Final[dict[str, Both]] = {
    "visitor": ("访客", "visitors"),
    "staff": ("工作人员", "staff"),
    "replay": ("回放或模拟，不是现场人员", "replay or simulation, nobody real"),
    "on": ("上岗", "coming on duty"),
    "off": ("下岗", "going off duty"),
    "during": ("在岗", "on duty"),
    "open": ("未接手", "not taken"),
    "taken": ("处理中", "in hand"),
    "closed": ("已结案", "closed"),
    "missing": ("仍缺失", "still missing"),
    "arrived": ("后来已到", "came after all"),
    "evicted": ("通道磁盘已满而丢弃", "let go: the gate's disk was full"),
    "set_aside": ("通道已另存，未上报", "set aside on the gate"),
    "mask": ("多次提示后仍未戴好口罩", "asked about the mask in vain"),
    "case": ("复检后不予进入", "not admitted after a recheck"),
    "visit": ("访客判定", "decisions"),
    "alert": ("告警", "alerts"),
    "sensor": ("传感器", "sensors"),
    "health": ("健康上报", "health"),
    "snapshot": ("快照", "snapshots"),
    "act": ("执行记录", "acts"),
    "1": ("高", "high"),
    "2": ("中", "medium"),
    "3": ("低", "low"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
}


def word(table: dict[str, Both], key: str, language: Language) -> str:
    """The word; what this version does not know is shown as it is, not hidden."""
    both = table.get(key)
    return key if both is None else say(both, language)


def say(both: Both, language: Language) -> str:
    match language:
        case Language.ZH:
            return both[0]
        case Language.EN:
            return both[1]


def said(detail: str, language: Language) -> str:
    """What was said of an alarm; in English where its sentence is not known."""
    return (in_chinese(detail) if language is Language.ZH else "") or detail


def lasting(seconds: float | None, language: Language) -> str:
    """A time in two units at most: 45 s, 12 min 5 s, 3 h 20 min."""
    if seconds is None:
        return ""
    whole = round(seconds)
    units = ("秒", "分", "小时", "天") if language is Language.ZH else (" s", " min", " h", " d")
    parts = [(whole % 60, units[0]), (whole // 60 % 60, units[1]), (whole // 3600 % 24, units[2]), (whole // 86_400, units[3])]
    named = [f"{count}{unit}" for count, unit in reversed(parts) if count][:2]
    return ("" if language is Language.ZH else " ").join(named) or f"0{units[0]}"


ASSETS: Final[dict[str, Both]] = {
    "floor": ("地面", "Floor"),
    "entrance": ("进出口", "Entrance"),
    "door_handle": ("门把手", "Door handle"),
    "window_counter": ("窗口台面", "Window counter"),
    "stair_handrail": ("楼梯扶手", "Stair handrail"),
    "lift": ("电梯", "Lift"),
    "vehicle": ("公务用车", "Vehicle"),
    "canteen": ("食堂餐厅", "Canteen"),
    "tableware": ("餐具", "Tableware"),
    "kitchenware": ("厨具", "Kitchenware"),
    "garage": ("车库", "Garage"),
    "vent": ("通风口", "Vent"),
    "toilet": ("洗手间", "Toilet"),
    "office": ("办公场所", "Office"),
    "meeting_room": ("会议室", "Meeting room"),
    "dormitory": ("集体宿舍", "Dormitory"),
    "public_area": ("公共区域", "Public area"),
    "guest_room": ("客房", "Guest room"),
    "reception_room": ("会客厅", "Reception room"),
}
"""Every kind of asset that is disinfected."""

LEVELS: Final[dict[str, Both]] = {
    "mask_bin": ("废弃口罩回收桶", "bin for used masks"),
    "hand_wash": ("洗手液", "hand wash"),
    "hand_disinfectant": ("手部消毒液", "hand disinfectant"),
    "due": ("待清空或补充", "to be emptied or refilled"),
    "unknown": ("未知", "not known"),
    "fine": ("正常", "fine"),
}
"""What bins and dispensers are, and how they stand."""
SUPPLIES: Final[dict[str, Both]] = {
    "short": ("不足", "short"),
    "unknown": ("未盘点", "never counted"),
    "contradicted": ("账实不符", "count and book differ"),
    "uncounted": ("久未盘点", "not counted for long"),
}
"""How a stock stands, where it is not plainly enough."""
