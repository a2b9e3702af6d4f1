/** What a facility sensor measures, and why it does not, in both languages; loaded with a gate's own page. */
import type { Both, Language } from "../words/table";

/** Names as the gate sends them; one that is not here is shown as it came. */
const QUANTITIES: Readonly<Record<string, Both>> = {
  co2: { zh: "二氧化碳", en: "CO₂" },
  co2_ppm: { zh: "二氧化碳", en: "CO₂" },
  air_c: { zh: "气温", en: "Air temperature" },
  humidity_pct: { zh: "湿度", en: "Humidity" },
  pressure_hpa: { zh: "气压", en: "Air pressure" },
  pm25_ug_m3: { zh: "PM2.5", en: "PM2.5" },
  pm10_ug_m3: { zh: "PM10", en: "PM10" },
  uvc_uw_cm2: { zh: "紫外线（UV-C）", en: "UV-C irradiance" },
  uvc_dose_mj_cm2: { zh: "紫外线剂量", en: "UV-C dose" },
  uvc_dose_off_mj_cm2: { zh: "紫外线剂量不确定度（±）", en: "UV-C dose, ±" },
  uvc_target_mj_cm2: { zh: "紫外线目标剂量", en: "UV-C target dose" },
  uvc_reached: { zh: "剂量达标", en: "Dose reached" },
  uvc_mean_uw_cm2: { zh: "平均紫外线强度", en: "UV-C irradiance, mean" },
  uvc_peak_uw_cm2: { zh: "最高紫外线强度", en: "UV-C irradiance, peak" },
  uvc_lit_s: { zh: "照射时间", en: "Lamp lit for" },
  uvc_covered_pct: { zh: "有读数的时间", en: "Time covered by readings" },
  lamp_starts: { zh: "灯管启动次数", en: "Lamp starts" },
  lamp_pct: { zh: "灯管亮度（相对新灯）", en: "Lamp brightness, of new" },
  lamp_h: { zh: "灯管时数", en: "Lamp hours" },
  ozone_ppm: { zh: "臭氧", en: "Ozone" },
  chlorine_mg_m3: { zh: "氯气", en: "Chlorine" },
  chlorine_mg_l: { zh: "水中余氯", en: "Chlorine in water" },
  level_pct: { zh: "余量 / 满度", en: "Level" },
  distance_mm: { zh: "距离", en: "Distance" },
  weight_kg: { zh: "重量", en: "Weight" },
  count: { zh: "次数", en: "Count" },
  contact: { zh: "门磁", en: "Contact" },
  motion: { zh: "有人活动", en: "Motion" },
  battery_pct: { zh: "电量", en: "Battery" },
  air_changes: { zh: "换气次数", en: "Air changes" },
  air_changes_off: { zh: "换气次数不确定度（±）", en: "Air changes, ±" },
};

/** Yes or no in the words of what it is about. */
const YES_OR_NO: Readonly<Record<string, { yes: Both; no: Both }>> = {
  contact: { yes: { zh: "开", en: "open" }, no: { zh: "关", en: "shut" } },
  uvc_reached: { yes: { zh: "是", en: "yes" }, no: { zh: "否", en: "no" } },
  motion: { yes: { zh: "有人", en: "somebody" }, no: { zh: "无人", en: "nobody seen" } },
};

/** Why there is no value; one that is not here is shown as it came. */
const TROUBLES: Readonly<Record<string, Both>> = {
  silent: { zh: "设备没有回答", en: "the device does not answer" },
  bus: { zh: "总线无法打开", en: "its bus cannot be opened" },
  hangs: { zh: "总线没有响应", en: "its bus hangs" },
  checksum: { zh: "数据校验错误", en: "damaged on the way" },
  wrong_payload: { zh: "数据无法识别", en: "not what such a device says" },
  refused: { zh: "设备拒绝读取", en: "the device has no such register" },
  map: { zh: "寄存器表无法读取", en: "its register map cannot be read" },
  offline: { zh: "设备离线", en: "device offline" },
  stale: { zh: "没有新数据", en: "nothing new is heard" },
  not_measured: { zh: "设备自报无法测量", en: "the device could not measure" },
  out_of_range: { zh: "超出量程", en: "outside its range" },
  stuck: { zh: "数值长时间不变，不可信", en: "says the same for too long: not believed" },
  no_decay: { zh: "二氧化碳未下降，无法测量换气", en: "CO₂ does not fall: nothing to measure by" },
  at_outdoor: { zh: "二氧化碳已与室外相当，无法测量换气", en: "CO₂ is as outdoors: nothing to measure by" },
  unsteady: { zh: "二氧化碳下降不均匀（可能仍有人或刚开关窗），无法测量换气", en: "CO₂ falls unevenly: people inside, or a window was moved" },
  undecided: { zh: "读数缺失或过于接近目标，无法判定", en: "readings are missing, or too near the limit to say" },
  no_outdoor: { zh: "室外传感器没有数据", en: "the sensor outdoors has no value" },
  wrong_unit: { zh: "单位不符", en: "in a unit that does not fit" },
  ambiguous: { zh: "同一量有两个来源，请在设置中指定", en: "two values for one; name one in the settings" },
  bridge_offline: { zh: "网桥离线", en: "bridge offline" },
  broker_away: { zh: "本地代理断开", en: "local broker away" },
  unknown_device: { zh: "网桥不认识此设备", en: "the bridge knows no such device" },
  elsewhere: { zh: "设备的主题设置不符", en: "the device speaks on other topics" },
};

/** What was read in order, and gives no figure: nothing failed. */
const NO_FIGURE: ReadonlySet<string> = new Set(["no_decay", "at_outdoor", "unsteady", "undecided"]);
const FAILED: Both = { zh: "读数失败", en: "reading failed" };
const OLD: Both = { zh: "已过时：{value}", en: "not current: {value}" };

export const quantity = (language: Language, name: string): string => QUANTITIES[name]?.[language] ?? name.replaceAll("_", " ");

export function failed(language: Language, trouble: string | null): string {
  const why = trouble === null ? "" : (TROUBLES[trouble]?.[language] ?? trouble.replaceAll("_", " "));
  const between = language === "zh" ? "：" : ": ";
  if (trouble !== null && NO_FIGURE.has(trouble)) return why;
  return why === "" ? FAILED[language] : `${FAILED[language]}${between}${why}`;
}

export function measured(language: Language, name: string, value: number, unit: string): string {
  const words = YES_OR_NO[name];
  if (words !== undefined && (value === 0 || value === 1)) return (value === 1 ? words.yes : words.no)[language];
  const shown = Number.isInteger(value) ? value : Number(value.toPrecision(4));
  return unit === "" ? `${shown}` : `${shown} ${unit}`;
}

export const old = (language: Language, value: string): string => OLD[language].replace("{value}", value);
