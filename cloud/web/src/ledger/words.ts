/** Every word of the ledger's screen in both languages; apart from the guard screen's, which does not wait for it. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { fill } from "../words/say";
import type { Both, Language } from "../words/table";

const table = {
  "title": { zh: "台账", en: "Ledger" },
  "part.visits": { zh: "到访", en: "Visits" },
  "part.alarms": { zh: "告警", en: "Alarms" },
  "part.cases": { zh: "复检事项", en: "Cases" },
  "part.audit": { zh: "操作记录", en: "Audit" },
  "part.chain": { zh: "哈希链", en: "Hash chain" },
  "field.site": { zh: "场所及下级", en: "Site and below" },
  "field.gate": { zh: "通道", en: "Gate" },
  "field.who": { zh: "人员类别", en: "Population" },
  "field.verdict": { zh: "判定", en: "Verdict" },
  "field.reason": { zh: "原因", en: "Reason" },
  "field.since": { zh: "从", en: "From" },
  "field.until": { zh: "至（不含）", en: "Until" },
  "field.text": { zh: "编号", en: "Id" },
  "hint.visits": { zh: "到访、工牌或通行码编号开头", en: "visit, badge or pass begins with" },
  "hint.alarms": { zh: "编号、种类或用户名开头", en: "number, kind or user begins with" },
  "hint.cases": { zh: "编号、到访或用户名开头", en: "number, visit or user begins with" },
  "hint.audit": { zh: "用户、操作或对象开头", en: "user, action or subject begins with" },
  "any": { zh: "全部", en: "any" },
  "who.staff": { zh: "工作人员", en: "Staff" },
  "who.visitor": { zh: "办事群众", en: "Visitors" },
  "find": { zh: "查找", en: "Find" },
  "clear": { zh: "清除条件", en: "Clear" },
  "loading": { zh: "正在读取…", en: "Reading…" },
  "none": { zh: "没有符合条件的记录", en: "Nothing fits what is sought" },
  "again": { zh: "重试", en: "Try again" },
  "older": { zh: "更早的记录", en: "Older ones" },
  "count": { zh: "已显示 {n} 条", en: "{n} shown" },
  "export": { zh: "导出", en: "Take away" },
  "col.at": { zh: "时间", en: "When" },
  "col.id": { zh: "编号", en: "Id" },
  "col.gate": { zh: "通道", en: "Gate" },
  "col.what": { zh: "内容", en: "What" },
  "col.state": { zh: "状态", en: "State" },
  "col.who": { zh: "人员", en: "Who" },
  "col.detail": { zh: "说明", en: "Detail" },
  "late": { zh: "迟到", en: "late" },
  "revisions": { zh: "{n} 个版本", en: "{n} revisions" },
  "times": { zh: "{n} 次", en: "{n} times" },
  "story": { zh: "{id} 的全部记录", en: "Everything written of {id}" },
  "story.none": { zh: "还没有记录。", en: "Nothing was entered yet." },
  "story.late": { zh: "迟 {n} 秒", en: "{n} s late" },
  "story.cloud": { zh: "系统", en: "the cloud" },
  "story.erased": { zh: "个人内容已删除，哈希仍有效", en: "personal content erased, its hash holds" },
  "story.unsealed": { zh: "不在链下", en: "under no link" },
  "story.intact": { zh: "与写入时一致", en: "as it was written" },
  "story.broken": { zh: "已被改动", en: "was tampered with" },
  "story.link": { zh: "第 {n} 环", en: "link {n}" },
  "story.linked": { zh: "相关记录", en: "About the same" },
  "erasure": { zh: "{time} 由 {by} 删除个人内容", en: "Personal content was erased at {time} by {by}" },
  "erasure.erase a person": { zh: "依申请删除", en: "at the person's request" },
  "erasure.retention": { zh: "保存期满", en: "its time was over" },
  "erasure.": { zh: "原因未知", en: "reason unknown" },
  "close": { zh: "关闭", en: "Close" },
  "chain.ends": { zh: "链尾", en: "The chain ends at" },
  "chain.signed": { zh: "最新签名链尾", en: "Newest signed head" },
  "chain.unsigned": { zh: "尚未签名", en: "Nothing is signed yet" },
  "chain.key": { zh: "签名公钥", en: "Public key" },
  "chain.key.get": { zh: "下载公钥", en: "Download the key" },
  "chain.heads": { zh: "每小时的签名链尾", en: "Signed heads, hour by hour" },
  "chain.heads.how": { zh: "打印或另存一份：今后若有人改写整条链，对照即可发现。", en: "Print them or keep a copy elsewhere: it shows when somebody writes the whole chain anew." },
  "chain.heads.get": { zh: "下载签名链尾", en: "Download the heads" },
  "chain.check": { zh: "验证最近 {n} 环", en: "Verify the newest {n} links" },
  "chain.checking": { zh: "正在验证…", en: "Verifying…" },
  "chain.good": { zh: "第 {first} 至 {last} 环：{rows} 条记录与写入时一致，其中 {erased} 条的个人内容已删除；另有 {removed} 条已过保存期限而移除；{signed} 个签名链尾有效。", en: "Links {first} to {last}: {rows} rows are as they were written, {erased} of them without personal content; {removed} more went when their time was over; {signed} signed heads hold." },
  "chain.bad": { zh: "台账与写入时不一致！请保留现场，并与备份对照。", en: "The ledger is not as it was written. Keep it as it is, and compare it with a backup." },
  "chain.evidence": { zh: "供第三方验证的证据", en: "Evidence for a third party" },
  "chain.evidence.how": { zh: "不需要本服务器即可验证：menshen-cloud verify --file 文件。", en: "Verified without this server: menshen-cloud verify --file FILE." },
  "chain.evidence.hashes": { zh: "下载证据（仅哈希）", en: "Download, hashes only" },
  "chain.evidence.contents": { zh: "下载证据（含内容）", en: "Download with contents" },
  "chain.at": { zh: "签名时间", en: "Signed at" },
  "chain.number": { zh: "环", en: "Link" },
  "chain.hash": { zh: "哈希", en: "Hash" },
  "chain.signature": { zh: "签名", en: "Signature" },
} as const satisfies Record<string, Both>;

export type LedgerKey = keyof typeof table;
export type Tell = (key: LedgerKey, values?: Readonly<Record<string, string | number>>) => string;
export const LEDGER_WORDS: Readonly<Record<LedgerKey, Both>> = table;

export const teller =
  (language: Language): Tell =>
  (key, values = {}) =>
    fill(LEDGER_WORDS[key][language], values);

export const Told = createContext<Tell>(teller("zh"));
export const useTell = (): Tell => useContext(Told);
