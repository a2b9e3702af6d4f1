/** What the ledger's screen asks of the cloud. Times are ISO 8601 in UTC. */
import { call } from "../api/client";
import { searched, type Filter, type Part } from "./address";

export interface Found {
  part: Part;
  id: string;
  at: string;
  gate: string;
  what: string;
  state: string;
  reasons: string[];
  who: string;
  detail: string;
  detail_zh: string;
  late: boolean;
  revisions: number;
}

export interface Rows {
  rows: Found[];
  next: string | null;
}

export interface Place {
  number: number;
  link: string;
  intact: boolean;
  faults: string[];
}

export interface Written {
  at: string;
  by: string;
  what: string;
  state: string;
  detail: string;
  reasons: string[];
  late_s: number | null;
  erased: boolean;
  place: Place | null;
}

export interface History {
  written: Written[];
  erasure: { at: string; by: string; why: string; detail: string } | null;
  linked: string[];
}

export interface SignedHead {
  number: number;
  link: string;
  at_ms: number;
  key: string;
  signature: string;
}

export interface Chain {
  number: number;
  link: string;
  key: string | null;
  signed: SignedHead | null;
}

export interface Checked {
  first: number;
  last: number;
  rows: number;
  erased: number;
  removed: number;
  signed: number;
  faults: string[];
}

const get = <T>(path: string, patience_ms?: number): Promise<T> => call("GET", path, undefined, patience_ms) as Promise<T>;

export const rows = (filter: Filter, before: string | null): Promise<Rows> =>
  get(`/api/ledger?${searched(filter)}${before === null ? "" : `&before=${before}`}`);
export const history = (part: Part, id: string): Promise<History> => get(`/api/ledger/history?${new URLSearchParams({ part, id })}`);
export const chain = (): Promise<Chain> => get("/api/chain");
export const heads = async (): Promise<SignedHead[]> => (await get<{ heads: SignedHead[] }>("/api/chain/heads?limit=48")).heads;
export const check = (links: number): Promise<Checked> => get(`/api/chain/check?links=${links}`, 30_000);
export const exported = (filter: Filter, form: string, language: string): string =>
  `/api/ledger/export?${searched(filter)}&${new URLSearchParams({ form, language, zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}`;
