import type { JSX } from "preact";
import type { CaseProps } from "../casework/case";
import { Later } from "./later";

/** The work on a case that somebody has taken; fetched with the first one. */
export function InHand(props: CaseProps): JSX.Element {
  return <Later load={() => import("../casework/case")} props={props} />;
}

/** Into the next step of the case in hand: its first field, or its button. */
export function enterNextStep(): void {
  const next = document.querySelector(".casework [data-next=true]:not([data-step=follow_up])");
  next?.scrollIntoView({ block: "start" });
  next?.querySelector<HTMLElement>("form :is(input:checked, input:enabled), [data-action]")?.focus({ preventScroll: true });
}
