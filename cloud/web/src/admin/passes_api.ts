/** Receptions, appointments and badges, as the cloud tells them. Times are ISO 8601 in UTC. */
import { call } from "../api/client";

export interface Plan {
  site: string;
  title_zh: string;
  title_en: string;
  timezone: string;
  /** Seven days from Monday, `09:00-12:00 13:30-17:00`; empty where closed. */
  hours: string[];
  closed: string[];
  slot_min: number;
  capacity: number;
  grace_min: number;
  days_ahead: number;
  appointments: boolean;
  board: boolean;
}

export interface Reception extends Plan {
  name: string;
}

export interface Offer {
  begins: string;
  ends: string;
  free: number;
}

export interface Appointment {
  number: number;
  begins: string;
  ends: string;
  people: number;
  reference: string;
  by_phone: boolean;
  cancelled: boolean;
  arrived: number;
}

export interface Badge {
  holder: string;
  reception: string;
  made: string;
  made_by: string;
  revoked: string | null;
}

export interface Pass {
  number: string;
  svg: string;
}

type Paged = { page: string };
const of = encodeURIComponent;
const get = <T>(path: string): Promise<T> => call("GET", path) as Promise<T>;
const send = <T>(method: string, path: string, body?: unknown): Promise<T> => call(method, path, body) as Promise<T>;

export const receptions = (): Promise<Reception[]> => get("/api/receptions");
export const plan = (name: string, wish: Plan): Promise<Reception> => send("PUT", `/api/receptions/${of(name)}`, wish);

export const offers = (name: string): Promise<Offer[]> => get(`/api/receptions/${of(name)}/slots`);
export const appointments = (name: string, day: string): Promise<Appointment[]> =>
  get(`/api/receptions/${of(name)}/appointments${day === "" ? "" : `?day=${of(day)}`}`);
export const makeAppointment = (name: string, begins: string, people: number): Promise<Appointment & Paged> =>
  send("POST", `/api/receptions/${of(name)}/appointments`, { begins, people });
export const passes = (number: number): Promise<Pass[]> => get(`/api/appointments/${number}/passes`);
export const cancelAppointment = (number: number): Promise<unknown> => send("DELETE", `/api/appointments/${number}`);

export const badges = (): Promise<Badge[]> => get("/api/badges");
export const issueBadge = (holder: string, reception: string): Promise<Badge & Paged> => send("POST", "/api/badges", { holder, reception });
export const anotherLink = (holder: string): Promise<Badge & Paged> => send("POST", `/api/badges/${of(holder)}/link`);
export const revokeBadge = (holder: string): Promise<unknown> => send("DELETE", `/api/badges/${of(holder)}`);
