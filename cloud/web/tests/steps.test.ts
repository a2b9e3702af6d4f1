import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { test } from "node:test";
import type { CaseView, Entry } from "../src/api/cases";
import { done, newest, nextStep, typedCelsius, underWay } from "../src/casework/steps";
import { CASE_WORDS } from "../src/casework/words";
import { item } from "./rows";

const entry = (step: string, body: Record<string, unknown> = { there: true }): Entry => ({ at: "2026-11-21T10:00:00Z", user: "mei", step, body });

const view = (change: Partial<CaseView> = {}): CaseView => ({
  item: item("case-1", { state: "taken" }),
  owner: "mei",
  entries: [],
  questionnaire: { version: "2020-1", questions: [] },
  suspected: false,
  may_report: false,
  first_reported_at: null,
  receipts: [],
  missing: {},
  outcome: null,
  outcome_why: null,
  closed_at: null,
  ...change,
});

test("a suspected case is measured, looked at, asked, reported, and then closed", () => {
  const looked = [entry("second_reading"), entry("symptoms")];
  strictEqual(nextStep(view()), "second_reading");
  strictEqual(nextStep(view({ entries: looked.slice(0, 1) })), "symptoms");
  strictEqual(nextStep(view({ entries: looked, suspected: true })), "answers");
  strictEqual(nextStep(view({ entries: looked, suspected: true, may_report: true })), "reported");
  strictEqual(nextStep(view({ entries: [...looked, entry("reported")], suspected: true, may_report: true })), "closed");
  strictEqual(nextStep(view({ item: item("case-1", { state: "closed" }) })), "follow_up");
});

test("a false alarm is closed without questions, and a visitor who needed help without a reading", () => {
  strictEqual(nextStep(view({ entries: [entry("second_reading"), entry("symptoms")] })), "closed");
  strictEqual(nextStep(view({ item: item("case-1", { state: "taken", kind: "guard_needed" }) })), "closed");
});

test("what was erased is to be done anew", () => {
  const erased = view({ entries: [entry("second_reading", {})] });
  strictEqual(newest(erased, "second_reading"), undefined);
  strictEqual(done(erased, "second_reading"), false);
});

test("receipts are waited for while one is under way", () => {
  const receipt = { contact: "chen", channel: "mail", state: "sent", step: 1, told_at: null, answer: "" };
  strictEqual(underWay(view({ receipts: [receipt] })), false);
  strictEqual(underWay(view({ receipts: [receipt, { ...receipt, state: "queued" }] })), true);
});

test("a temperature is typed with a comma or a point, and nothing else is one", () => {
  deepStrictEqual(["37,2", " 38.1 ", "30", "45"].map(typedCelsius), [37.2, 38.1, 30, 45]);
  deepStrictEqual(["", "3", "372", "45.1", "29.9", "37.2.1", "hot"].map(typedCelsius), Array(7).fill(null));
});

test("the words of a case say something in both languages, with the same places to fill", () => {
  const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const { zh, en } of Object.values(CASE_WORDS)) deepStrictEqual([places(zh), zh !== "", en !== ""], [places(en), true, true]);
});
