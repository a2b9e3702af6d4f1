/** Words about who is told of what, and what became of it. A part of the table. */
import type { Both } from "./table";

export const TELLING_WORDS = {
  "owner": { zh: "负责人：{user}", en: "Owner: {user}" },
  "receipts": { zh: "通知记录", en: "Who was told" },
  "receipt.queued": { zh: "发送中", en: "on its way" },
  "receipt.sent": { zh: "对方已接收", en: "accepted" },
  "receipt.shown": { zh: "已在设备上显示", en: "shown on a device" },
  "receipt.failed": { zh: "未送达", en: "not delivered" },
  "receipt.acknowledged": { zh: "事项已确认", en: "over: it was taken note of" },
  "receipt.overtaken": { zh: "已由后一条代替", en: "a later one went instead" },
  "channel.mail": { zh: "邮件", en: "mail" },
  "channel.push": { zh: "浏览器推送", en: "web push" },
  "channel.webhook": { zh: "网络回调", en: "webhook" },
  "channel.mqtt": { zh: "MQTT", en: "MQTT" },
  "kind.case_report": { zh: "个案报告", en: "Report of a case" },
  "kind.webhook_disabled": { zh: "网络回调已停用", en: "A webhook was disabled" },
  "kind.daily_report": { zh: "日报", en: "Daily report" },
  "kind.staff_task": { zh: "人员任务逾期", en: "Staff task overdue" },
  "kind.test": { zh: "测试消息", en: "A test" },
} satisfies Record<string, Both>;
