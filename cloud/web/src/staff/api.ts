/** What the staff's screens ask of the cloud. Times are ISO 8601 in UTC, days are those of the site. */
import { call } from "../api/client";

export const POSTS = ["screening", "reception"] as const;
export const SHIFTS = ["morning", "afternoon"] as const;
export const MASKS = ["disposable", "n95", "other"] as const;
export const DECLARED = ["area_travel", "area_contact", "area_person", "travel"] as const;
export type Shift = (typeof SHIFTS)[number];
export type Post = (typeof POSTS)[number];

export interface Member {
  id: string;
  name: string;
  number: string;
  team: string;
  site: string;
  badge: string | null;
  account: string | null;
  contact: string | null;
  trained_on: string | null;
  left_at: string | null;
}

export interface Task {
  kind: string;
  person: string;
  name: string;
  owner: string;
  supervisor: string | null;
  state: "later" | "open" | "overdue" | "done" | "done_late" | "missed";
  opens_at: string;
  due_at: string;
  done_at: string | null;
  manual: boolean;
  declaration: string | null;
}

export interface OnDuty {
  person: string;
  name: string;
  posts: string[];
  begins: string;
  ends: string;
  now: boolean;
  seen_at: string | null;
  seen_gate: string | null;
  seen_mask: string | null;
}

export interface Finding {
  what: "too_few" | "untrained" | "absent" | "barred";
  site: string;
  day: string;
  shift: Shift;
  post: Post;
  person: string | null;
  name: string | null;
  have: number;
  need: number;
  until: string | null;
}

export interface Gap {
  site: string;
  post: string;
  begins: string;
  ends: string;
}

export interface Today {
  at: string;
  day: string;
  on_duty: OnDuty[];
  tasks: Task[];
  roster: Finding[];
  gaps: Gap[];
  leaders_away: { site: string; person: string; name: string; why: string }[];
}

export interface Mine {
  at: string;
  name: string | null;
  tasks: Task[];
  on_duty: OnDuty[];
}

export interface Place {
  day: string;
  shift: Shift;
  post: Post;
  persons: string[];
}

export interface Roster {
  site: string;
  days: string[];
  working_days: string[];
  persons: number;
  places: Place[];
  findings: Finding[];
}

export interface Rota {
  turns: { id: string; site: string; person: string; name: string; begins: string; ends: string; leads: boolean }[];
  absences: { id: string; person: string; name: string; begins: string; ends: string; reported_at: string; in_advance: boolean }[];
  gaps: Gap[];
}

export interface Declaration {
  id: string;
  person: string;
  name: string;
  what: (typeof DECLARED)[number];
  made_on: string;
  until: string;
  open: boolean;
  bars: boolean;
  followed_today: boolean;
  detail: string;
}

export type Entry = Readonly<Record<string, string | number | boolean>>;

const get = <T>(path: string): Promise<T> => call("GET", `/api/staff${path}`) as Promise<T>;
const send = <T>(method: string, path: string, body?: unknown): Promise<T> => call(method, `/api/staff${path}`, body) as Promise<T>;

export const today = (): Promise<Today> => get("/today");
export const mine = (): Promise<Mine> => get("/mine");
export const members = (): Promise<Member[]> => get("");
export const addMember = (wish: Entry): Promise<Member> => send("POST", "", wish);
export const changeMember = (id: string, wish: Entry): Promise<Member> => send("PATCH", `/${id}`, wish);
export const eraseMember = (id: string): Promise<unknown> => send("DELETE", `/${id}`);
export const train = (id: string, day: string, by: string): Promise<Member> => send("POST", `/${id}/training`, { day, by });
export const enter = (id: string, entry: Entry): Promise<unknown> => send("POST", `/${id}/entries`, { entry });
export const roster = (site: string, day: string): Promise<Roster> =>
  get(`/roster?${new URLSearchParams(day === "" ? { site } : { site, day })}`);
export const stand = (site: string, place: Place): Promise<Roster> =>
  send("PUT", `/roster/${place.day}/${place.shift}/${place.post}?${new URLSearchParams({ site })}`, { persons: place.persons });
export const rota = (): Promise<Rota> => get("/rota");
export const addTurn = (turn: Entry): Promise<Rota> => send("POST", "/rota", turn);
export const removeTurn = (id: string): Promise<Rota> => send("DELETE", `/rota/${id}`);
export const reportAbsence = (id: string, absence: Entry): Promise<Rota> => send("POST", `/${id}/absences`, absence);
export const withdrawAbsence = (id: string): Promise<Rota> => send("DELETE", `/absences/${id}`);
export const declarations = (): Promise<Declaration[]> => get("/declarations");
export const declare = (id: string, said: Entry): Promise<Declaration[]> => send("POST", `/${id}/declarations`, said);
export const followUp = (id: string, text: string): Promise<Declaration[]> => send("POST", `/declarations/${id}/follow-up`, { text });
export const closeDeclaration = (id: string, why: string): Promise<Declaration[]> => send("POST", `/declarations/${id}/close`, { why });
