/** Every word of a gate's own page and of the tree of sites in both languages; the guard screen does not wait for them. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { fill } from "../words/say";
import type { Both, Language } from "../words/table";
import type { Verb } from "../api/gates";

const table = {
  "close": { zh: "关闭", en: "Close" },
  "loading": { zh: "正在读取…", en: "Reading…" },
  "away": { zh: "无法读取，请检查网络。", en: "It cannot be read. Check the network." },
  "gone": { zh: "这个通道已不在您的范围内。", en: "This gate is not there for you any more." },
  "site": { zh: "场所：{site}", en: "Site: {site}" },
  // what is known
  "hour.title": { zh: "近 1 小时判定", en: "Verdicts of the last hour" },
  "against.title": { zh: "待处理事项", en: "What stands against it" },
  "against.none": { zh: "没有告警，也没有待处理的人。", en: "No alarm, and nobody waits." },
  "against.case": { zh: "人员", en: "person" },
  "visits.title": { zh: "最近访客", en: "Last visits" },
  "visits.none": { zh: "还没有访客。", en: "No visits yet." },
  "sensors.title": { zh: "传感器", en: "Sensors" },
  "sensors.none": { zh: "没有传感器上报。", en: "No sensor reports here." },
  // who is inside
  "register.title": { zh: "在内人员登记（出示工牌或预约码）", en: "Register: who is inside (with badge or pass)" },
  "register.how": { zh: "出口没有读卡设备：离开由人员登记，否则视为不清楚。", en: "The way out has no reader: leaving is noted by somebody, or it is not known." },
  "register.none": { zh: "近 48 小时没有未登记离开的人员。", en: "Of the last 48 hours nobody stands here who is not known to have left." },
  "register.over": { zh: "{n} 人昨日或更早进入，离开情况不清楚，请询问。", en: "{n} went in on an earlier day, and nobody knows whether they left: please ask." },
  "register.left": { zh: "已登记离开 {n} 人。", en: "Noted as gone: {n}." },
  "register.without": { zh: "另有 {n} 人次进入时未出示工牌或预约码，是否仍在内不清楚。", en: "{n} went in without a badge or pass: whether they are inside is not known." },
  "register.badge": { zh: "工牌", en: "badge" },
  "register.pass": { zh: "预约码", en: "pass" },
  "register.since": { zh: "{time} 进入，未登记离开", en: "in since {time}, not known to have left" },
  "register.go": { zh: "登记离开…", en: "Has left…" },
  "register.seen": { zh: "看到离开", en: "Seen leaving" },
  "register.asked": { zh: "已询问", en: "Asked" },
  "register.day_end": { zh: "下班清场，里面没有人", en: "End of day: nobody is left" },
  "register.not": { zh: "取消", en: "Cancel" },
  // orders
  "order.title": { zh: "操作", en: "Tell the gate" },
  "order.may": { zh: "您的账号只能查看此通道。", en: "Your account may look at this gate, and tell it nothing." },
  "open_once": { zh: "放行一次", en: "Open once" },
  "hold": { zh: "暂停通行", en: "Hold" },
  "release": { zh: "恢复通行", en: "Release" },
  "close_arm": { zh: "关闭道闸", en: "Close barrier" },
  "message": { zh: "发送提示", en: "Message" },
  "sure.open_once": { zh: "在 {gate} 放行一次？", en: "Open {gate} once?" },
  "sure.hold": { zh: "暂停 {gate} 通行？", en: "Hold {gate}?" },
  "sure.release": { zh: "恢复 {gate} 通行？", en: "Release {gate}?" },
  "sure.close_arm": { zh: "关闭 {gate} 的道闸？", en: "Close the barrier of {gate}?" },
  "sure.message": { zh: "在 {gate} 的访客屏上显示？", en: "Show it on the screen of {gate}?" },
  "effect.open_once": { zh: "道闸为站在通道里的一个人打开一次，不论判定结果。无人时不会打开。", en: "The barrier opens once for whoever stands in the zone, whatever the verdict. An empty gate does not open." },
  "effect.hold": { zh: "不再放任何人进入，直到恢复；重新启动后仍然有效。出口不受影响。", en: "Nobody is let in until it is released, also after a restart. The way out stays free." },
  "effect.release": { zh: "通道恢复正常筛查和放行。", en: "The gate screens and lets in as usual." },
  "effect.close_arm": { zh: "道闸在下方无人时立即落下。火警期间不会落下。", en: "The arm comes down now, as soon as nobody stands under it. Not during a fire alarm." },
  "effect.message": { zh: "在判定下方显示一分钟，两种语言；不会盖住判定。", en: "It stands below the verdict for a minute, in both languages; never over it." },
  "why": { zh: "原因", en: "Why" },
  "why.needed": { zh: "原因（必填）", en: "Why (needed)" },
  "own": { zh: "自己写", en: "Own words" },
  "own.zh": { zh: "中文（60 字内）", en: "In Chinese (60 characters)" },
  "own.en": { zh: "英文（60 字内）", en: "In English (60 characters)" },
  "yes": { zh: "是，执行", en: "Yes, do it" },
  "no": { zh: "取消", en: "Cancel" },
  "busy": { zh: "已发送，等待通道回答…", en: "Sent; the gate answers…" },
  "audit": { zh: "谁在何时下达了什么，都会记录在案。", en: "Who ordered what and when stands in the record." },
  // answers
  "answer.done": { zh: "通道已执行", en: "The gate did it" },
  "answer.refused": { zh: "通道拒绝执行", en: "The gate refused" },
  "answer.expired": { zh: "通道没有在 10 秒内回答。它以后也不会再执行。", en: "The gate did not answer within ten seconds. It does not obey this any more." },
  "answer.unsent": { zh: "没有发出：{why}", en: "Nothing was sent: {why}" },
  "answer.forbidden": { zh: "您的账号无权这样做。", en: "Your account may not do this." },
  "answer.failed": { zh: "无法连接服务器；不知道通道是否已执行。请看通道状态。", en: "The server cannot be reached; whether the gate obeyed is not known. Look at its state." },
  "answer.wrong": { zh: "云端没有接受：{why}", en: "The cloud did not take it: {why}" },
  // the picture
  "look": { zh: "查看画面", en: "Look" },
  "look.sure": { zh: "查看 {gate} 的画面？", en: "Look through {gate}?" },
  "look.effect": { zh: "最多一分钟。人脸在通道处已打码；访客屏会提示有人在看；画面不保存。", en: "For a minute at most. Faces are covered at the gate, its screen says that somebody looks, and nothing is kept." },
  "look.purpose": { zh: "为什么要看（必填）", en: "What for (needed)" },
  "look.help": { zh: "有人求助", en: "Somebody asks for help" },
  "look.crowd": { zh: "通道拥堵", en: "People crowd at the gate" },
  "look.alarm": { zh: "核实告警", en: "To check an alarm" },
  "look.alt": { zh: "{gate} 的实时画面，人脸已打码", en: "The picture of {gate} now, faces covered" },
  "look.waiting": { zh: "等待通道的画面…", en: "Waiting for the gate's picture…" },
  "look.showing": { zh: "实时画面，不保存", en: "Live; nothing is kept" },
  "look.over": { zh: "查看已结束。", en: "The look is over." },
  "look.no": { zh: "不能查看：{why}", en: "No picture: {why}" },
  "look.late": { zh: "通道没有及时回答。", en: "The gate did not answer in time." },
  "look.stop": { zh: "停止查看", en: "Stop looking" },
  // sites
  "sites.title": { zh: "场所", en: "Sites" },
  "sites.none": { zh: "还没有为通道指定场所。管理员可以指定。", en: "No gate has been given a site. An administrator can do it." },
  "sites.all": { zh: "全部场所", en: "All sites" },
  "sites.unplaced": { zh: "未指定场所", en: "Not placed" },
  "sites.gates": { zh: "通道 {n}", en: "gates {n}" },
  "sites.alarms": { zh: "告警 {n}", en: "alarms {n}" },
  "sites.cases": { zh: "人员 {n}", en: "people {n}" },
  "sites.visits": { zh: "近 1 小时 {n} 人次", en: "visits in the last hour {n}" },
  "sites.only": { zh: "只看此处", en: "Show only this" },
  "sites.every": { zh: "显示全部", en: "Show all" },
  "state.none": { zh: "没有通道", en: "no gate" },
  "state.live": { zh: "全部在线", en: "all live" },
  "state.fault": { zh: "部件异常", en: "parts not well" },
  "state.stale": { zh: "有数据过期", en: "some stale" },
  "state.offline": { zh: "有通道离线", en: "some offline" },
} as const satisfies Record<string, Both>;

/** What a gate answers, word for word (`edge/gate/obeying.py`), and the same in Chinese. */
const ANSWERS: Readonly<Record<string, string>> = {
  "the arm opens": "道闸打开",
  "the gate is held: nobody is let in": "通道已暂停，不放任何人进入",
  "the gate is not held any more": "通道已恢复通行",
  "the arm comes down": "道闸落下",
  "it is shown for a minute": "显示一分钟",
  "nobody is seen in the zone: an empty gate does not open": "通道内没有人：无人时不打开",
  "the fire contact is open: the arm stays up": "消防触点已断开：道闸保持打开",
  "a guard may look for a minute": "可以查看一分钟",
  "no picture leaves this gate: its settings do not allow it (live.allowed)": "此通道的设置不允许传出画面（live.allowed）",
  "it came to the gate too late": "到达通道时已过期",
};

