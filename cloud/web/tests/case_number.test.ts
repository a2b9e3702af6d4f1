import { strictEqual } from "node:assert/strict";
import { test } from "node:test";
import { caseNumber } from "../src/words/case_number";

test("a case is called by its year and its running number", () => {
  strictEqual(caseNumber("case-42", "2026-06-01T12:00:00Z"), "2026-0042");
  strictEqual(caseNumber("case-12345", "2027-06-01T12:00:00Z"), "2027-12345");
});

test("what is no case keeps its name", () => strictEqual(caseNumber("alarm-42", "2026-06-01T12:00:00Z"), "alarm-42"));
