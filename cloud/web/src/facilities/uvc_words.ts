/** Every word of the screen of UV-C in both languages; loaded with it. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { fill } from "../words/say";
import type { Both, Language } from "../words/table";

const table = {
  "light.reached": { zh: "剂量达到", en: "reached" },
  "light.short": { zh: "剂量不足", en: "too small" },
  "light.unknown": { zh: "剂量不明", en: "not known" },
  "light.no_target": { zh: "未设目标", en: "no target set" },
  "count": { zh: "{all} 次照射：达到 {reached}，不足 {short}，不明 {unknown}，未设目标 {no_target}", en: "{all} runs: {reached} reached, {short} too small, {unknown} not known, {no_target} without a target" },
  "count.page": { zh: "本页", en: "This page" },
  "none": { zh: "这段时间没有照射记录。", en: "No run of a lamp in this time." },
  "lamps": { zh: "灯管", en: "Lamps" },
  "lamps.none": { zh: "没有通道报告灯管情况。", en: "No gate tells of a lamp." },
  "lamp.aged": { zh: "需更换", en: "to be replaced" },
  "lamp.fine": { zh: "正常", en: "fine" },
  "lamp.unknown": { zh: "状态未知", en: "unknown" },
  "hours": { zh: "已用 {n} 小时", en: "{n} h lit" },
  "hours.unknown": { zh: "已用时数未知", en: "hours not known" },
  "starts": { zh: "启动 {n} 次", en: "{n} starts" },
  "percent": { zh: "亮度为首次的 {n}%", en: "{n} % of its first brightness" },
  "percent.unknown": { zh: "亮度未知", en: "brightness not known" },
  "runs": { zh: "照射记录", en: "Runs" },
  "when": { zh: "时间", en: "When" },
  "place": { zh: "位置", en: "Place" },
  "result": { zh: "结果", en: "Result" },
  "dose": { zh: "剂量", en: "Dose" },
  "lit": { zh: "照射时长", en: "Lamp on" },
  "remarks": { zh: "说明", en: "Remarks" },
  "dose.of": { zh: "{dose} ± {off} mJ/cm²", en: "{dose} ± {off} mJ/cm²" },
  "dose.alone": { zh: "{dose} mJ/cm²", en: "{dose} mJ/cm²" },
  "dose.unknown": { zh: "没有读数", en: "not measured" },
  "target": { zh: "目标 {n}", en: "target {n}" },
  "covered": { zh: "测得 {n}% 的时间", en: "measured {n} % of the time" },
  "unknown": { zh: "未知", en: "not known" },
  "seconds": { zh: "{n} 秒", en: "{n} s" },
  "minutes": { zh: "{n} 分 {s} 秒", en: "{n} min {s} s" },
  "late": { zh: "迟到，{when} 收到", en: "late, arrived {when}" },
  "days.31": { zh: "31 天", en: "31 days" },
  "days.92": { zh: "92 天", en: "92 days" },
  "days.366": { zh: "一年", en: "A year" },
  "range": { zh: "时间范围", en: "Range" },
  "earlier": { zh: "更早", en: "Earlier" },
  "newest": { zh: "最新", en: "Newest" },
  "stale": { zh: "云端没有响应，以下是 {when} 的情况。", en: "The cloud does not answer. This was at {when}." },
  "how": { zh: "剂量只说明传感器所在位置的照射量。阴影、背面和被遮挡处较少；它不说明消毒效果。", en: "A dose is of where the sensor hangs. Shadow and whatever faces away get less, and it is no proof of dead germs." },
} as const satisfies Record<string, Both>;

export type UvcKey = keyof typeof table;
export type Tell = (key: UvcKey, values?: Readonly<Record<string, string | number>>) => string;
export const UVC_WORDS: Readonly<Record<UvcKey, Both>> = table;

export const uvcTeller =
  (language: Language): Tell =>
  (key, values = {}) =>
    fill(UVC_WORDS[key][language], values);

export interface ToldUvc {
  tell: Tell;
  language: Language;
}

export const ToldOfUvc = createContext<ToldUvc>({ tell: uvcTeller("zh"), language: "zh" });
export const useUvc = (): ToldUvc => useContext(ToldOfUvc);

/** 42 s, 12 min 5 s. */
export function lasted(tell: Tell, seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 100 ? tell("seconds", { n: whole }) : tell("minutes", { n: Math.floor(whole / 60), s: whole % 60 });
}

/** To three digits: a sensor is not better than that. */
export const rounded = (value: number): number => Number(value.toPrecision(3));
