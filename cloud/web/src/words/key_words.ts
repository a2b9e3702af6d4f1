/** Words of the keymap. A part of the table. */
import type { Both } from "./table";

export const KEY_WORDS = {
  "keys.title": { zh: "快捷键", en: "Keys" },
  "keys.next": { zh: "下一项", en: "next row" },
  "keys.previous": { zh: "上一项", en: "previous row" },
  "keys.enter": { zh: "执行主要操作", en: "do the primary action" },
  "keys.ack": { zh: "确认或接手", en: "acknowledge or take" },
  "keys.language": { zh: "切换语言", en: "switch language" },
  "keys.theme": { zh: "切换主题", en: "switch theme" },
  "keys.help": { zh: "显示此说明", en: "show this" },
  "keys.close": { zh: "关闭", en: "Close" },
  "keys.shelve": { zh: "搁置告警", en: "put an alarm aside" },
  "keys.withheld": { zh: "已搁置的告警", en: "what is put aside" },
  "keys.gate": { zh: "所选事项的通道", en: "the selected row's gate" },
  "keys.once": { zh: "在该通道放行一次", en: "open that gate once" },
  "keys.sites": { zh: "场所", en: "sites" },
  "keys.sound": { zh: "告警声音", en: "sound of alarms" },
} satisfies Record<string, Both>;
