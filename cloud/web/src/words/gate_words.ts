/** Words of the way to a gate's own page and to the tree of sites. A part of the table. */
import type { Both } from "./table";

export const GATE_WORDS = {
  "gates.sites": { zh: "场所", en: "Sites" },
  "gate.open": { zh: "打开通道页", en: "Open this gate's page" },
  "gate.closed": { zh: "已关闭", en: "closed" },
  "gate.held": { zh: "已暂停", en: "held" },
  "site.only": { zh: "只显示 {site}", en: "Only {site} is shown" },
  "site.elsewhere": { zh: "其他地方有 {n} 项待处理", en: "{n} elsewhere need somebody" },
  "site.all": { zh: "显示全部", en: "Show all" },
} satisfies Record<string, Both>;
