/** What an entry says, in one line of the screen's language. */
import type { CaseView, Entry } from "../api/cases";
import { ofDay } from "../words/time";
import { done, newest, type Step } from "./steps";
import { named, type Tell } from "./words";

const list = (parts: unknown[]): string => parts.filter((part) => part !== "" && part !== undefined && part !== null).join(" · ");

export function told(tell: Tell, entry: Entry): string {
  const { body } = entry;
  if (Object.keys(body).length === 0) return tell("history.erased");
  switch (entry.step) {
    case "taken":
      return "from" in body ? tell("history.from", { user: String(body["from"] ?? "–") }) : "";
    case "second_reading":
      return list([`${Number(body["temperature_c"]).toFixed(1)} °C`, named(tell, "site", String(body["site"])), body["device"]]);
    case "symptoms": {
      const seen = body["symptoms"] as string[];
      return list([seen.length === 0 ? tell("symptom.none") : seen.map((one) => named(tell, "symptom", one)).join(tell("close.join")), body["detail"]]);
    }
    case "answers": {
      const answers = Object.values(body["answers"] as Record<string, { answer: string; detail: string }>);
      const yes = answers.filter((one) => one.answer === "yes");
      return list([tell("answers.count", { n: answers.length, yes: yes.length }), ...yes.map((one) => one.detail)]);
    }
    case "reported":
      return list(String(body["told"]).split("\n"));
    case "closed":
      return list([named(tell, "outcome", String(body["outcome"])), body["why"] == null ? "" : named(tell, "mistake", String(body["why"])), body["detail"]]);
    case "follow_up":
      return String(body["text"]);
    default:
      return "";
  }
}

/** The newest of a step, beside its name. */
export function summary(tell: Tell, view: CaseView, step: Step): string {
  const entry = newest(view, step);
  if (entry === undefined || (step === "answers" && !done(view, step))) return "";
  if (step === "reported") return tell("report.at", { time: ofDay(entry.at) });
  return told(tell, entry);
}
