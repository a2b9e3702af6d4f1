/** Every word of the work on a case in both languages; apart from the guard screen's, which does not wait for it. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { fill } from "../words/say";
import type { Both, Language } from "../words/table";

const table = {
  "loading": { zh: "正在读取…", en: "Reading…" },
  "work": { zh: "处理步骤", en: "Step by step" },
  "suspected": { zh: "疑似病例", en: "Suspected case" },
  "yours": { zh: "由您处理", en: "This case is yours" },
  "theirs": { zh: "{user} 正在处理", en: "{user} is working on it" },
  "ended": { zh: "已结束：{outcome}", en: "Ended: {outcome}" },
  "over.ask": { zh: "由我接替…", en: "Take over…" },
  "over.sure": { zh: "从 {user} 处接替？双方都会记录在案。", en: "Take over from {user}? Both of you stand in the record." },
  "over.yes": { zh: "是，由我接替", en: "Yes, take over" },
  "over.no": { zh: "取消", en: "Cancel" },
  "step.taken": { zh: "接手", en: "Taken" },
  "step.second_reading": { zh: "再次测温", en: "Second reading" },
  "step.symptoms": { zh: "询问并查看症状", en: "Symptoms" },
  "step.answers": { zh: "询问问卷", en: "Questions" },
  "step.reported": { zh: "上报", en: "Report" },
  "step.closed": { zh: "结束事项", en: "Close the case" },
  "step.follow_up": { zh: "后续情况", en: "Follow-ups" },
  "mark.done": { zh: "已完成", en: "done" },
  "mark.next": { zh: "下一步", en: "next" },
  "mark.later": { zh: "未完成", en: "not done" },
  "optional": { zh: "可不填", en: "may stay empty" },
  "busy": { zh: "正在发送…", en: "Sending…" },
  // second reading
  "reading.celsius": { zh: "体温（°C）", en: "Temperature in °C" },
  "reading.site": { zh: "测量部位", en: "Measured at the" },
  "reading.device": { zh: "体温计编号", en: "Thermometer" },
  "reading.go": { zh: "保存测温", en: "Save the reading" },
  "reading.lacks": { zh: "请填写 30 至 45 之间的体温，例如 37.2，并选择测量部位。", en: "Type a temperature from 30 to 45, such as 37.2, and choose where it was measured." },
  "site.ear": { zh: "耳", en: "ear" },
  "site.oral": { zh: "口腔", en: "mouth" },
  "site.armpit": { zh: "腋下", en: "armpit" },
  "site.forehead": { zh: "额头", en: "forehead" },
  // symptoms
  "symptoms.how": { zh: "“请问您有哪里不舒服吗？”选择全部符合的。", en: "“Do you feel unwell in any way?” Choose all that apply." },
  "symptoms.detail": { zh: "补充说明", en: "More about it" },
  "symptoms.go": { zh: "保存症状", en: "Save the symptoms" },
  "symptoms.lacks": { zh: "请选择符合的症状；没有则选“无症状”。", en: "Choose what applies, or “none”." },
  "symptom.none": { zh: "无症状", en: "none" },
  "symptom.fever": { zh: "发热", en: "fever" },
  "symptom.cold": { zh: "感冒", en: "cold" },
  "symptom.cough": { zh: "咳嗽", en: "cough" },
  "symptom.respiratory_infection": { zh: "呼吸道感染", en: "respiratory infection" },
  "symptom.other": { zh: "其他", en: "other" },
  // questionnaire
  "answers.how": { zh: "请逐条询问。不愿回答也是一种回答。", en: "Ask one after the other. “Declined” is an answer too." },
  "answers.version": { zh: "问卷版本 {version}", en: "Questionnaire {version}" },
  "answers.go": { zh: "保存回答", en: "Save the answers" },
  "answers.lacks": { zh: "还有 {n} 条没有问完。", en: "Still open: {n}." },
  "answers.count": { zh: "已问 {n} 条，{yes} 条为“是”", en: "{n} answered, {yes} with yes" },
  "answer.yes": { zh: "是", en: "Yes" },
  "answer.no": { zh: "否", en: "No" },
  "answer.declined": { zh: "不愿回答", en: "Declined" },
  // report
  "report.how": { zh: "立即告知领导小组：测得、看到、问到的内容，不含姓名。", en: "Tells the leading group at once what was measured, seen and asked, without a name." },
  "report.text": { zh: "补充说明", en: "Anything else" },
  "report.go": { zh: "立即上报", en: "Report now" },
  "report.again": { zh: "再次上报", en: "Report again" },
  "report.lacks": { zh: "问卷全部问完后才能上报。", en: "Every question has to be answered before the report." },
  "report.at": { zh: "{time} 已上报", en: "reported at {time}" },
  "receipts.none": { zh: "没有设置接收上报的联系人。请直接打电话。", en: "No contact is set up for reports. Please call somebody." },
  // ending
  "close.how": { zh: "结果如何？", en: "How did it end?" },
  "close.why": { zh: "原因（必填）", en: "Why (needed)" },
  "close.detail": { zh: "补充说明", en: "Anything else" },
  "close.mistake": { zh: "设备为何误报？", en: "Why was the gate wrong?" },
  "close.go": { zh: "结束事项", en: "Close the case" },
  "close.lacks": { zh: "请选择结果，并说明原因。", en: "Choose how it ended, and say why where that is asked." },
  "close.missing": { zh: "还缺：{what}", en: "Still missing: {what}" },
  "close.join": { zh: "、", en: ", " },
  "outcome.not_admitted": { zh: "未予进入", en: "Not admitted" },
  "outcome.false_alarm": { zh: "误报", en: "False alarm" },
  "outcome.helped": { zh: "已协助", en: "Helped" },
  "outcome.left": { zh: "已离开", en: "Left" },
  "outcome.open": { zh: "未结束", en: "Not ended" },
  "missing.outcome": { zh: "这类事项不能这样结束", en: "a case of this kind does not end so" },
  "missing.second_reading": { zh: "再次测温", en: "the second reading" },
  "missing.symptoms": { zh: "症状", en: "the symptoms" },
  "missing.answers": { zh: "问卷", en: "the questions" },
  "missing.report": { zh: "上报", en: "the report" },
  "missing.reason": { zh: "原因", en: "the reason" },
  "missing.below_limit": { zh: "低于限值的复测且无症状", en: "a second reading below the limit, without symptoms" },
  "mistake.sun_or_heating": { zh: "日晒或暖气", en: "sun or heating" },
  "mistake.exertion": { zh: "运动或赶路", en: "exertion" },
  "mistake.hot_food_or_drink": { zh: "热饮热食", en: "hot food or drink" },
  "mistake.hair_glasses_hat": { zh: "头发、眼镜或帽子", en: "hair, glasses or hat" },
  "mistake.another_person": { zh: "测到了别人", en: "another person" },
  "mistake.device": { zh: "设备问题", en: "the device" },
  "mistake.unknown": { zh: "不清楚", en: "unknown" },
  // follow-ups, history
  "follow.how": { zh: "后来怎样？例如医院的结论。", en: "What became of it? For example what the hospital said." },
  "follow.text": { zh: "后续情况", en: "What became of it" },
  "follow.go": { zh: "添加", en: "Add" },
  "follow.lacks": { zh: "请至少写三个字。", en: "Write a few words." },
  "follow.count": { zh: "{n} 条", en: "{n}" },
  "history": { zh: "全部记录（{n}）", en: "Everything that was entered ({n})" },
  "history.from": { zh: "从 {user} 处接替", en: "from {user}" },
  "history.erased": { zh: "内容已删除", en: "erased" },
  // list and statistics
  "list.title": { zh: "人员事项", en: "Cases" },
  "list.cases": { zh: "列表", en: "List" },
  "list.statistics": { zh: "误报统计", en: "False alarms" },
  "list.all": { zh: "全部", en: "All" },
  "list.none": { zh: "没有这样的事项。", en: "There is no such case." },
  "list.older": { zh: "更早的", en: "Older ones" },
  "list.back": { zh: "返回列表", en: "Back to the list" },
  "state.open": { zh: "待接手", en: "Not taken" },
  "state.taken": { zh: "处理中", en: "In hand" },
  "state.closed": { zh: "已结束", en: "Closed" },
  "stat.days": { zh: "近 {n} 天", en: "Last {n} days" },
  "stat.day": { zh: "近 1 天", en: "Last day" },
  "stat.gate": { zh: "通道", en: "Gate" },
  "stat.cases": { zh: "事项", en: "Cases" },
  "stat.false": { zh: "误报", en: "False alarms" },
  "stat.ended": { zh: "结果", en: "How they ended" },
  "stat.why": { zh: "误报原因", en: "Why the gate was wrong" },
  "stat.none": { zh: "这段时间没有事项。", en: "No case in this time." },
  "close": { zh: "关闭", en: "Close" },
  // what went wrong
  "fail.away": { zh: "未能送达云端，填写的内容还在。请再试一次。", en: "The cloud did not answer. What you typed is still here: please try again." },
  "fail.may": { zh: "您的账号无权处理此事项。", en: "Your account may not do this. Ask a supervisor." },
  "fail.gone": { zh: "此事项不存在。", en: "There is no such case." },
  "fail.conflict": { zh: "此事项已有变化，已重新读取。", en: "The case has changed meanwhile; it was read again." },
  "fail.refused": { zh: "云端没有接受。", en: "The cloud did not take it." },
  "fail.many": { zh: "操作过于频繁，请稍候。", en: "Too much in a short time. Wait a little." },
} as const satisfies Record<string, Both>;

export type CaseKey = keyof typeof table;
export interface Tell {
  (key: CaseKey, values?: Readonly<Record<string, string | number>>): string;
  language: Language;
}
export const CASE_WORDS: Readonly<Record<CaseKey, Both>> = table;

export const teller = (language: Language): Tell =>
  Object.assign((key: CaseKey, values: Readonly<Record<string, string | number>> = {}) => fill(CASE_WORDS[key][language], values), { language });

export const Told = createContext<Tell>(teller("zh"));
export const useTell = (): Tell => useContext(Told);

/** The word for a value the cloud sent; the value itself where this screen does not know it yet. */
export function named(tell: Tell, room: string, value: string): string {
  const key = `${room}.${value}`;
  return Object.hasOwn(table, key) ? tell(key as CaseKey) : value.replaceAll("_", " ");
}
