/** How things stand on the board: the worst of a place, what needs somebody, what is due next. Without a screen, for tests. */
import type { Everything, Piece, SensorNow, SensorStory } from "./board_api";
import type { Detailed } from "../words/detail";

export const STANDINGS = ["over", "under", "unknown", "unlimited", "fine"] as const;
export type Standing = (typeof STANDINGS)[number];

/** Only a value that is known now can be anything but unknown. `heard`: whether the cloud answers. */
export function standingAt(one: SensorNow, now_ms: number, heard: boolean): Standing {
  const told = STANDINGS.find((each) => each === one.standing) ?? "unknown";
  return heard && one.value !== null && now_ms <= Date.parse(one.fresh_until) ? told : "unknown";
}

/** Of a whole place: green only where something has limits, keeps them, and nothing is unknown. */
export function worst(standings: readonly Standing[]): Standing {
  for (const one of ["over", "under", "unknown", "fine"] as const) if (standings.includes(one)) return one;
  return "unlimited";
}

export interface Place {
  key: string;
  site: string;
  name: string;
  gates: string[];
  sensors: SensorNow[];
}

/** By site and place; sensors of no named place stand under their gate. */
export function places(sensors: readonly SensorNow[]): Place[] {
  const found = new Map<string, Place>();
  for (const one of sensors) {
    const name = one.place || one.gate;
    const key = `${one.site}\n${name}`;
    const place = found.get(key) ?? { key, site: one.site, name, gates: [], sensors: [] };
    if (!place.gates.includes(one.gate)) place.gates.push(one.gate);
    place.sensors.push(one);
    found.set(key, place);
  }
  return [...found.values()];
}

export interface Line {
  key: string;
  /** Which words and sign it has. */
  what: "condition" | "locked" | "overdue" | "level" | "short" | "slot" | "calibration" | "to_calibrate" | "lost" | "due" | "unverified" | "unknown";
  name: string;
  /** Of a condition: what is said of it. */
  said?: Detailed;
  kind: string;
  site: string;
  when: string | null;
  owner: string | null;
}

const SOON_DAYS = 30;

/** The day on this screen's clock, some days later: 2026-11-30. */
export function dayOf(iso: string, days = 0): string {
  const at = new Date(iso);
  return new Date(Date.UTC(at.getFullYear(), at.getMonth(), at.getDate() + days)).toISOString().slice(0, 10);
}

/** Sensors whose calibration is over (`over`), or ends within a month: each once, whatever it measures. */
function calibrations(all: Everything, over: boolean): Line[] {
  const today = dayOf(all.sensors.at);
  const soon = dayOf(all.sensors.at, SOON_DAYS);
  const found = new Map<string, Line>();
  for (const one of all.sensors.sensors) {
    const day = one.calibration_due;
    if (day === null || (over ? day >= today : day < today || day > soon)) continue;
    const key = `${one.gate}/${one.sensor}`;
    found.set(key, { key, what: over ? "calibration" : "to_calibrate", name: `${one.place || one.gate} · ${one.sensor}`, kind: "", site: one.site, when: day, owner: null });
  }
  return [...found.values()];
}

/** What needs somebody now: alarms first, then what is locked, overdue, too full, to be emptied, short or to be calibrated; the longest first in each. */
export function urgent(all: Everything): Line[] {
  const asset = (light: "locked" | "overdue"): Line[] =>
    all.rounds.assets
      .filter((one) => one.light === light)
      .map((one) => ({ key: one.id, what: light, name: one.name, kind: one.kind, site: one.site, when: light === "overdue" ? one.overdue_at : null, owner: one.person_name }));
  const levels = all.levels.levels
    .filter((one) => one.light === "due" || one.light === "contradicted")
    .map((one): Line => ({ key: one.id, what: "level", name: one.name, kind: one.fills ? "empty" : "refill", site: one.site, when: one.due_since, owner: null }));
  const short = all.stocks.stocks
    .filter((one) => one.light === "short")
    .map((one): Line => ({ key: one.id, what: "short", name: one.name, kind: "", site: one.site, when: one.short_since, owner: null }));
  const slots = all.canteen.today
    .filter((one) => one.phase !== "past" && (one.light === "over" || one.light === "planned_over"))
    .map((one): Line => ({ key: one.slot, what: "slot", name: one.name, kind: one.light, site: one.site, when: one.begins, owner: null }));
  const conditions = all.sensors.conditions.map((one): Line => ({ key: one.id, what: "condition", name: "", said: one, kind: one.kind, site: one.site || one.gate, when: one.since, owner: one.owner }));
  return [conditions, asset("locked"), asset("overdue"), slots, levels, short, calibrations(all, true)].flatMap((some) => some.sort((a, b) => (a.when ?? "").localeCompare(b.when ?? "")));
}

/** What is due next, the soonest first. */
export function next(all: Everything): Line[] {
  const rounds = all.rounds.assets
    .filter((one) => one.light !== "locked" && one.light !== "overdue")
    .map((one): Line => ({ key: one.id, what: one.light === "fine" ? "due" : (one.light as Line["what"]), name: one.name, kind: one.kind, site: one.site, when: one.due_at, owner: one.person_name }));
  return [...rounds, ...calibrations(all, false)].sort((a, b) => (a.when ?? "").localeCompare(b.when ?? ""));
}

/** A light for what people look after: how many stand how, and the worst of them. */
export interface Count {
  light: "recheck" | "unknown" | "wait" | "pass" | "hold";
  bad: number;
  unknown: number;
  all: number;
}

export function counted(lights: readonly string[], bad: readonly string[], soon: readonly string[], fine: readonly string[]): Count {
  const of = (some: readonly string[]): number => lights.filter((one) => some.includes(one)).length;
  const unknown = lights.length - of(bad) - of(soon) - of(fine);
  const light = lights.length === 0 ? "hold" : of(bad) > 0 ? "recheck" : unknown > 0 ? "unknown" : of(soon) > 0 ? "wait" : "pass";
  return { light, bad: of(bad), unknown, all: lights.length };
}

/** For the chart, in columns: times in seconds, least, mean, most. Where nothing is known there is a null, and so a gap. */
export type Columns = [number[], (number | null)[], (number | null)[], (number | null)[]];

export function columns(story: Pick<SensorStory, "pieces" | "gap_s">): Columns {
  const made: Columns = [[], [], [], []];
  const put = (at: number, piece: Piece | null): void => {
    made[0].push(at);
    made[1].push(piece?.least ?? null);
    made[2].push(piece?.mean ?? null);
    made[3].push(piece?.most ?? null);
  };
  let before = Number.POSITIVE_INFINITY;
  for (const piece of story.pieces) {
    const at = Date.parse(piece.at) / 1000;
    if (at - before > story.gap_s) put((at + before) / 2, null);
    put(at, piece);
    before = at;
  }
  return made;
}

/** How many times nothing was known for a while. */
export const gaps = (story: Pick<SensorStory, "pieces" | "gap_s">): number => columns(story)[2].filter((one) => one === null).length;
