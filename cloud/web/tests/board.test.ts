import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { test } from "node:test";
import { apply, byNewest, EMPTY, perHour, queueOrder, stage, VISITS_KEPT, type Board } from "../src/state/board";
import { item, visit } from "./rows";

const take = (board: Board, feed: number, row: ReturnType<typeof visit>): Board => apply(board, { type: "visit", feed, row });

test("an older decision that arrives late does not replace a newer one", () => {
  const board = take(take(EMPTY, 2, visit("v", { revision: 1, verdict: "recheck" })), 3, visit("v", { revision: 0 }));
  strictEqual(board.visits.get("v")?.verdict, "recheck");
  strictEqual(board.feed, 3);
});

test("a row that comes twice is one row and never takes the feed back", () => {
  const board = take(take(EMPTY, 7, visit("v")), 4, visit("v"));
  strictEqual(board.visits.size, 1);
  strictEqual(board.feed, 7);
});

test("a new decision leaves the visit where it stands in the list", () => {
  const first = visit("a", { first_seen: "2026-11-21T10:00:00Z" });
  const second = visit("b", { first_seen: "2026-11-21T10:00:09.5Z" });
  const again = visit("a", { first_seen: first.first_seen, decided: "2026-11-21T10:01:00Z", revision: 1 });
  deepStrictEqual(byNewest([again, second]).map((row) => row.visit), ["b", "a"]);
});

test("the newest visits are kept and no more", () => {
  let board = EMPTY;
  for (let n = 0; n < VISITS_KEPT + 5; n += 1) {
    board = take(board, n, visit(`v${n}`, { first_seen: new Date(n * 1000).toISOString() }));
  }
  strictEqual(board.visits.size, VISITS_KEPT);
  strictEqual(board.visits.has("v0"), false);
});

test("the queue holds open rows by priority and age, then those in hand", () => {
  const rows = [
    item("taken", { state: "taken" }),
    item("late", { raised_at: "2026-11-21T10:00:05Z" }),
    item("low", { type: "alarm", state: "UNACK", priority: 2, raised_at: "2026-11-21T09:00:00Z" }),
    item("early"),
    item("gone", { type: "alarm", state: "NORM" }),
  ];
  deepStrictEqual(queueOrder(rows).map((row) => row.id), ["early", "late", "low", "taken"]);
});

test("a state this screen does not know stays open", () => strictEqual(stage(item("x", { state: "NEWSTATE" })), "open"));

test("an alarm that returned to normal unseen is still open", () => strictEqual(stage(item("x", { state: "RTNUN" })), "open"));

test("what was raised within the hour is counted by type, settled or not", () => {
  const now_ms = Date.parse("2026-11-21T10:30:00Z");
  const rows = [item("a"), item("b", { state: "closed" }), item("c", { raised_at: "2026-11-21T09:00:00Z" }), item("d", { type: "alarm" })];
  strictEqual(perHour(rows, "case", now_ms), 2);
  strictEqual(perHour(rows, "alarm", now_ms), 1);
});
