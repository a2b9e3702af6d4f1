/** What is done about one person. Times are ISO 8601 in UTC, temperatures degrees Celsius. */
import { call } from "./client";
import type { Item, Receipt } from "./types";

export const SITES = ["ear", "oral", "armpit", "forehead"] as const;
export const SYMPTOMS = ["fever", "cold", "cough", "respiratory_infection", "other"] as const;
export const ANSWERS = ["yes", "no", "declined"] as const;
export const MISTAKES = ["sun_or_heating", "exertion", "hot_food_or_drink", "hair_glasses_hat", "another_person", "device", "unknown"] as const;
export const STATES = ["open", "taken", "closed"] as const;

export type Outcome = "not_admitted" | "false_alarm" | "helped" | "left";
export type CaseState = (typeof STATES)[number];

export interface Question {
  key: string;
  zh: string;
  en: string;
  /** Asked further where the answer is yes; empty: nothing. */
  more_zh: string;
  more_en: string;
}

export interface Entry {
  at: string;
  user: string;
  step: string;
  /** As its step has it; empty where it was erased. */
  body: Record<string, unknown>;
}

export interface CaseView {
  item: Item;
  owner: string | null;
  entries: Entry[];
  questionnaire: { version: string; questions: Question[] };
  suspected: boolean;
  may_report: boolean;
  first_reported_at: string | null;
  receipts: Receipt[];
  /** What is still to be done before it may end so; empty where the case is closed. */
  missing: Partial<Record<Outcome, string[]>>;
  outcome: Outcome | null;
  outcome_why: string | null;
  closed_at: string | null;
}

export interface CaseRow {
  id: string;
  gate: string;
  kind: string;
  state: CaseState;
  raised_at: string;
  owner: string | null;
  taken_at: string | null;
  closed_at: string | null;
  outcome: Outcome | null;
}

export interface Statistics {
  gate: string;
  cases: number;
  outcomes: Partial<Record<Outcome | "open", number>>;
  mistakes: Record<string, number>;
}

/** The last part of the addresses of what is entered. */
export type Deed = "take-over" | "second-reading" | "symptoms" | "answers" | "report" | "close" | "follow-up";

export const caseView = (id: string): Promise<CaseView> => call("GET", `/api/cases/${encodeURIComponent(id)}`) as Promise<CaseView>;
export const enter = (id: string, deed: Deed, body?: unknown): Promise<CaseView> =>
  call("POST", `/api/cases/${encodeURIComponent(id)}/${deed}`, body) as Promise<CaseView>;
export const caseList = (state: CaseState | null, before: string | null, limit: number): Promise<CaseRow[]> => {
  const asked = Object.entries({ state, before, limit }).filter(([, value]) => value !== null);
  return call("GET", `/api/cases?${new URLSearchParams(asked.map(([name, value]) => [name, String(value)]))}`) as Promise<CaseRow[]>;
};
export const caseStatistics = (days: number): Promise<Statistics[]> => call("GET", `/api/cases/statistics?days=${days}`) as Promise<Statistics[]>;
