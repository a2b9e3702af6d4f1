/** Contacts and webhooks as the cloud has them. */
import { call } from "../api/client";

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export const EVENTS = ["alarms", "cases", "reports"] as const;
export type Way = "mail" | "push" | "webhook" | "mqtt";

export interface ContactWish {
  site: string;
  step: number;
  liaison: boolean;
  alarms: boolean;
  reports: boolean;
  staff: boolean;
  kinds: string[];
  days: (typeof DAYS)[number][];
  duty_begins: string;
  duty_ends: string;
  mail: string | null;
  user: string | null;
  webhook: string | null;
  mqtt: boolean;
}

export interface Contact extends ContactWish {
  name: string;
}

export interface Contacts {
  contacts: Contact[];
  /** Sites with a gate whose alarms nobody is told of, or that have no liaison. */
  lacks: { site: string; nobody: boolean }[];
}

export interface Tried {
  channel: Way;
  taken: boolean;
  answer: string;
}

export interface Webhook {
  name: string;
  url: string;
  site: string;
  events: (typeof EVENTS)[number][];
  failures: number;
  last: string | null;
  answer: string;
  disabled: string | null;
  disabled_why: string;
}

const of = (room: string, name: string): string => `/api/${room}/${encodeURIComponent(name)}`;
const send = <T>(method: string, path: string, body?: unknown): Promise<T> => call(method, path, body) as Promise<T>;

export const contacts = (): Promise<Contacts> => send("GET", "/api/contacts");
export const saveContact = (name: string, wish: ContactWish): Promise<Contact> => send("PUT", of("contacts", name), wish);
export const removeContact = (name: string): Promise<unknown> => send("DELETE", of("contacts", name));
export const testContact = (name: string): Promise<Tried[]> => send("POST", `${of("contacts", name)}/test`);

export const webhooks = (): Promise<Webhook[]> => send("GET", "/api/webhooks");
export const addWebhook = (wish: { name: string; url: string; site: string; events: string[] }): Promise<{ secret: string }> =>
  send("POST", "/api/webhooks", wish);
export const turnWebhook = (name: string, disabled: boolean): Promise<Webhook> => send("PATCH", of("webhooks", name), { disabled });
export const removeWebhook = (name: string): Promise<unknown> => send("DELETE", of("webhooks", name));
export const testWebhook = async (name: string): Promise<Tried[]> => [await send<Tried>("POST", `${of("webhooks", name)}/test`)];
