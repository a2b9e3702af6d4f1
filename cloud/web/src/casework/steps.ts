/** Which step of a case comes next, and what was entered of each. Pure. */
import type { CaseView, Entry } from "../api/cases";

export const STEPS = ["second_reading", "symptoms", "answers", "reported", "closed", "follow_up"] as const;
export type Step = (typeof STEPS)[number];

/** The newest entry of a step counts; one that was erased says nothing. */
export function newest(view: CaseView, step: Step): Entry | undefined {
  return view.entries.filter((one) => one.step === step && Object.keys(one.body).length > 0).at(-1);
}

export const done = (view: CaseView, step: Step): boolean =>
  step === "answers" ? view.may_report : newest(view, step) !== undefined;

/** Measured, looked at, and where it is suspected asked and reported, then ended; afterwards only follow-ups. */
export function nextStep(view: CaseView): Step {
  if (view.item.state === "closed") return "follow_up";
  const looked: Step[] = view.item.kind === "recheck" || view.suspected ? ["second_reading", "symptoms"] : [];
  const asked: Step[] = view.suspected ? ["answers", "reported"] : [];
  return [...looked, ...asked].find((step) => !done(view, step)) ?? "closed";
}

/** Whether the leading group may still get it: worth looking again. */
export const underWay = (view: CaseView): boolean => view.receipts.some((one) => one.state === "queued" || one.state === "failed");

/** A temperature as it was typed, with a comma or a point; null where that is none from 30 to 45. */
export function typedCelsius(typed: string): number | null {
  if (!/^[34][0-9]([.,][0-9]{1,2})?$/.test(typed.trim())) return null;
  const celsius = Number(typed.trim().replace(",", "."));
  return celsius >= 30 && celsius <= 45 ? celsius : null;
}
