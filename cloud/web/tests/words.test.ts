import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { test } from "node:test";
import { fill, speaker, word } from "../src/words/say";
import { ADMIN_WORDS } from "../src/admin/words";
import { STAFF_WORDS } from "../src/staff/words";
import { FACILITY_WORDS } from "../src/facilities/words";
import { BOARD_WORDS } from "../src/facilities/board_words";
import { CANTEEN_WORDS } from "../src/facilities/canteen_words";
import { UVC_WORDS } from "../src/facilities/uvc_words";
import { CROWD_WORDS } from "../src/facilities/crowd_words";
import { MONTH_WORDS } from "../src/facilities/month_words";
import { LEVEL_WORDS } from "../src/facilities/levels_words";
import { SUPPLY_WORDS } from "../src/facilities/supplies_words";
import { LEDGER_WORDS } from "../src/ledger/words";
import { REPORT_WORDS } from "../src/reports/words";
import { WORDS } from "../src/words/table";
import { coarse, counting } from "../src/words/time";

const places = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map((found) => found[0]).sort();

test("every line says something in both languages, with the same places to fill", () => {
  const tables = [WORDS, ADMIN_WORDS, STAFF_WORDS, REPORT_WORDS, LEDGER_WORDS, FACILITY_WORDS, SUPPLY_WORDS, LEVEL_WORDS, MONTH_WORDS, CROWD_WORDS, CANTEEN_WORDS, UVC_WORDS, BOARD_WORDS];
  for (const [key, { zh, en }] of tables.flatMap((table) => Object.entries(table))) {
    ok(zh.trim() !== "" && en.trim() !== "", key);
    deepStrictEqual(places(zh), places(en), key);
  }
});

test("no line speaks of illness", () => {
  for (const [key, { zh, en }] of Object.entries(WORDS)) ok(!/fever|infect|发烧|发热|感染/i.test(zh + en), key);
});

test("a place without a value stays visible", () => strictEqual(fill("{n} of {all}", { n: 1 }), "1 of {all}"));

test("a word the cloud adds later is shown as it came", () => strictEqual(word(speaker("en"), "kind", "door_open"), "door open"));

test("ages count up and never go below zero", () => {
  strictEqual(counting(41_900), "0:41");
  strictEqual(counting(3_661_000), "1:01:01");
  strictEqual(counting(-5), "0:00");
  strictEqual(coarse(speaker("en"), 125_000), "2 min ago");
});
