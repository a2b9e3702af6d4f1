/** Every word of the screen of bins and dispensers in both languages; loaded with it. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { fill } from "../words/say";
import type { Both, Language } from "../words/table";

const table = {
  "tab.levels": { zh: "回收桶与洗手用品", en: "Bins and dispensers" },
  "light.contradicted": { zh: "传感器否认", en: "sensor denies it" },
  "light.due": { zh: "待处理", en: "to be done" },
  "light.due.empty": { zh: "已满，待清空", en: "full: to be emptied" },
  "light.due.refill": { zh: "不足，待补充", en: "low: to be refilled" },
  "light.unknown": { zh: "状态未知", en: "not known" },
  "light.told": { zh: "等待传感器确认", en: "waits for its sensor" },
  "light.fine": { zh: "正常", en: "fine" },
  "kind.mask_bin": { zh: "废弃口罩回收桶", en: "Bin for used masks" },
  "kind.hand_wash": { zh: "洗手液", en: "Hand wash" },
  "kind.hand_disinfectant": { zh: "手部消毒液", en: "Hand disinfectant" },
  "step.became_due": { zh: "到达界限", en: "Reached its limit" },
  "step.returned": { zh: "恢复正常，无人登记", en: "Good again, nobody entered it" },
  "step.picked_up": { zh: "已清空", en: "Emptied" },
  "step.refilled": { zh: "已补充", en: "Refilled" },
  "step.seen": { zh: "传感器确认", en: "Seen by the sensor" },
  "step.contradicted": { zh: "传感器否认", en: "Denied by the sensor" },
  "trust.measured": { zh: "传感器已确认", en: "seen by the sensor" },
  "trust.scanned": { zh: "已扫描标签", en: "tag scanned" },
  "trust.unverified": { zh: "未核实", en: "unverified" },
  "doubt.no_evidence": { zh: "没有凭据", en: "nothing shows it" },
  "doubt.tag_unknown": { zh: "不是此处的标签", en: "not the tag of this one" },
  "doubt.contradicted": { zh: "传感器之后仍显示未处理", en: "its sensor says it was not done" },
  "count": { zh: "待处理 {due} · 未知 {unknown} · 共 {all} 处", en: "{due} to be done · {unknown} not known · {all} in all" },
  "none": { zh: "还没有登记回收桶或洗手、消毒用品。", en: "No bins or dispensers are on the list yet." },
  "level": { zh: "{n}%", en: "{n} %" },
  "level.never": { zh: "从未收到读数", en: "never heard" },
  "level.bar": { zh: "液位或满度 {n}%，界限 {limit}%", en: "{n} %, limit {limit} %" },
  "level.bar.none": { zh: "没有读数，界限 {limit}%", en: "no level, limit {limit} %" },
  "limit": { zh: "界限 {n}%", en: "limit {n} %" },
  "age.now": { zh: "刚刚", en: "just now" },
  "age.min": { zh: "{n} 分钟前", en: "{n} min ago" },
  "age.at": { zh: "读数于 {when}", en: "read at {when}" },
  "trouble": { zh: "传感器没有数据", en: "its sensor gives no value" },
  "stale": { zh: "读数太旧", en: "too long ago" },
  "due.since": { zh: "{when} 起", en: "since {when}" },
  "last.never": { zh: "还没有人登记过", en: "nobody has entered anything" },
  "last.picked_up": { zh: "{by} 于 {when} 清空", en: "emptied by {by}, {when}" },
  "last.refilled": { zh: "{by} 于 {when} 补充", en: "refilled by {by}, {when}" },
  "done.empty": { zh: "已清空", en: "Emptied" },
  "done.refill": { zh: "已补充", en: "Refilled" },
  "done.empty.of": { zh: "登记已清空：{name}", en: "Emptied: {name}" },
  "done.refill.of": { zh: "登记已补充：{name}", en: "Refilled: {name}" },
  "done.tag": { zh: "已扫描此处标签", en: "This one's tag was scanned" },
  "done.notag": { zh: "没有扫描标签：传感器未确认前，此记录为未核实。", en: "No tag was scanned: unverified until its sensor has seen it." },
  "done.bag": { zh: "戴手套，扎紧袋口，按规定处置，然后洗手。", en: "Wear gloves, tie the bag, dispose of it as your rules say, wash your hands." },
  "done.kept": { zh: "没有网络：已保存在此手机上，恢复后自动发送。", en: "No network: kept on this telephone, sent by itself later." },
  "done.saved": { zh: "已登记：", en: "Entered:" },
  "done.wait": { zh: "传感器将在 {n} 分钟内确认或否认。", en: "Its sensor shows or denies it within {n} minutes." },
  "done.next": { zh: "完成", en: "Done" },
  "kept": { zh: "有 {n} 条记录等待发送。", en: "{n} entries wait to be sent." },
  "kept.send": { zh: "现在发送", en: "Send now" },
  "kept.refused": { zh: "{name} 的记录未被接受：{why}", en: "The entry for {name} was refused: {why}" },
  "kept.drop": { zh: "知道了", en: "I have read it" },
  "strange": { zh: "此标签所指的回收桶或用品不在您的范围内，或已移出列表。", en: "What this tag names is not in your reach, or not on the list any more." },
  "story": { zh: "记录", en: "Book" },
  "story.none": { zh: "还没有记录。", en: "Nothing in it yet." },
  "back": { zh: "返回列表", en: "All bins and dispensers" },
  "add": { zh: "增加一处", en: "Add one" },
  "change": { zh: "更改", en: "Change" },
  "change.of": { zh: "更改：{name}", en: "Change: {name}" },
  "kind": { zh: "类别", en: "Kind" },
  "name": { zh: "名称", en: "Name" },
  "site": { zh: "场所", en: "Site" },
  "sensor": { zh: "传感器（通道/传感器/量）", en: "Sensor (gate/sensor/quantity)" },
  "limit.own": { zh: "自己的界限（%，空：按类别）", en: "Limit of its own (%; empty: of its kind)" },
  "tag.make": { zh: "制作标签", en: "Make a tag" },
  "tag.again": { zh: "重新制作标签", en: "Make another tag" },
  "tag.hint": { zh: "打印后贴在此处。仅显示一次。扫描只证明有人持有此码，是否清空或补充由传感器判断。", en: "Print it and stick it on. It is shown this once. A scan proves that somebody had this code; whether it was done its sensor says." },
  "end": { zh: "移出列表", en: "Take it off the list" },
  "end.sure": { zh: "确定：移出列表，记录保留", en: "Sure: off the list, its book stays" },
  "save": { zh: "保存", en: "Save" },
  "close": { zh: "关闭", en: "Close" },
  "was": { zh: "云端没有响应，显示的是 {when} 的情况。", en: "The cloud does not answer. This was at {when}." },
  "house": { zh: "界限由本单位设定。", en: "Limits are set by this house." },
} as const satisfies Record<string, Both>;

export type LevelKey = keyof typeof table;
export type Tell = (key: LevelKey, values?: Readonly<Record<string, string | number>>) => string;
export const LEVEL_WORDS: Readonly<Record<LevelKey, Both>> = table;

export const levelTeller =
  (language: Language): Tell =>
  (key, values = {}) =>
    fill(LEVEL_WORDS[key][language], values);

export const ToldOfLevels = createContext<Tell>(levelTeller("zh"));
export const useTellOfLevels = (): Tell => useContext(ToldOfLevels);

/** The word for a value of the cloud's; the value itself where this screen does not know it yet. */
export function levelWord(tell: Tell, room: string, value: string): string {
  const key = `${room}.${value}`;
  return key in table ? tell(key as LevelKey) : value.replaceAll("_", " ");
}
