/** Every word of the screen of supplies in both languages; loaded with it. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { fill } from "../words/say";
import type { Both, Language } from "../words/table";

const table = {
  "tab.supplies": { zh: "物资", en: "Supplies" },
  "light.short": { zh: "不足", en: "short" },
  "light.unknown": { zh: "未盘点", en: "never counted" },
  "light.contradicted": { zh: "账实不符", en: "count and book differ" },
  "light.uncounted": { zh: "久未盘点", en: "not counted for long" },
  "light.fine": { zh: "充足", en: "enough" },
  "kind.mask_disposable": { zh: "一次性口罩", en: "Disposable masks" },
  "kind.mask_n95": { zh: "N95 口罩", en: "N95 masks" },
  "kind.gloves": { zh: "手套", en: "Gloves" },
  "kind.suit": { zh: "防护服", en: "Protective suits" },
  "kind.alcohol": { zh: "酒精", en: "Alcohol" },
  "kind.disinfectant_84": { zh: "84消毒液", en: "84 disinfectant" },
  "kind.hand_wash": { zh: "洗手液", en: "Hand wash" },
  "kind.other": { zh: "其他", en: "Other" },
  "line.used": { zh: "领用", en: "Used" },
  "line.received": { zh: "入库", en: "Received" },
  "line.counted": { zh: "盘点", en: "Counted" },
  "line.moved": { zh: "调拨到其他场所", en: "Moved to another site" },
  "line.moved_out": { zh: "调出", en: "Moved out" },
  "line.moved_in": { zh: "调入", en: "Moved in" },
  "count": { zh: "不足 {short} · 未盘点或账实不符 {doubtful} · 共 {all} 种", en: "{short} short · {doubtful} unknown or in doubt · {all} in all" },
  "none": { zh: "还没有登记物资。", en: "No supplies are kept yet." },
  "name": { zh: "名称", en: "Name" },
  "kind": { zh: "类别", en: "Kind" },
  "site": { zh: "场所", en: "Site" },
  "unit": { zh: "计量单位（如 个、瓶）", en: "Unit (piece, bottle …)" },
  "minimum": { zh: "最低库存", en: "Minimum" },
  "state": { zh: "状态", en: "State" },
  "book": { zh: "账面", en: "By the book" },
  "lasts": { zh: "可用天数", en: "Lasts" },
  "counted": { zh: "最近盘点", en: "Last count" },
  "book.unknown": { zh: "未知", en: "unknown" },
  "left.unknown": { zh: "尚不可知", en: "not known yet" },
  "left.why": { zh: "至少需要 {n} 个整日的领用记录", en: "needs {n} whole days of use" },
  "left.seldom": { zh: "领用太少，无法估计", en: "too little used to say" },
  "left.days": { zh: "约 {n} 天", en: "about {n} days" },
  "left.between": { zh: "{least} 至 {most} 天", en: "{least} to {most} days" },
  "left.from": { zh: "{least} 天以上", en: "{least} days or more" },
  "left.rate": { zh: "每天 {n}（{days} 天的中位数）", en: "{n} a day (median of {days} days)" },
  "short.minimum": { zh: "低于最低库存", en: "below its minimum" },
  "short.days": { zh: "不够 {n} 天使用", en: "lasts less than {n} days" },
  "short.recovering": { zh: "刚刚高于下限", en: "just above the limit again" },
  "since": { zh: "{when} 起", en: "since {when}" },
  "counted.never": { zh: "从未", en: "never" },
  "counted.agrees": { zh: "与账面一致", en: "as the book said" },
  "counted.first": { zh: "首次盘点", en: "the first count" },
  "counted.less": { zh: "比账面少 {n}", en: "{n} less than the book" },
  "counted.more": { zh: "比账面多 {n}", en: "{n} more than the book" },
  "enter": { zh: "登记", en: "Enter" },
  "enter.of": { zh: "登记：{name}", en: "Enter: {name}" },
  "enter.what": { zh: "登记什么", en: "What" },
  "enter.amount": { zh: "数量（{unit}）", en: "How much ({unit})" },
  "enter.found": { zh: "盘点到的数量（{unit}）", en: "How much there is ({unit})" },
  "enter.to": { zh: "调拨到", en: "To" },
  "enter.why": { zh: "说明（盘点与账面不符时必填）", en: "Why (needed where a count differs from the book)" },
  "enter.first": { zh: "还没有人盘点过：先盘点，才能登记其他变动。", en: "Nobody has counted yet: a count comes first." },
  "story": { zh: "账簿", en: "Book" },
  "story.of": { zh: "账簿：{name}", en: "Book: {name}" },
  "story.none": { zh: "还没有记录。", en: "Nothing in it yet." },
  "back": { zh: "返回物资列表", en: "All supplies" },
  "when": { zh: "时间", en: "When" },
  "what": { zh: "事项", en: "What" },
  "amount": { zh: "数量", en: "Amount" },
  "after": { zh: "账面余额", en: "Book after it" },
  "by": { zh: "经手人", en: "By" },
  "why": { zh: "说明", en: "Why" },
  "add": { zh: "增加物资", en: "Keep something more" },
  "add.go": { zh: "增加", en: "Add" },
  "change": { zh: "更改", en: "Change" },
  "change.of": { zh: "更改：{name}", en: "Change: {name}" },
  "end": { zh: "不再登记", en: "Keep it no more" },
  "end.sure": { zh: "确定：移出列表，账簿保留", en: "Sure: off the list, its book stays" },
  "save": { zh: "保存", en: "Save" },
  "close": { zh: "关闭", en: "Close" },
  "stale": { zh: "云端没有响应，显示的是 {when} 的情况。", en: "The cloud does not answer. This was at {when}." },
  "house": { zh: "下限和天数由本单位设定。", en: "Minimums and days are set by this house." },
} as const satisfies Record<string, Both>;

export type SupplyKey = keyof typeof table;
export type Tell = (key: SupplyKey, values?: Readonly<Record<string, string | number>>) => string;
export const SUPPLY_WORDS: Readonly<Record<SupplyKey, Both>> = table;

export const supplyTeller =
  (language: Language): Tell =>
  (key, values = {}) =>
    fill(SUPPLY_WORDS[key][language], values);

export const ToldOfSupplies = createContext<Tell>(supplyTeller("zh"));
export const useTellOfSupplies = (): Tell => useContext(ToldOfSupplies);

/** The word for a value of the cloud's; the value itself where this screen does not know it yet. */
export function supplyWord(tell: Tell, room: string, value: string, values?: Readonly<Record<string, string | number>>): string {
  const key = `${room}.${value}`;
  return key in table ? tell(key as SupplyKey, values) : value.replaceAll("_", " ");
}
