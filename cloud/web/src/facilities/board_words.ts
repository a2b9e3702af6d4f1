/** Every word of the board of the facilities in both languages; loaded with it. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { fill } from "../words/say";
import type { Both, Language } from "../words/table";

const table = {
  "board": { zh: "总览", en: "Board" },
  "stand.over": { zh: "超过上限", en: "above its limit" },
  "stand.under": { zh: "低于下限", en: "below its limit" },
  "stand.unknown": { zh: "状态未知", en: "unknown" },
  "stand.unlimited": { zh: "未设限值", en: "no limit set" },
  "stand.fine": { zh: "正常", en: "fine" },
  "count.hold": { zh: "未登记", en: "nothing kept" },
  "count.recheck": { zh: "需要处理", en: "needs somebody" },
  "count.unknown": { zh: "状态未知", en: "unknown" },
  "count.wait": { zh: "即将到期", en: "due soon" },
  "count.pass": { zh: "正常", en: "fine" },
  "count.of": { zh: "{bad} 项需处理 · {unknown} 项未知 · 共 {all} 项", en: "{bad} to be done · {unknown} unknown · {all} in all" },
  "tile.rounds": { zh: "消毒", en: "Disinfection" },
  "tile.supplies": { zh: "物资", en: "Supplies" },
  "tile.levels": { zh: "回收桶与洗手用品", en: "Bins and dispensers" },
  "tile.sensors": { zh: "传感器", en: "Sensors" },
  "urgent": { zh: "现在需要处理", en: "Needs somebody now" },
  "urgent.none": { zh: "目前没有需要处理的事项。", en: "Nothing needs anybody now." },
  "next": { zh: "接下来", en: "Due next" },
  "next.none": { zh: "没有登记待消毒的对象。", en: "Nothing to be disinfected is on the list." },
  "line.locked": { zh: "已封闭", en: "locked" },
  "line.overdue": { zh: "消毒逾期", en: "round overdue" },
  "line.due": { zh: "已消毒", en: "disinfected" },
  "line.unverified": { zh: "未核实", en: "unverified" },
  "line.unknown": { zh: "状态未知", en: "unknown" },
  "line.level.empty": { zh: "已满，待清空", en: "full: to be emptied" },
  "line.level.refill": { zh: "不足，待补充", en: "low: to be refilled" },
  "line.slot.over": { zh: "用餐时段超员", en: "too many in a slot" },
  "line.slot.planned_over": { zh: "用餐时段计划超员", en: "slot planned too full" },
  "line.calibration": { zh: "校准过期", en: "calibration over" },
  "line.to_calibrate": { zh: "待校准", en: "to be calibrated" },
  "calibrated": { zh: "校准有效期至 {day}", en: "calibrated until {day}" },
  "calibration.over": { zh: "校准已于 {day} 过期", en: "calibration ended {day}" },
  "line.short": { zh: "物资不足", en: "supply short" },
  "owner": { zh: "负责人 {name}", en: "{name}" },
  "owner.none": { zh: "无人负责", en: "nobody named" },
  "due": { zh: "{when} 到期", en: "due {when}" },
  "since": { zh: "{when} 起", en: "since {when}" },
  "at": { zh: "{when} 开始", en: "at {when}" },
  "more": { zh: "另有 {n} 项", en: "{n} more" },
  "fewer": { zh: "收起", en: "Fold again" },
  "all": { zh: "全部位置", en: "All places" },
  "open": { zh: "非正常", en: "Not fine" },
  "none": { zh: "还没有收到传感器数据。", en: "No sensor has been heard yet." },
  "none.here": { zh: "所有位置都正常。", en: "Every place is fine." },
  "nowhere": { zh: "未分配场所", en: "no site" },
  "stale": { zh: "云端没有响应，以下是 {when} 的情况，当前状态未知。", en: "The cloud does not answer. This was at {when}; how it is now is unknown." },
  "story.of": { zh: "历史：{place} {quantity}", en: "History: {place}, {quantity}" },
  "back": { zh: "返回总览", en: "Back to the board" },
  "range": { zh: "时间范围", en: "Range" },
  "hours.1": { zh: "1 小时", en: "1 h" },
  "hours.24": { zh: "24 小时", en: "24 h" },
  "hours.168": { zh: "7 天", en: "7 d" },
  "hours.720": { zh: "30 天", en: "30 d" },
  "time": { zh: "时间", en: "Time" },
  "least": { zh: "最低", en: "Least" },
  "mean": { zh: "平均", en: "Mean" },
  "most": { zh: "最高", en: "Most" },
  "readings": { zh: "读数个数", en: "Readings" },
  "limit.most": { zh: "上限 {value}", en: "upper limit {value}" },
  "limit.least": { zh: "下限 {value}", en: "lower limit {value}" },
  "limit.none": { zh: "通道未报告限值", en: "its gate tells of no limit" },
  "now": { zh: "目前", en: "Now" },
  "table": { zh: "以表格显示", en: "As a table" },
  "story.none": { zh: "这段时间没有读数。", en: "No readings in this time." },
  "story.said": { zh: "最低 {least}，平均 {mean}，最高 {most}；{gaps} 处没有数据", en: "least {least}, mean {mean}, most {most}; {gaps} times nothing was known" },
  "of_means": { zh: "最低和最高是五分钟平均值中的最低和最高。", en: "Least and most are those of means of five minutes." },
  "of_readings": { zh: "每个点是 {n} 秒内的读数。", en: "Each point is of {n} seconds of readings." },
  "gap": { zh: "断开处没有数据。", en: "Where the line breaks, nothing is known." },
  "taken": { zh: "读数时间", en: "taken" },
} as const satisfies Record<string, Both>;

export type BoardKey = keyof typeof table;
export type Tell = (key: BoardKey, values?: Readonly<Record<string, string | number>>) => string;
export const BOARD_WORDS: Readonly<Record<BoardKey, Both>> = table;

export const boardTeller =
  (language: Language): Tell =>
  (key, values = {}) =>
    fill(BOARD_WORDS[key][language], values);

export interface ToldBoard {
  tell: Tell;
  language: Language;
}

export const ToldOfBoard = createContext<ToldBoard>({ tell: boardTeller("zh"), language: "zh" });
export const useBoard = (): ToldBoard => useContext(ToldOfBoard);
