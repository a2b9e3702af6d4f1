"""Words of the facilities: what is measured, how things stand, what stands behind a round."""

from __future__ import annotations

from typing import Final

from cloud.ledger.words import Both

QUANTITIES: Final[dict[str, Both]] = {
    "co2": ("二氧化碳", "CO₂"),
    "co2_ppm": ("二氧化碳", "CO₂"),
    "air_c": ("气温", "Air temperature"),
    "humidity_pct": ("湿度", "Humidity"),
    "pressure_hpa": ("气压", "Air pressure"),
    "pm25_ug_m3": ("PM2.5", "PM2.5"),
    "pm10_ug_m3": ("PM10", "PM10"),
    "uvc_uw_cm2": ("紫外线（UV-C）", "UV-C irradiance"),
    "uvc_dose_mj_cm2": ("紫外线剂量", "UV-C dose"),
    "uvc_dose_off_mj_cm2": ("紫外线剂量不确定度（±）", "UV-C dose, ±"),
    "uvc_target_mj_cm2": ("紫外线目标剂量", "UV-C target dose"),
    "uvc_reached": ("剂量达标", "Dose reached"),
    "uvc_mean_uw_cm2": ("平均紫外线强度", "UV-C irradiance, mean"),
    "uvc_peak_uw_cm2": ("最高紫外线强度", "UV-C irradiance, peak"),
    "uvc_lit_s": ("照射时间", "Lamp lit for"),
    "uvc_covered_pct": ("有读数的时间", "Time covered by readings"),
    "lamp_starts": ("灯管启动次数", "Lamp starts"),
    "lamp_pct": ("灯管亮度（相对新灯）", "Lamp brightness, of new"),
    "lamp_h": ("灯管时数", "Lamp hours"),
    "ozone_ppm": ("臭氧", "Ozone"),
    "chlorine_mg_m3": ("氯气", "Chlorine"),
    "chlorine_mg_l": ("水中余氯", "Chlorine in water"),
    "level_pct": ("余量 / 满度", "Level"),
    "distance_mm": ("距离", "Distance"),
    "weight_kg": ("重量", "Weight"),
    "count": ("次数", "Count"),
    "contact": ("门磁", "Contact"),
    "motion": ("有人活动", "Motion"),
    "battery_pct": ("电量", "Battery"),
    "air_changes": ("换气次数", "Air changes"),
    "air_changes_off": ("换气次数不确定度（±）", "Air changes, ±"),
}
"""What a sensor measures, as its gate names it."""
STANDINGS: Final[dict[str, Both]] = {
    "over": ("超过上限", "above its limit"),
    "under": ("低于下限", "below its limit"),
    "unknown": ("状态未知", "unknown"),
    "unlimited": ("未设限值", "no limit set"),
    "fine": ("正常", "fine"),
}
"""How a value stands."""
LIGHTS: Final[dict[str, Both]] = {
    "locked": ("已封闭", "locked"),
    "overdue": ("逾期", "overdue"),
    "due": ("待消毒", "due"),
    "unknown": ("状态未知", "unknown"),
    "unverified": ("未核实", "unverified"),
    "fine": ("已消毒", "disinfected"),
}
"""How an asset stands."""
AGENTS: Final[dict[str, Both]] = {
    "bleach_84": ("84消毒液", "84 disinfectant"),
    "chlorine": ("其他含氯消毒剂", "another chlorine disinfectant"),
    "alcohol": ("酒精", "alcohol"),
    "peroxide": ("过氧化物", "peroxide"),
    "quaternary": ("季铵盐", "quaternary ammonium"),
    "heat": ("煮沸或蒸汽", "boiling or steam"),
    "uvc": ("紫外线", "UV-C"),
    "other": ("其他", "other"),
}
"""What is disinfected with."""
TRUSTS: Final[dict[str, Both]] = {
    "measured": ("传感器实测", "measured"),
    "scanned": ("已扫码", "tag scanned"),
    "photographed": ("已拍照", "photographed"),
    "unverified": ("未核实", "unverified"),
}
"""What stands behind a round."""
DOUBTS: Final[dict[str, Both]] = {
    "no_evidence": ("没有证据", "no evidence"),
    "scanned_again": ("短时间内重复扫码", "the same tag a moment before"),
    "tag_unknown": ("标签无效或已更换", "the tag is not this one's, or was replaced"),
    "photo_again": ("这张照片以前用过", "the same photograph as before"),
    "dose_not_reached": ("紫外线剂量不足或不明", "the UV-C dose was too small, or is not known"),
    "sensor_silent": ("传感器没有读数", "the sensor said nothing"),
}
"""Why a round is unverified."""
FAULTS: Final[dict[str, Both]] = {
    "no_strength": ("未填浓度", "strength not said"),
    "too_weak": ("浓度过低", "too weak"),
    "too_strong": ("浓度过高", "too strong"),
    "no_contact": ("未填作用时间", "contact time not said"),
    "too_short": ("作用时间不足", "too short"),
    "other_agent": ("不是规定的消毒剂", "not the agent prescribed"),
}
"""Why a round counts for nothing."""
LEVEL_LIGHTS: Final[dict[str, Both]] = {
    "contradicted": ("传感器否认", "sensor denies it"),
    "due": ("待处理", "to be done"),
    "unknown": ("状态未知", "not known"),
    "told": ("等待传感器确认", "waits for its sensor"),
    "fine": ("正常", "fine"),
}
"""How a bin or a dispenser stands."""
STOCK_LIGHTS: Final[dict[str, Both]] = {
    "short": ("不足", "short"),
    "unknown": ("未盘点", "never counted"),
    "contradicted": ("账实不符", "count and book differ"),
    "uncounted": ("久未盘点", "not counted for long"),
    "fine": ("充足", "enough"),
}
"""How a stock stands."""
SLOT_LIGHTS: Final[dict[str, Both]] = {
    "over": ("超员", "too many"),
    "planned_over": ("计划超员", "too many planned"),
    "unknown": ("状态未知", "unknown"),
    "fine": ("正常", "fine"),
}
"""How a slot of the canteen stands."""
