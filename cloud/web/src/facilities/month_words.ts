/** Words of the monthly report's page; what the report itself says comes from the cloud, as it stands on paper. */
import { fill } from "../words/say";
import type { Both, Language } from "../words/table";

const table = {
  "page": { zh: "月报", en: "Month" },
  "before": { zh: "上一月", en: "Month before" },
  "after": { zh: "下一月", en: "Month after" },
  "lasts": { zh: "本月尚未结束", en: "not over yet" },
} satisfies Record<string, Both>;

export type MonthKey = keyof typeof table;
export const MONTH_WORDS: Readonly<Record<MonthKey, Both>> = table;
export const monthTeller =
  (language: Language) =>
  (key: MonthKey): string =>
    fill(table[key][language], {});
