/** Who is inside behind a gate, as far as anybody knows. */
import { call } from "./client";

export type How = "seen" | "asked" | "day_end";

export interface Inside {
  visit: string;
  entered: string;
  badge: string | null;
  visitor_pass: string | null;
  /** Went in on an earlier day. */
  day_over: boolean;
}

export interface Register {
  at: string;
  since: string;
  inside: Inside[];
  left: number;
  without_code: number;
}

const at = (gate: string): string => `/api/gates/${encodeURIComponent(gate)}/register`;
export const register = (gate: string): Promise<Register> => call("GET", at(gate)) as Promise<Register>;
export const noteLeft = (gate: string, visit: string, how: How): Promise<Register> => call("POST", at(gate), { visit, how }) as Promise<Register>;
