import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { test } from "node:test";
import { hold, neighbour } from "../src/state/held";

test("nothing moves under the pointer and new rows are counted", () => {
  deepStrictEqual(hold(["a", "b"], ["new", "a", "b"], true), { order: ["a", "b"], waiting: 1 });
});

test("a row that is gone keeps its place until the pointer leaves", () => {
  deepStrictEqual(hold(["a", "b"], ["b"], true).order, ["a", "b"]);
  deepStrictEqual(hold(["a", "b"], ["b"], false).order, ["b"]);
});

test("the first row of an empty list comes at once", () => deepStrictEqual(hold([], ["a"], true).order, ["a"]));

test("moving stays within the list", () => {
  strictEqual(neighbour(["a", "b"], "b", 1), "b");
  strictEqual(neighbour(["a", "b"], "b", -1), "a");
  strictEqual(neighbour(["a", "b"], "gone", 1), "a");
  strictEqual(neighbour([], "a", 1), "a");
});
