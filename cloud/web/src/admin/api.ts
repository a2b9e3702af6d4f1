/** What the administration asks of the cloud. Times are ISO 8601 in UTC. */
import { call } from "../api/client";

export const ROLES = ["guard", "facilities", "supervisor", "inspector", "administrator"] as const;
export type Role = (typeof ROLES)[number];

export interface Account {
  user: string;
  role: Role;
  site: string;
  source: string;
  must_change: boolean;
  disabled_since: string | null;
}

export interface SessionRow {
  id: string;
  opened: string;
  used: string;
  expires: string;
  address: string;
}

export interface SiteRow {
  site: string;
  gates: string[];
  /** Those of them that are closed for good. */
  closed: string[];
}

export interface Token {
  number: number;
  name: string;
  role: Role;
  site: string;
  made_by: string;
  expires: string;
  used: string | null;
  revoked: string | null;
}

export interface Deed {
  number: number;
  at: string;
  user: string;
  action: string;
  subject: string;
  detail: string;
  address: string;
}

export interface Deeds {
  deeds: Deed[];
  next: number | null;
}

export type Search = Readonly<Record<"user" | "action" | "subject", string>>;

const of = encodeURIComponent;
const get = <T>(path: string): Promise<T> => call("GET", path) as Promise<T>;
const send = <T>(method: string, path: string, body?: unknown): Promise<T> => call(method, path, body) as Promise<T>;

export const ownSessions = (): Promise<SessionRow[]> => get("/api/session/all");
export const sessionsOf = (user: string): Promise<SessionRow[]> => get(`/api/accounts/${of(user)}/sessions`);
export const endSession = (id: string): Promise<unknown> => send("DELETE", `/api/session/all/${of(id)}`);
export const changePassword = (old: string, wished: string): Promise<unknown> =>
  send("PUT", "/api/session/password", { old, new: wished });

export const accounts = (): Promise<Account[]> => get("/api/accounts");
export const addAccount = (user: string, role: string, site: string): Promise<{ password: string }> =>
  send("POST", "/api/accounts", { user, role, site });
export const changeAccount = (user: string, change: { role: string; site: string; disabled: boolean }): Promise<Account> =>
  send("PATCH", `/api/accounts/${of(user)}`, change);
export const resetPassword = (user: string): Promise<{ password: string }> => send("POST", `/api/accounts/${of(user)}/password`);

export const sites = (): Promise<SiteRow[]> => get("/api/sites");
export const placeGate = (gate: string, site: string): Promise<unknown> => send("PUT", `/api/gates/${of(gate)}/site`, { site });
export const closeGate = (gate: string, closed: boolean, why: string): Promise<unknown> => send("PUT", `/api/gates/${of(gate)}/closed`, { closed, why });

export const tokens = (): Promise<Token[]> => get("/api/tokens");
export const addToken = (name: string, role: string, site: string, days: number): Promise<{ token: string }> =>
  send("POST", "/api/tokens", { name, role, site, days });
export const revokeToken = (number: number): Promise<unknown> => send("DELETE", `/api/tokens/${number}`);

export const audit = (search: Search, before: number | null): Promise<Deeds> => {
  const asked = Object.entries({ ...search, before }).filter(([, value]) => value !== "" && value !== null);
  return get(`/api/audit?${new URLSearchParams(asked.map(([name, value]) => [name, String(value)]))}`);
};
