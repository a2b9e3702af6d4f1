import { strictEqual } from "node:assert/strict";
import { test } from "node:test";
import { isExact, refusal } from "../src/words/refusal";

const told = { code: "cannot_end", detail: "case-1 cannot end as helped: symptoms, reason missing.", values: { id: "case-1", outcome: "helped", missing: ["symptoms", "reason"] } };

test("a refusal is said in the screen's language, its values too", () => {
  strictEqual(refusal("zh", told), "case-1 还不能以“已协助”结束，还缺：症状、原因。");
  strictEqual(refusal("en", told), "case-1 cannot end as “helped” yet. Still missing: the symptoms, the reason.");
});

test("a code of a newer cloud is said in the cloud's English", () => strictEqual(refusal("zh", { ...told, code: "new_here" }), told.detail));

test("a form knows better itself which field does not fit", () => {
  strictEqual(isExact({ ...told, code: "invalid" }), false);
  strictEqual(isExact({ ...told, code: "" }), false);
  strictEqual(isExact(told), true);
});
