/** Every word of the screen of people inside and waiting in both languages; loaded with it. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { fill } from "../words/say";
import type { Both, Language } from "../words/table";

const table = {
  "tab.crowd": { zh: "人流", en: "People" },
  "room.full": { zh: "已满", en: "full" },
  "room.doubtful": { zh: "可能已满", en: "full, perhaps" },
  "room.unknown": { zh: "人数未知", en: "not known" },
  "room.room": { zh: "可进入", en: "there is room" },
  "room.counted": { zh: "计数，未设上限", en: "counted, no limit" },
  "room.uncounted": { zh: "不计数", en: "not counted" },
  "state.stale": { zh: "通道没有消息", en: "the gate is silent" },
  "state.offline": { zh: "通道离线", en: "the gate is offline" },
  "why.doubtful": { zh: "计数曾漏计 {n} 人进入", en: "entries missed: {n}" },
  "why.held": { zh: "暂停进入", en: "nobody is let in" },
  "count": { zh: "已满 {full} · 可能已满或未知 {doubtful} · 等候至少 {waiting} 人", en: "{full} full · {doubtful} perhaps full or not known · at least {waiting} waiting" },
  "none": { zh: "还没有通道。", en: "No gates yet." },
  "gate": { zh: "通道", en: "Gate" },
  "place": { zh: "场所", en: "Place" },
  "inside": { zh: "室内人数", en: "Inside" },
  "room": { zh: "状态", en: "State" },
  "waiting": { zh: "等候人数", en: "Waiting" },
  "waits": { zh: "等候时间", en: "Time waited" },
  "let_in": { zh: "近一小时进入", en: "Let in, last hour" },
  "of": { zh: "{n} / {limit} 人", en: "{n} of {limit}" },
  "people": { zh: "{n} 人", en: "{n}" },
  "unknown": { zh: "未知", en: "not known" },
  "unseen": { zh: "看不到", en: "not seen" },
  "at_least": { zh: "至少 {n} 人", en: "at least {n}" },
  "nobody": { zh: "看不到有人等候", en: "nobody seen" },
  "longest": { zh: "最久已等 {time} 以上", en: "the first for {time} or more" },
  "half": { zh: "一半人不超过 {time}", en: "half of them: {time} at most" },
  "most": { zh: "九成人不超过 {time}", en: "nine of ten: {time} at most" },
  "waits.none": { zh: "近一小时无人进入", en: "nobody in the last hour" },
  "missed.in": { zh: "漏计进入 {n} 人", en: "entries missed: {n}" },
  "missed.out": { zh: "上次清零时剩余 {n} 人（漏计离开）", en: "exits missed: {n} left over when it last began anew" },
  "seconds": { zh: "{n} 秒", en: "{n} s" },
  "minutes": { zh: "{n} 分钟", en: "{n} min" },
  "replay": { zh: "模拟画面", en: "simulated" },
  "sites": { zh: "有多个入口的场所", en: "Places with several ways in" },
  "ways": { zh: "入口：{gates}", en: "by {gates}" },
  "stale": { zh: "云端没有响应，显示的是 {when} 的情况。", en: "The cloud does not answer. This was at {when}." },
  "how": {
    zh: "人数由通道计数得出，可能有误差。等候人数只计摄像头看得到的人。等候时间从第一次看到到放行。",
    en: "People inside are counted by the gates, and a count drifts. Only who is seen by the camera is counted as waiting. The time runs from the first sight to the pass.",
  },
} as const satisfies Record<string, Both>;

export type CrowdKey = keyof typeof table;
export type Tell = (key: CrowdKey, values?: Readonly<Record<string, string | number>>) => string;
export const CROWD_WORDS: Readonly<Record<CrowdKey, Both>> = table;

export const crowdTeller =
  (language: Language): Tell =>
  (key, values = {}) =>
    fill(CROWD_WORDS[key][language], values);

export const ToldOfCrowd = createContext<Tell>(crowdTeller("zh"));
export const useTellOfCrowd = (): Tell => useContext(ToldOfCrowd);

/** The word for a value of the cloud's; the value itself where this screen does not know it yet. */
export function crowdWord(tell: Tell, part: string, value: string): string {
  const key = `${part}.${value}`;
  return key in table ? tell(key as CrowdKey) : value.replaceAll("_", " ");
}

/** Seconds as one says them: `42 s`, `3 min`; rounded up, so that "no longer than" stays true. */
export function lasted(tell: Tell, seconds: number): string {
  return seconds < 100 ? tell("seconds", { n: Math.ceil(seconds) }) : tell("minutes", { n: Math.ceil(seconds / 60) });
}

/** Rounded down, so that "or more" stays true. */
export function atLeast(tell: Tell, seconds: number): string {
  return seconds < 100 ? tell("seconds", { n: Math.floor(seconds) }) : tell("minutes", { n: Math.floor(seconds / 60) });
}
