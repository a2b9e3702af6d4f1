/** Every word of the web pushes' switch in both languages; it comes when somebody opens it. */
import type { Both } from "../words/table";

export const PUSH_WORDS = {
  "title": { zh: "推送到此设备", en: "Pushes to this device" },
  "what": {
    zh: "页面关闭时，无人确认的告警也会显示在这台设备上。管理员须在联系人中写上您的账号。内容只有类型、地点和时间，不含个人信息。",
    en: "Shows alarms that nobody acknowledged on this device, with the page closed too. An administrator names your account in a contact. A push says what, where and since when, and nothing about a person.",
  },
  "switch": { zh: "在此设备上接收", en: "Show them on this device" },
  "test": { zh: "发送测试推送", en: "Send a test" },
  "others": { zh: "共 {n} 台设备接收您的推送", en: "Devices of yours that get pushes: {n}" },
  "busy": { zh: "正在处理…", en: "One moment…" },
  "taken": { zh: "推送服务已接收（{answer}）。请看屏幕上的通知。", en: "The push service took it ({answer}). Look for the notification." },
  "refused": { zh: "未送达：{answer}", en: "Not delivered: {answer}" },
  "blocked": { zh: "浏览器不允许通知。请在地址栏旁的网站设置中允许后再试。", en: "This browser does not allow notifications. Allow them in the site's settings beside the address, then try again." },
  "unable": { zh: "此浏览器不支持推送，或连接未加密（需要 HTTPS）。手机上请先添加到主屏幕。", en: "This browser takes no pushes, or the connection is not encrypted (HTTPS). On a phone, add the page to the home screen first." },
  "none": { zh: "此云端没有启用推送。", en: "This cloud sends no pushes." },
  "failed": { zh: "未成功。请稍后再试。", en: "That did not work. Try again in a moment." },
} as const satisfies Record<string, Both>;
export type PushKey = keyof typeof PUSH_WORDS;
