"""Words of what the ledger keeps as codes, for lists that people read: verdicts, kinds, states, masks, reasons."""

from __future__ import annotations

from typing import Final

from cloud.ledger.words import VERDICTS, Both
from cloud.reports.words import KINDS, OTHERS, OUTCOMES, Language, word

STATES: Final[dict[str, Both]] = {
    "NORM": ("正常", "normal"),
    "UNACK": ("未确认", "not acknowledged"),
    "ACKED": ("已确认", "acknowledged"),
    "RTNUN": ("已恢复、未确认", "gone, not acknowledged"),
    "SHLVD": ("已搁置", "shelved"),
    "DSUPR": ("设计抑制", "suppressed by design"),
    "OOSRV": ("已停用", "out of service"),
}
MASKS: Final[dict[str, Both]] = {
    "absent": ("未戴口罩", "no mask"),
    "worn": ("已戴口罩", "mask worn"),
    "worn_wrong": ("口罩未戴好", "mask worn wrong"),
    "unsure": ("口罩不确定", "mask unsure"),
}
REASONS: Final[dict[str, Both]] = {
    "approach": ("距离太远", "too far away"),
    "one_at_a_time": ("多人同时进入", "more than one person"),
    "hold_still": ("移动过快", "moving"),
    "look_here": ("未面向镜头", "not facing the camera"),
    "face_covered": ("口鼻被遮挡", "nose or mouth covered"),
    "wash_hands": ("尚未洗手消毒", "hands not sanitised"),
    "forehead_covered": ("额头被遮挡", "forehead covered"),
    "gathering": ("正在采集", "still measuring"),
    "ffc": ("热像仪校正中", "thermal shutter running"),
    "warming_up": ("热像仪预热中", "thermal camera warming up"),
    "cold_skin": ("皮肤过冷", "skin too cold"),
    "acclimatise": ("刚从室外进入，休息后人工测量", "just came in: let them rest, measure by hand"),
    "no_warm_face": ("未发现有温度的人脸", "no warm face (a picture?)"),
    "uncertain": ("测量不确定度过大", "reading too uncertain"),
    "advisory": ("测温仅供参考，需人工测量", "advisory reading: measure by hand"),
    "setting_up": ("设备安装中", "being set up"),
    "not_listed": ("不在重要区域名单内", "not on this area's list"),
    "staff_only": ("仅限工作人员", "staff only"),
    "closed": ("不在开放时间", "outside opening hours"),
    "full": ("人数已满", "full"),
    "fire": ("消防报警", "fire alarm"),
    "reference_lost": ("参考黑体丢失", "reference body lost"),
    "not_registered": ("两路图像未配准", "cameras not registered"),
    "colour_lost": ("彩色相机无图像", "colour camera lost"),
    "thermal_lost": ("热像仪无图像", "thermal camera lost"),
    "not_paired": ("两路图像不同步", "cameras out of step"),
}
_WHAT: Final = VERDICTS | KINDS
_STATE: Final = STATES | MASKS | OUTCOMES | {name: OTHERS[name] for name in ("open", "taken", "closed")}


def what(code: str, language: Language) -> str:
    """A verdict, or the kind of an alarm or case."""
    return word(_WHAT, code, language)


def state(code: str, language: Language) -> str:
    """How the mask was worn, or what became of an alarm or case."""
    return word(_STATE, code, language)


def reason(code: str, language: Language) -> str:
    return word(REASONS, code, language)
