/** What the runs of UV-C lamps ask of the cloud. Times are ISO 8601 in UTC; what is null is not known. */
import { call } from "../api/client";
import type { Language } from "../words/table";

export interface Run {
  gate: string;
  site: string;
  sensor: string;
  place: string;
  begins: string | null;
  ends: string;
  lit_s: number | null;
  covered_pct: number | null;
  dose_mj_cm2: number | null;
  off_mj_cm2: number | null;
  target_mj_cm2: number | null;
  mean_uw_cm2: number | null;
  peak_uw_cm2: number | null;
  light: string;
  trouble: string | null;
  /** Kinds of alarms. */
  disturbed: string[];
  arrived: string;
  late: boolean;
}

export interface Lamp {
  gate: string;
  site: string;
  sensor: string;
  place: string;
  hours: number | null;
  starts: number | null;
  percent: number | null;
  at: string;
  fresh_until: string;
  aged: boolean;
}

export interface Uvc {
  at: string;
  timezone: string;
  lamps: Lamp[];
  runs: Run[];
  next: string | null;
  /** Milliseconds the cloud's clock is ahead of this browser's. */
  ahead_ms: number;
}

export const DAYS = [31, 92, 366] as const;
export type Days = (typeof DAYS)[number];

const HERE = "/api/facilities/uvc";

export async function uvc(days: Days, before: string | null): Promise<Uvc> {
  const asked = new URLSearchParams({ days: String(days), ...(before === null ? {} : { before }) }).toString();
  const told = (await call("GET", `${HERE}?${asked}`)) as Omit<Uvc, "ahead_ms">;
  return { ...told, ahead_ms: Date.parse(told.at) - Date.now() };
}

export const fileOfRuns = (days: Days, form: string, language: Language): string => `${HERE}/file?days=${days}&form=${form}&lang=${language}`;
