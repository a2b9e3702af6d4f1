/** The tree of sites with everything below each added up, and the board of one site alone. Pure: no clock, no network. */
import type { Gate, Verdict } from "../api/types";
import { stage, type Board } from "./board";

/** From good to bad; a site is as bad as the worst gate below it. Of a site without a gate nothing is known: `none`. */
export const WORST_LAST = ["none", "live", "fault", "stale", "offline"] as const;
export type SiteState = (typeof WORST_LAST)[number];

export interface SiteNode {
  /** Its path; empty for the whole tree. */
  site: string;
  /** The last part of the path. */
  name: string;
  below: SiteNode[];
  /** Gates that stand here and not below. */
  gates: Gate[];
  /** Here and below, as all that follows. */
  gateCount: number;
  state: SiteState;
  alarms: number;
  cases: number;
  visits: number;
  verdicts: Partial<Record<Verdict, number>>;
}

const WELL: ReadonlySet<string> = new Set(["up", "ok", "off"]);
const within = (site: string, top: string): boolean => top === "" || site === top || site.startsWith(`${top}/`);
const rank = (state: SiteState): number => WORST_LAST.indexOf(state);

/** How one gate is. While the feed is silent nobody knows of any. */
export function gateState(gate: Gate, feedStale: boolean): SiteState {
  if (gate.state !== "live") return gate.state;
  if (feedStale) return "stale";
  return Object.values(gate.parts).every((state) => WELL.has(state)) ? "live" : "fault";
}

/** Every site above or at a gate, rolled up. Counts are of what nobody has settled, and of visits within the last hour. */
export function siteTree(board: Board, feedStale: boolean): SiteNode {
  const sites = new Set([...board.gates.values()].flatMap((gate) => upwards(gate.site)));
  const waiting = [...board.items.values()].filter((item) => stage(item) === "open" || stage(item) === "taken");
  const node = (site: string): SiteNode => {
    const gates = [...board.gates.values()].filter((gate) => within(gate.site, site));
    const names = new Set(gates.map((gate) => gate.gate));
    const rows = waiting.filter((item) => names.has(item.gate));
    const verdicts = added(gates);
    return {
      site,
      name: site.slice(site.lastIndexOf("/") + 1),
      below: [...sites].filter((one) => parent(one) === site && one !== "").sort().map(node),
      gates: gates.filter((gate) => gate.site === site).sort((one, other) => one.gate.localeCompare(other.gate)),
      gateCount: gates.length,
      state: gates.reduce<SiteState>((worst, gate) => worse(worst, gateState(gate, feedStale)), "none"),
      alarms: rows.filter((item) => item.type === "alarm").length,
      cases: rows.filter((item) => item.type === "case").length,
      visits: Object.values(verdicts).reduce((sum, count) => sum + count, 0),
      verdicts,
    };
  };
  return node("");
}

/** What of the board belongs to one site and all below it. */
export function onlySite(board: Board, site: string): Board {
  if (site === "") return board;
  const gates = new Map([...board.gates].filter(([, gate]) => within(gate.site, site)));
  const here = <V extends { gate: string }>(rows: ReadonlyMap<string, V>): ReadonlyMap<string, V> =>
    new Map([...rows].filter(([, row]) => gates.has(row.gate)));
  return { feed: board.feed, gates, items: here(board.items), visits: here(board.visits) };
}

const parent = (site: string): string => site.slice(0, Math.max(0, site.lastIndexOf("/")));
const worse = (one: SiteState, other: SiteState): SiteState => (rank(other) > rank(one) ? other : one);

function upwards(site: string): string[] {
  return site === "" ? [] : [site, ...upwards(parent(site))];
}

function added(gates: Gate[]): Partial<Record<Verdict, number>> {
  const sums: Partial<Record<Verdict, number>> = {};
  for (const gate of gates) {
    for (const [verdict, count] of Object.entries(gate.verdicts_last_hour) as [Verdict, number][]) sums[verdict] = (sums[verdict] ?? 0) + count;
  }
  return sums;
}
