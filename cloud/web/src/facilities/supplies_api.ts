/** What the screen of supplies asks of the cloud. Amounts are whole numbers of the stock's unit. */
import { call } from "../api/client";

export const SUPPLY_KINDS = ["mask_disposable", "mask_n95", "gloves", "suit", "alcohol", "disinfectant_84", "hand_wash", "other"] as const;
export const LINES = ["used", "received", "counted", "moved"] as const;
export type LineKind = (typeof LINES)[number];

export interface Left {
  likely: number | null;
  least: number | null;
  most: number | null;
  used_a_day: number;
  days: number;
}

export interface Stock {
  id: string;
  site: string;
  kind: string;
  name: string;
  unit: string;
  minimum: number;
  light: string;
  book: number | null;
  left: Left | null;
  short: string | null;
  short_since: string | null;
  counted_at: string | null;
  difference: number | null;
}

export interface Line {
  id: string;
  at: string;
  by: string;
  kind: string;
  amount: number;
  book: number;
  before: number | null;
  difference: number | null;
  why: string;
}

export interface Stocks {
  at: string;
  stocks: Stock[];
  low_days: number;
  least_days: number;
  count_days: number;
}

export interface Book {
  stock: Stock;
  lines: Line[];
}

const to = <T>(method: string, path: string, body?: unknown): Promise<T> => call(method, `/api/supplies${path}`, body) as Promise<T>;

export const stocks = (): Promise<Stocks> => to("GET", "");
export const book = (id: string): Promise<Book> => to("GET", `/${id}`);
export const addSupply = (wish: Readonly<Record<string, string | number>>): Promise<Book> => to("POST", "", wish);
export const changeSupply = (id: string, wish: Readonly<Record<string, string | number | boolean>>): Promise<Book> => to("PATCH", `/${id}`, wish);
export const writeLine = (id: string, line: Readonly<Record<string, string | number>>): Promise<Book> => to("POST", `/${id}/lines`, { line });