/** Lines for the visitor's screen, ready to be sent. */
export const MESSAGES: readonly Both[] = [
  { zh: "请稍候，工作人员马上就来", en: "Please wait, somebody is coming" },
  { zh: "请走旁边的通道", en: "Please use the gate beside this one" },
  { zh: "请摘下帽子和眼镜", en: "Please take off hat and glasses" },
  { zh: "请出示工牌或预约码", en: "Please show your badge or pass" },
  { zh: "请保持一米距离", en: "Please keep one metre apart" },
  { zh: "此通道即将关闭", en: "This gate closes soon" },
];

export type GateKey = keyof typeof table;
export interface Tell {
  (key: GateKey, values?: Readonly<Record<string, string | number>>): string;
  language: Language;
}
export const GATE_WORDS: Readonly<Record<GateKey, Both>> = table;

export const teller = (language: Language): Tell =>
  Object.assign((key: GateKey, values: Readonly<Record<string, string | number>> = {}) => fill(table[key][language], values), { language });

export const Told = createContext<Tell>(teller("zh"));
export const useTell = (): Tell => useContext(Told);

/** The word of a verb; to close a gate is not to close a dialog. */
export const verbKey = (verb: Verb): Exclude<Verb, "close"> | "close_arm" => (verb === "close" ? "close_arm" : verb);

/** The gate's own sentence in this screen's language; as it came where nobody knows it. */
export const answered = (tell: Tell, detail: string): string => (tell.language === "zh" ? (ANSWERS[detail] ?? detail) : detail);
