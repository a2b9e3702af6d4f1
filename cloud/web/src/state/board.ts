/** Everything the screen shows, and how it changes. Pure: no clock, no network. */
import type { Gate, Item, Snapshot, Visit } from "../api/types";

/** Newest visits kept; enough for a full hour at a busy gate. */
export const VISITS_KEPT = 500;
/** Settled queue rows kept, so that alarms and cases an hour can be counted. */
export const SETTLED_KEPT = 500;

export interface Board {
  /** Number of the newest row taken in; the stream resumes after it. */
  feed: number;
  gates: ReadonlyMap<string, Gate>;
  items: ReadonlyMap<string, Item>;
  visits: ReadonlyMap<string, Visit>;
}

const at = (iso: string): number => Date.parse(iso);

export type Change =
  | { type: "snapshot"; snapshot: Snapshot }
  | { type: "gate"; feed: number; row: Gate }
  | { type: "queue"; feed: number; row: Item }
  | { type: "visit"; feed: number; row: Visit };

export const EMPTY: Board = { feed: 0, gates: new Map(), items: new Map(), visits: new Map() };

export function apply(board: Board, change: Change): Board {
  switch (change.type) {
    case "snapshot":
      return fromSnapshot(change.snapshot);
    case "gate":
      return { ...board, feed: later(board, change), gates: put(board.gates, change.row.gate, change.row) };
    case "queue":
      return { ...board, feed: later(board, change), items: bounded(put(board.items, change.row.id, change.row)) };
    case "visit":
      return { ...board, feed: later(board, change), visits: newest(withVisit(board.visits, change.row)) };
  }
}

function fromSnapshot(from: Snapshot): Board {
  return {
    feed: from.feed,
    gates: new Map(from.gates.map((row) => [row.gate, row])),
    items: new Map(from.queue.map((row) => [row.id, row])),
    visits: newest(from.visits.reduce(withVisit, new Map<string, Visit>() as ReadonlyMap<string, Visit>)),
  };
}

/** A row that comes twice, or late, never takes the feed back. */
const later = (board: Board, change: { feed: number }): number => Math.max(board.feed, change.feed);

function put<V>(rows: ReadonlyMap<string, V>, key: string, row: V): ReadonlyMap<string, V> {
  return new Map(rows).set(key, row);
}

/** One row a visit: the highest revision wins, whichever order they arrive in. */
function withVisit(rows: ReadonlyMap<string, Visit>, row: Visit): ReadonlyMap<string, Visit> {
  const held = rows.get(row.visit);
  return held !== undefined && held.revision > row.revision ? rows : put(rows, row.visit, row);
}

function newest(rows: ReadonlyMap<string, Visit>): ReadonlyMap<string, Visit> {
  if (rows.size <= VISITS_KEPT) return rows;
  return new Map(byNewest([...rows.values()]).slice(0, VISITS_KEPT).map((row) => [row.visit, row]));
}

function bounded(rows: ReadonlyMap<string, Item>): ReadonlyMap<string, Item> {
  const settled = [...rows.values()].filter((row) => stage(row) === "settled");
  if (settled.length <= SETTLED_KEPT) return rows;
  settled.sort((one, other) => at(one.raised_at) - at(other.raised_at));
  const gone = new Set(settled.slice(0, settled.length - SETTLED_KEPT).map((row) => row.id));
  return new Map([...rows].filter(([id]) => !gone.has(id)));
}

/** First seen decides, not the revision: a row never moves because its verdict changed. */
export function byNewest(visits: Visit[]): Visit[] {
  return visits.sort((one, other) => at(other.first_seen) - at(one.first_seen) || one.visit.localeCompare(other.visit));
}

export type Stage = "open" | "taken" | "withheld" | "settled";

const STAGES: Readonly<Record<string, Stage>> = {
  open: "open",
  UNACK: "open",
  RTNUN: "open",
  taken: "taken",
  acknowledged: "taken",
  ACKED: "taken",
  SHLVD: "withheld",
  DSUPR: "withheld",
  OOSRV: "withheld",
  closed: "settled",
  NORM: "settled",
};

/** What a row wants of a guard. An unknown state is open: better one look too many. */
export function stage(item: Item): Stage {
  return STAGES[item.state] ?? "open";
}

/** The queue: what nobody has taken yet, by priority, then age; below it what somebody has, the newest first. */
export function queueOrder(items: Iterable<Item>): Item[] {
  const rows = [...items];
  const open = rows.filter((row) => stage(row) === "open").sort((one, other) => rank(one) - rank(other) || older(one, other));
  return [...open, ...rows.filter((row) => stage(row) === "taken").sort((one, other) => older(other, one))];
}

/** A case that became an alarm stands with the most urgent. */
const rank = (item: Item): number => (item.alarmed_at != null ? 1 : item.priority);

const older = (one: Item, other: Item): number => at(one.raised_at) - at(other.raised_at) || one.id.localeCompare(other.id);

/** How many of a type were raised within the last hour before `now_ms`; a case that became an alarm counts as both. */
export function perHour(items: Iterable<Item>, type: Item["type"], now_ms: number): number {
  const late = (moment: string): boolean => now_ms - at(moment) < 3_600_000;
  const became = (item: Item): boolean => type === "alarm" && item.alarmed_at != null && late(item.alarmed_at);
  return [...items].filter((item) => (item.type === type && late(item.raised_at)) || became(item)).length;
}

/** What is put aside or out of service, the newest first. */
export function withheldOf(items: Iterable<Item>): Item[] {
  const rows = [...items].filter((item) => stage(item) === "withheld");
  return rows.sort((one, other) => at(other.withheld?.at ?? other.raised_at) - at(one.withheld?.at ?? one.raised_at));
}
