/** Words of the reports' screen; what a report itself says comes from the cloud, as it stands on paper. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { fill } from "../words/say";
import type { Both, Language } from "../words/table";

const table = {
  "title": { zh: "日报与大事记", en: "Reports" },
  "back": { zh: "返回值班屏", en: "Back to the guard screen" },
  "tab.reports": { zh: "日报", en: "Daily reports" },
  "tab.chronicle": { zh: "大事记", en: "Chronicle" },
  "loading": { zh: "正在读取…", en: "Reading…" },
  "trouble": { zh: "未能读取，请稍后再试。", en: "It could not be read. Please try again." },
  "again": { zh: "再试", en: "Try again" },
  "none": { zh: "还没有日报。第一份会在设定的时间自动生成。", en: "There is no report yet. The first one is made at its set time." },
  "older": { zh: "更早", en: "Older" },
  "zero": { zh: "零报告", en: "zero-case" },
  "late": { zh: "迟到生成", en: "made late" },
  "broken": { zh: "记录链不符", en: "chain broken" },
  "corrects": { zh: "更正第 {numbers} 号", en: "corrects {numbers}" },
  "number": { zh: "第 {number} 号", en: "number {number}" },
  "list": { zh: "全部日报", en: "All reports" },
  "print": { zh: "打印", en: "Print" },
  "take": { zh: "导出 {form}", en: "Take as {form}" },
  "receipts": { zh: "送达情况", en: "Who has received it" },
  "receipts.none": { zh: "没有设定接收日报的联系人。", en: "No contact is told of reports." },
  "contact": { zh: "联系人", en: "Contact" },
  "channel": { zh: "方式", en: "By" },
  "state": { zh: "状态", en: "State" },
  "told": { zh: "送达时间", en: "Received" },
  "answer": { zh: "回执", en: "Receipt" },
  "state.queued": { zh: "待发送", en: "waiting" },
  "state.sent": { zh: "已送达", en: "received" },
  "state.failed": { zh: "未送达", en: "not delivered" },
  "chronicle.note": { zh: "由台账自动生成，最近 90 天，新的在前", en: "Derived from the ledger; the last 90 days, newest first" },
  "chronicle.none": { zh: "最近 90 天没有记载的事项。", en: "Nothing in the last 90 days." },
  "chronicle.more": { zh: "还有更早的事项，请导出查看。", en: "There is more than is shown here." },
  "time": { zh: "时间", en: "Time" },
  "what": { zh: "事项", en: "What" },
} satisfies Record<string, Both>;

export type ReportKey = keyof typeof table;
export type Tell = (key: ReportKey, values?: Readonly<Record<string, string | number>>) => string;

export const REPORT_WORDS: Readonly<Record<ReportKey, Both>> = table;
export const teller =
  (language: Language): Tell =>
  (key, values = {}) =>
    fill(table[key][language], values);
export const Told = createContext<Tell>(teller("zh"));
export const useTell = (): Tell => useContext(Told);

/** How a notice stands; a state this screen does not know is shown as it came. */
export const stateOf = (tell: Tell, state: string): string => (`state.${state}` in table ? tell(`state.${state}` as ReportKey) : state);
