/** What the screen of the canteen asks of the cloud. */
import { call } from "../api/client";

export interface HandsDay {
  day: string;
  gate: string;
  site: string;
  let_in: number;
  dispenser: number;
  confirmed: number;
  without: number;
}

export interface HandsNow {
  at: string;
  timezone: string;
  days: HandsDay[];
}

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

export interface Slot {
  id: string;
  site: string;
  gate: string;
  name: string;
  days: string[];
  begins: string;
  ends: string;
  places: number;
  teams: string[];
}

/** One slot on one day; what is null is not known, or not counted. */
export interface Sitting {
  slot: string;
  name: string;
  site: string;
  gate: string;
  day: string;
  begins: string;
  ends: string;
  places: number;
  phase: string;
  light: string;
  planned: number | null;
  let_in: number | null;
  inside: number | null;
  room_in: string | null;
}

export interface SlotsNow {
  at: string;
  timezone: string;
  today: Sitting[];
  ahead: Sitting[];
  past: Sitting[];
  slots: Slot[];
  teams: string[];
  unassigned: string[];
}

export type TodayNow = Pick<SlotsNow, "at" | "timezone" | "today">;

export type SlotWish = Omit<Slot, "id">;

const HERE = "/api/facilities/canteen";

export const hands = (): Promise<HandsNow> => call("GET", `${HERE}/hands`) as Promise<HandsNow>;
export const slots = (): Promise<SlotsNow> => call("GET", `${HERE}/slots`) as Promise<SlotsNow>;
export const slotsToday = (): Promise<TodayNow> => call("GET", `${HERE}/today`) as Promise<TodayNow>;
export const addSlot = (wish: SlotWish): Promise<unknown> => call("POST", `${HERE}/slots`, wish);
export const changeSlot = (id: string, wish: SlotWish): Promise<unknown> => call("PUT", `${HERE}/slots/${id}`, wish);
export const endSlot = (id: string): Promise<unknown> => call("DELETE", `${HERE}/slots/${id}`);
