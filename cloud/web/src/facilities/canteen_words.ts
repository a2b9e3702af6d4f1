/** Every word of the screen of the canteen in both languages; loaded with it. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { fill } from "../words/say";
import type { Both, Language } from "../words/table";

const table = {
  "tab.canteen": { zh: "食堂", en: "Canteen" },
  "hands": { zh: "进食堂前洗手消毒（近 14 天）", en: "Clean hands at the door, last 14 days" },
  "hands.none": {
    zh: "近 14 天没有通道询问洗手消毒。可在通道设置的“洗手消毒”一项中开启。",
    en: "No gate has asked for clean hands in the last 14 days. A gate is told to in its settings, [hands].",
  },
  "count": { zh: "今天进入 {all} 人 · 未洗手消毒 {without} 人", en: "{all} let in today · {without} without clean hands" },
  "count.none": { zh: "今天还没有人被询问", en: "Nobody was asked today" },
  "day": { zh: "日期", en: "Day" },
  "gate": { zh: "通道", en: "Gate" },
  "let_in": { zh: "进入人次", en: "Let in" },
  "dispenser": { zh: "用了消毒液机", en: "Dispenser used" },
  "confirmed": { zh: "本人确认", en: "Said so" },
  "without": { zh: "未洗手消毒", en: "Without" },
  "part": { zh: "{n}（{percent}%）", en: "{n} ({percent} %)" },
  "how": {
    zh: "“本人确认”是按了屏幕上的按钮，不能证明已消毒。日期按 {zone} 计算。",
    en: "Said so: by the button on the kiosk, which proves nothing. Days are those of {zone}.",
  },
  "stale": { zh: "云端没有响应，显示的是 {when} 的情况。", en: "The cloud does not answer. This was at {when}." },
} as const satisfies Record<string, Both>;

export type CanteenKey = keyof typeof table;
export type Tell = (key: CanteenKey, values?: Readonly<Record<string, string | number>>) => string;
export const CANTEEN_WORDS: Readonly<Record<CanteenKey, Both>> = table;

export const canteenTeller =
  (language: Language): Tell =>
  (key, values = {}) =>
    fill(CANTEEN_WORDS[key][language], values);

export const ToldOfCanteen = createContext<Tell>(canteenTeller("zh"));
export const useTellOfCanteen = (): Tell => useContext(ToldOfCanteen);
