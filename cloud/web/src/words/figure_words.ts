/** Words of the alarm-performance page. A part of the table. */
import type { Both } from "./table";

export const FIGURE_WORDS = {
  "figures.title": { zh: "告警绩效", en: "How the alarms serve you" },
  "figures.span": { zh: "{from} 至 {to}，每名值班员", en: "{from} to {to}, for each guard" },
  "figures.days": { zh: "近 {n} 天", en: "last {n} days" },
  "figures.day": { zh: "近 1 天", en: "last day" },
  "figures.guards": { zh: "值班员人数", en: "Guards who share them" },
  "figures.what": { zh: "指标", en: "Figure" },
  "figures.now": { zh: "实际", en: "Is" },
  "figures.aim": { zh: "目标", en: "Should be" },
  "figures.hour": { zh: "每小时告警", en: "Alarms an hour" },
  "figures.ten": { zh: "每 10 分钟告警", en: "Alarms in ten minutes" },
  "figures.peak": { zh: "10 分钟内最多", en: "Most in ten minutes" },
  "figures.flood": { zh: "告警泛滥的时间", en: "Time in a flood (over 10 in 10 min)" },
  "figures.over30": { zh: "超过 30 条的小时", en: "Hours with more than 30" },
  "figures.chattering": { zh: "反复出现的告警", en: "Alarms that come and go" },
  "figures.stale": { zh: "持续超过一天的告警", en: "Alarms that stand for over a day" },
  "figures.priority": { zh: "高 / 中 / 低优先级", en: "High / medium / low priority" },
  "figures.cases": { zh: "每小时人员事项", en: "Cases an hour" },
  "figures.cases.aim": { zh: "人员不设上限", en: "people are not rationed" },
  "figures.most": { zh: "最常见的告警", en: "What came most often" },
  "figures.atmost": { zh: "≤ {n}", en: "≤ {n}" },
  "figures.hour.aim": { zh: "≤ {n}，最多 {most}", en: "≤ {n}, {most} at the very most" },
  "figures.below": { zh: "< {n}", en: "< {n}" },
  "figures.source": {
    zh: "目标来源：ISA-18.2 / IEC 62682 和 EEMUA 191，转引自他人",
    en: "Where the aims come from: ISA-18.2 / IEC 62682 and EEMUA 191, as restated by others",
  },
  "figures.good": { zh: "达标", en: "met" },
  "figures.bad": { zh: "未达标", en: "not met" },
  "figures.none": { zh: "没有告警", en: "none" },
} satisfies Record<string, Both>;
