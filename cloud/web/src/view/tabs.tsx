import type { JSX } from "preact";
import { useSay } from "../words/say";

export type Tab = "queue" | "gates" | "visits";
const TABS: readonly Tab[] = ["queue", "gates", "visits"];

/** On a phone one panel is shown at a time. */
export function Tabs({ tab, open, choose }: { tab: Tab; open: number; choose: (tab: Tab) => void }): JSX.Element {
  const say = useSay();
  return (
    <nav class="tabs">
      {TABS.map((one) => (
        <button key={one} type="button" aria-current={one === tab} onClick={() => choose(one)}>
          {say(`tab.${one}`)}
          {one === "queue" && open > 0 && <span class="count hot">{open}</span>}
        </button>
      ))}
    </nav>
  );
}
