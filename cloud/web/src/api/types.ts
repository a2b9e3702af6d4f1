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
  detail: string;
  visit: string | null;
  reading: Reading | null;
  count: number;
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
}
