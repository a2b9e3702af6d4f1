import type { JSX } from "preact";
import { useSay } from "./say";

/** What is said of an alarm. `detail_zh` is empty where no Chinese sentence is known for it. */
export interface Detailed {
  detail: string;
  detail_zh: string;
}

/** In this screen's language; in English where there is nothing else. */
export function Detail({ of }: { of: Detailed }): JSX.Element {
  const chinese = useSay().language === "zh" && of.detail_zh !== "";
  return <span lang={chinese ? "zh" : "en"}>{chinese ? of.detail_zh : of.detail}</span>;
}
