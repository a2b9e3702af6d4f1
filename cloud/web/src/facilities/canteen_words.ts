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
  "slots": { zh: "今天的用餐时段", en: "Slots today" },
  "slots.none": { zh: "还没有安排用餐时段。", en: "No slots have been planned yet." },
  "slots.not_today": { zh: "今天没有用餐时段。", en: "There is no slot today." },
  "ahead": { zh: "今后七天", en: "The next seven days" },
  "ahead.none": { zh: "今后七天没有用餐时段。", en: "There is no slot in the next seven days." },
  "ahead.fine": { zh: "今后七天各时段名额足够。", en: "Every slot of the next seven days has places enough." },
  "ahead.unknown": { zh: "{n} 个时段的计划人数未知。", en: "How many come to {n} slots is unknown." },
  "past": { zh: "近 14 天", en: "The last 14 days" },
  "plan": { zh: "时段安排", en: "The plan" },
  "unassigned": { zh: "未安排时段的班组：{teams}", en: "In no slot: {teams}" },
  "light.over": { zh: "超员", en: "too many" },
  "light.planned_over": { zh: "计划超员", en: "too many planned" },
  "light.unknown": { zh: "状态未知", en: "unknown" },
  "light.fine": { zh: "正常", en: "fine" },
  "places": { zh: "名额 {n}", en: "{n} places" },
  "planned": { zh: "计划 {n} 人", en: "{n} planned" },
  "planned.unknown": { zh: "计划人数未知", en: "how many are to come is not known" },
  "let_in.n": { zh: "已进入 {n} 人", en: "{n} let in" },
  "let_in.unknown": { zh: "进入人数未知：通道没有数据", en: "how many came is not known: the gate is not heard" },
  "let_in.uncounted": { zh: "没有通道计数", en: "nobody counts who comes" },
  "inside": { zh: "现在里面 {n} 人", en: "{n} inside now" },
  "room": { zh: "“{name}”还有空位最多", en: "most room in: {name}" },
  "room.none": { zh: "当天其他时段也没有空位", en: "no other slot of the day has room" },
  "teams.are": { zh: "班组：{teams}", en: "teams: {teams}" },
  "teams.none": { zh: "未指定班组", en: "no team" },
  "gate.is": { zh: "由通道 {gate} 计数", en: "counted by {gate}" },
  "gate.none": { zh: "无通道计数", en: "counted by no gate" },
  "days.all": { zh: "每天", en: "every day" },
  "day.mon": { zh: "周一", en: "Mon" },
  "day.tue": { zh: "周二", en: "Tue" },
  "day.wed": { zh: "周三", en: "Wed" },
  "day.thu": { zh: "周四", en: "Thu" },
  "day.fri": { zh: "周五", en: "Fri" },
  "day.sat": { zh: "周六", en: "Sat" },
  "day.sun": { zh: "周日", en: "Sun" },
  "slot.add": { zh: "添加时段", en: "Add a slot" },
  "slot.change": { zh: "更改", en: "Change" },
  "slot.change.of": { zh: "更改“{name}”", en: "Change {name}" },
  "slot.name": { zh: "名称", en: "Name" },
  "slot.begins": { zh: "开始", en: "Begins" },
  "slot.ends": { zh: "结束", en: "Ends" },
  "slot.places": { zh: "名额", en: "Places" },
  "slot.days": { zh: "星期", en: "Days" },
  "slot.teams": { zh: "班组", en: "Teams" },
  "slot.no_teams": { zh: "名册中还没有班组。", en: "The staff list has no teams yet." },
  "slot.gate": { zh: "食堂门口的通道（没有则留空）", en: "The canteen's gate; empty: none" },
  "slot.site": { zh: "场所", en: "Site" },
  "slot.end": { zh: "取消此时段", en: "End this slot" },
  "slot.end.sure": { zh: "确定取消？以往记录保留", en: "End it for good? What was stays" },
  "save": { zh: "保存", en: "Save" },
  "close": { zh: "关闭", en: "Close" },
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
