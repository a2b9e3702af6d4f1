import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { test } from "node:test";
import type { Everything, SensorNow } from "../src/facilities/board_api";
import type { Sitting } from "../src/facilities/canteen_api";
import { columns, counted, gaps, next, places, standingAt, urgent, worst } from "../src/facilities/board_stands";

const NOW_MS = Date.parse("2026-11-21T08:00:00Z");
const sensor = (more: Partial<SensorNow> = {}): SensorNow => ({
  gate: "gate-1", site: "city", place: "hall", sensor: "air-1", quantity: "co2_ppm", value: 600, trouble: null, unit: "ppm",
  at: "2026-11-21T07:59:00Z", fresh_until: "2026-11-21T08:01:00Z", least: null, most: 1000, calibration_due: null, standing: "fine", ...more,
});

test("what has grown old, failed, or comes from a cloud that does not answer is unknown", () => {
  strictEqual(standingAt(sensor(), NOW_MS, true), "fine");
  strictEqual(standingAt(sensor(), NOW_MS + 60_001, true), "unknown");
  strictEqual(standingAt(sensor(), NOW_MS, false), "unknown");
  strictEqual(standingAt(sensor({ value: null }), NOW_MS, true), "unknown");
  strictEqual(standingAt(sensor({ standing: "a word of a later cloud" }), NOW_MS, true), "unknown");
});

test("a place is fine only where something keeps its limits and nothing is unknown", () => {
  strictEqual(worst(["fine", "unlimited"]), "fine");
  strictEqual(worst(["unlimited"]), "unlimited");
  strictEqual(worst(["fine", "unknown"]), "unknown");
  strictEqual(worst(["fine", "unknown", "under"]), "under");
  strictEqual(worst([]), "unlimited");
});

test("sensors of two gates in one place of a site stand together, and those of no place under their gate", () => {
  const found = places([sensor(), sensor({ gate: "gate-2" }), sensor({ site: "other" }), sensor({ place: "" })]);
  deepStrictEqual(found.map((one) => [one.site, one.name, one.gates.length]), [["city", "hall", 2], ["other", "hall", 1], ["city", "gate-1", 1]]);
});

test("what this screen does not know counts as unknown, and an empty list is not green", () => {
  deepStrictEqual(counted(["fine", "new word"], ["short"], [], ["fine"]), { light: "unknown", bad: 0, unknown: 1, all: 2 });
  strictEqual(counted([], ["short"], [], ["fine"]).light, "hold");
  strictEqual(counted(["fine", "due"], ["overdue"], ["due"], ["fine"]).light, "wait");
});

test("where nothing was said for longer than a reading counts there is a gap", () => {
  const piece = (minute: number): { at: string; least: number; mean: number; most: number; count: number } => ({
    at: new Date(NOW_MS + minute * 60_000).toISOString(), least: 1, mean: 2, most: 3, count: 1,
  });
  const story = { pieces: [0, 1, 2, 20, 21].map(piece), gap_s: 180 };
  strictEqual(gaps(story), 1);
  deepStrictEqual(columns(story)[2], [2, 2, 2, null, 2, 2]);
  strictEqual(gaps({ ...story, gap_s: 1080 }), 0);
});

test("a slot of today that is too full, or planned so, needs somebody until it is over", () => {
  const sitting = (slot: string, light: string, phase: string): Sitting => ({
    slot, light, phase, name: slot, site: "city", gate: "", day: "2026-11-21", begins: "2026-11-21T03:30:00Z", ends: "2026-11-21T04:00:00Z", places: 9, planned: 10, let_in: null, inside: null, room_in: null,
  });
  const today = [sitting("a", "over", "past"), sitting("b", "over", "now"), sitting("c", "planned_over", "ahead"), sitting("d", "fine", "ahead")];
  const all = { sensors: { at: "2026-11-21T08:00:00Z", sensors: [], conditions: [] }, rounds: { assets: [] }, stocks: { stocks: [] }, levels: { levels: [] }, canteen: { today } } as unknown as Everything;
  deepStrictEqual(urgent(all).map((one) => [one.key, one.kind]), [["b", "over"], ["c", "planned_over"]]);
});

test("a sensor whose calibration is over needs somebody, once and from the day after; one that ends within a month is due", () => {
  const at = new Date(2026, 10, 21, 9).toISOString();
  const due = (sensor_: string, calibration_due: string | null, quantity = "co2_ppm"): SensorNow => sensor({ sensor: sensor_, quantity, calibration_due });
  const sensors = [due("over", "2026-11-20"), due("over", "2026-11-20", "air_c"), due("today", "2026-11-21"), due("soon", "2026-12-21"), due("later", "2026-12-22"), due("never", null)];
  const all = { sensors: { at, sensors, conditions: [] }, rounds: { assets: [] }, stocks: { stocks: [] }, levels: { levels: [] }, canteen: { today: [] } } as unknown as Everything;
  deepStrictEqual(urgent(all).map((one) => [one.what, one.name, one.when]), [["calibration", "hall · over", "2026-11-20"]]);
  deepStrictEqual(next(all).map((one) => [one.what, one.name]), [["to_calibrate", "hall · today"], ["to_calibrate", "hall · soon"]]);
});
