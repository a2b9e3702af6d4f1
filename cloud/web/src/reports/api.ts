import { call } from "../api/client";
import type { Language } from "../words/table";

export interface ReportRow {
  number: number;
  day: string;
  due: string;
  made: string;
  late: boolean;
  zero: boolean;
  whole: boolean;
  corrects: number[];
  said: string[];
}

export interface Page {
  reports: ReportRow[];
  next: number | null;
}

export interface TableOf {
  title: string;
  columns: string[];
  rows: (string | number)[][];
  empty: string;
}

export interface Receipt {
  contact: string;
  channel: string;
  state: string;
  told_at: string | null;
  answer: string;
}

export interface Paper {
  number: number;
  title: string;
  notes: string[];
  tables: TableOf[];
  corrects: number[];
  corrected_by: number[];
  receipts: Receipt[];
}

export interface Line {
  at: string;
  gate: string;
  deed: string;
  zh: string;
  en: string;
}

export const FORMS = ["pdf", "xlsx", "csv"] as const;

export const reports = (language: Language, before: number | null): Promise<Page> =>
  call("GET", `/api/reports?lang=${language}${before === null ? "" : `&before=${before}`}`) as Promise<Page>;
export const report = (number: number, language: Language): Promise<Paper> =>
  call("GET", `/api/reports/${number}?lang=${language}`) as Promise<Paper>;
export const chronicle = (): Promise<{ lines: Line[]; more: boolean }> =>
  call("GET", "/api/chronicle") as Promise<{ lines: Line[]; more: boolean }>;
export const fileOf = (what: string, form: string, language: Language): string => `/api/${what}/file?form=${form}&lang=${language}`;
