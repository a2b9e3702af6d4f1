/** What the screen of people inside and waiting asks of the cloud. Null: not known, or not counted there. */
import { call } from "../api/client";

export interface Waits {
  let_in: number;
  half_s: number | null;
  most_s: number | null;
}

export interface GateCrowd {
  gate: string;
  site: string;
  state: string;
  room: string;
  people: number | null;
  limit: number | null;
  entries_missed: number;
  exits_missed: number | null;
  held: boolean | null;
  waiting: number | null;
  waiting_s: number | null;
  waits: Waits;
  replay: boolean;
}

export interface SiteCrowd {
  site: string;
  gates: string[];
  people: number | null;
  entries_missed: number;
  waiting: number | null;
  waits: Waits;
  replay: boolean;
}

export interface CrowdNow {
  at: string;
  gates: GateCrowd[];
  sites: SiteCrowd[];
}

export const crowd = (): Promise<CrowdNow> => call("GET", "/api/facilities/crowd") as Promise<CrowdNow>;
