/** What the cloud sends. Times are ISO 8601 in UTC, temperatures degrees Celsius. Every row comes whole. */

export type Verdict = "pass" | "put_on_mask" | "fix_mask" | "recheck" | "wait" | "cannot_measure" | "not_admitted" | "hold";
export type Mask = "absent" | "worn" | "worn_wrong" | "unsure";
export type Region = "canthus" | "forehead" | "upper_face";

export interface Reading {
  raw_c: number;
  corrected_c: number;
  core_c: number;
  uncertainty_c: number;
  region: Region;
  distance_m: number | null;
  samples: number;
  reference_seen: boolean;
  /** What made core_c, and what it knew; absent in rows of an older gate. */
  core_rule?: string | null;
  ambient_c?: number | null;
  baseline_shift_c?: number;
}

export interface Gate {
  gate: string;
  /** A path in the tree of sites; empty where nobody has placed the gate. */
  site: string;
  online: boolean;
  state: "live" | "stale" | "offline";
  state_since: string;
  last_verdict: Verdict | null;
  last_visit_at: string | null;
  verdicts_last_hour: Partial<Record<Verdict, number>>;
  colour_fps: number | null;
  thermal_fps: number | null;
  loop_p99_ms: number | null;
  outbox_rows: number | null;
  oldest_unacked: number | null;
  restarts: Record<string, number>;
  replay: boolean;
  version: string;
  model: string;
  health_at: string | null;
  parts: Record<string, string>;
  /** Since when it is closed for good; null or absent where it is an entrance. */
  closed_since?: string | null;
  /** Whether a guard holds it, so that nobody is let in; null or absent where the gate does not say. */
  held?: boolean | null;
}

export interface Item {
  id: string;
  type: "case" | "alarm";
  kind: string;
  gate: string;
  state: string;
  /** Whether the fault is there now, or the person still waits. */
  active: boolean;
  priority: number;
  raised_at: string;
  returned_at: string | null;
  acknowledged_by: string | null;
  acknowledged_at: string | null;
  /** Who is to act: whoever took it; until then by the rule. Absent in rows of an older cloud. */
  owner?: string | null;
  detail: string;
  detail_zh: string;
  visit: string | null;
  reading: Reading | null;
  count: number;
  /** It comes and goes: told once, held until it is quiet. */
  chattering?: boolean;
  /** Of an alarm that is shelved or out of service. */
  withheld?: Withheld | null;
  /** When and why a case became an alarm. */
  alarmed_at?: string | null;
  alarmed_why?: string | null;
}

/** One move of an alarm; `user` is empty for the gate and the cloud. */
export interface Move {
  at: string;
  move: string;
  state: string;
  user: string;
  why: string;
}

/** One contact told of something by one way, and what became of it. */
export interface Receipt {
  contact: string;
  channel: string;
  state: string;
  step: number;
  told_at: string | null;
  /** When a device of theirs showed it; only web push says so. */
  shown_at?: string | null;
  answer: string;
}

export interface Notice extends Receipt {
  subject: string;
  since: string;
}

export interface Withheld {
  by: string;
  at: string;
  why: string;
  until: string | null;
}

export interface Visit {
  visit: string;
  gate: string;
  verdict: Verdict;
  mask: Mask;
  revision: number;
  revisions: number;
  first_seen: string;
  decided: string;
  received_at: string;
  reasons: string[];
  reading: Reading | null;
  core_bin_c: number | null;
  screened_for: { mask: boolean; temperature: boolean };
  record_late: boolean;
  replay: boolean;
  late: boolean;
}

export interface Snapshot {
  feed: number;
  server_time: string;
  gates: Gate[];
  queue: Item[];
  visits: Visit[];
}

export interface Session {
  user: string;
  role: string;
  /** A path in the tree of sites; empty: everywhere. */
  site: string;
  /** Permissions, such as `alarms.act`. */
  may: string[];
  /** The password was good once: another one has to be chosen first. */
  must_change: boolean;
}
