import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { test } from "node:test";
import type { Item } from "../src/api/types";
import { perHour, queueOrder, stage, withheldOf } from "../src/state/board";
import { flooded, fold, idOf } from "../src/state/flood";
import { newest, occurrence } from "../src/state/sound";
import { item } from "./rows";

const NOW_MS = Date.parse("2026-11-21T10:05:00Z");
const alarm = (id: string, change: Partial<Item> = {}): Item => item(id, { type: "alarm", state: "UNACK", kind: "barrier", priority: 2, ...change });
const many = (count: number, change: Partial<Item> = {}): Item[] => Array.from({ length: count }, (_, n) => alarm(`alarm-${n}`, change));

test("eleven alarms in ten minutes are a flood, ten are not, and people never count", () => {
  strictEqual(flooded(many(10), NOW_MS), false);
  strictEqual(flooded(many(11), NOW_MS), true);
  strictEqual(flooded(many(11, { type: "case", state: "open" }), NOW_MS), false);
  strictEqual(flooded(many(11, { raised_at: "2026-11-21T09:54:59Z" }), NOW_MS), false);
  strictEqual(flooded(many(11, { state: "ACKED" }), NOW_MS), false);
});

test("no person and no urgent alarm is ever folded", () => {
  const rows = [item("case-1"), item("case-2"), alarm("alarm-1", { priority: 1 }), alarm("alarm-2"), alarm("alarm-3"), item("case-3", { state: "taken" })];
  deepStrictEqual(fold(rows, new Set()).map(idOf), ["case-1", "case-2", "alarm-1", "group-south-1", "case-3"]);
});

test("a group opens into its alarms, and one alarm alone is no group", () => {
  const rows = [alarm("alarm-1"), alarm("alarm-2", { gate: "east-1" }), alarm("alarm-3")];
  deepStrictEqual(fold(rows, new Set(["group-south-1"])).map(idOf), ["group-south-1", "alarm-1", "alarm-3", "alarm-2"]);
});

test("a case that became an alarm stands with the urgent and counts as both", () => {
  const became = item("case-1", { priority: 2, alarmed_at: "2026-11-21T10:02:00Z", raised_at: "2026-11-21T10:00:00Z" });
  const rows = [item("case-2", { priority: 2, raised_at: "2026-11-21T09:00:00Z" }), became];
  deepStrictEqual(queueOrder(rows).map((row) => row.id), ["case-1", "case-2"]);
  strictEqual(perHour([became], "alarm", NOW_MS), 1);
  strictEqual(perHour([became], "case", NOW_MS), 1);
});

test("what is put aside is out of the queue and on its own list, the newest first", () => {
  const aside = (id: string, state: string, at: string): Item => alarm(id, { state, withheld: { by: "li", at, why: "x", until: null } });
  const rows = [aside("alarm-1", "SHLVD", "2026-11-21T10:00:00Z"), aside("alarm-2", "OOSRV", "2026-11-21T10:01:00Z"), alarm("alarm-3")];
  deepStrictEqual(withheldOf(rows).map((row) => row.id), ["alarm-2", "alarm-1"]);
  deepStrictEqual(queueOrder(rows).map((row) => row.id), ["alarm-3"]);
  strictEqual(stage(rows[0] ?? alarm("x")), "withheld");
});

test("only what is new is heard, the most urgent of it, and what comes again is new", () => {
  const [first, second] = [alarm("alarm-1"), alarm("alarm-2", { priority: 1 })];
  strictEqual(newest([first, second], new Set()), 1);
  strictEqual(newest([first, second], new Set([occurrence(second)])), 2);
  const heard = new Set([first, second].map(occurrence));
  strictEqual(newest([first, second], heard), null);
  strictEqual(newest([{ ...first, raised_at: "2026-11-21T10:04:00Z" }], heard), 2);
  ok(newest([item("case-1", { priority: 2, alarmed_at: "2026-11-21T10:04:00Z" })], heard) === 1);
});
