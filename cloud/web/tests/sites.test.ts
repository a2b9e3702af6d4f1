import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { test } from "node:test";
import { EMPTY, type Board } from "../src/state/board";
import { onlySite, siteTree, type SiteNode } from "../src/state/sites";
import { gate, item, visit } from "./rows";

const board: Board = {
  ...EMPTY,
  gates: new Map([
    ["a", gate("a", { site: "city/hall/east", verdicts_last_hour: { pass: 3, recheck: 1 } })],
    ["b", gate("b", { site: "city/hall", state: "stale", verdicts_last_hour: { pass: 2 } })],
    ["c", gate("c", { site: "city/hall-2", parts: { thermal: "down" } })],
    ["d", gate("d")],
  ]),
  items: new Map([
    ["case-1", item("case-1", { gate: "a" })],
    ["alarm-1", item("alarm-1", { gate: "b", type: "alarm", state: "ACKED" })],
    ["alarm-2", item("alarm-2", { gate: "b", type: "alarm", state: "NORM" })],
    ["alarm-3", item("alarm-3", { gate: "c", type: "alarm", state: "UNACK" })],
  ]),
  visits: new Map([["v", visit("v", { gate: "c" })]]),
};

function find(node: SiteNode, site: string): SiteNode {
  const found = node.site === site ? node : node.below.find((one) => site === one.site || site.startsWith(`${one.site}/`));
  if (found === undefined) throw new Error(`no ${site}`);
  return found.site === site ? found : find(found, site);
}

test("of a site without a gate nothing is known, least of all that it is well", () => {
  strictEqual(siteTree(EMPTY, false).state, "none");
});

test("a site adds up everything below it and nothing beside it", () => {
  const hall = find(siteTree(board, false), "city/hall");
  deepStrictEqual(
    [hall.gateCount, hall.alarms, hall.cases, hall.visits, hall.verdicts],
    [2, 1, 1, 6, { pass: 5, recheck: 1 }],
  );
  strictEqual(find(siteTree(board, false), "city").alarms, 2);
});

test("a site is as bad as the worst gate below it, and a silent feed makes none good", () => {
  const tree = siteTree(board, false);
  deepStrictEqual([find(tree, "city").state, find(tree, "city/hall/east").state, find(tree, "city/hall-2").state], ["stale", "live", "fault"]);
  strictEqual(find(siteTree(board, true), "city/hall/east").state, "stale");
});

test("one site alone has no row of another, and a name that only begins alike is another", () => {
  const hall = onlySite(board, "city/hall");
  deepStrictEqual([[...hall.gates.keys()], [...hall.items.keys()], [...hall.visits.keys()]], [["a", "b"], ["case-1", "alarm-1", "alarm-2"], []]);
  strictEqual(onlySite(board, ""), board);
});
