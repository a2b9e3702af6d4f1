/** What the facilities' screens ask of the cloud. Times are ISO 8601 in UTC. */
import { call } from "../api/client";

export const KINDS = [
  "floor", "entrance", "door_handle", "window_counter", "stair_handrail", "lift", "vehicle", "canteen", "tableware", "kitchenware",
  "garage", "vent", "toilet", "office", "meeting_room", "dormitory", "public_area", "guest_room", "reception_room",
] as const;
export const AGENTS = ["bleach_84", "chlorine", "alcohol", "peroxide", "quaternary", "heat", "uvc", "other"] as const;
export const LIGHTS = ["locked", "overdue", "due", "unknown", "unverified", "fine"] as const;
export type Light = (typeof LIGHTS)[number];
export type Agent = (typeof AGENTS)[number];

export interface Round {
  id: string;
  done_at: string;
  entered_at: string;
  late: boolean;
  by: string;
  agent: string;
  ppm: number | null;
  ppm_measured: boolean;
  dilution: string;
  contact_min: number | null;
  trust: "measured" | "scanned" | "photographed" | "unverified";
  doubt: string | null;
  faults: string[];
  /** It may have had its time. */
  photo: boolean;
}

export interface Asset {
  id: string;
  site: string;
  kind: string;
  name: string;
  light: Light;
  due_at: string;
  overdue_at: string;
  wants: string | null;
  by_flow: boolean;
  entered: number | null;
  last: Round | null;
  newest: Round | null;
  locked_by: string | null;
  interval_min: number;
  own_interval: boolean;
  grace_min: number;
  own_grace: boolean;
  agent: string | null;
  person: string | null;
  person_name: string | null;
  lacks_person: boolean;
  flow_limit: number | null;
  head_limit: number | null;
  sensor: string;
  tagged: boolean;
}

export interface Meeting {
  id: string;
  room: string;
  name: string;
  site: string;
  begins: string;
  ends: string;
  heads: number;
  head_limit: number | null;
  screened: number;
  concerns: string[];
}

export interface Notice {
  id: string;
  entered_at: string;
  day: string;
  source: string;
  area: string;
  site: string | null;
  locks: boolean;
  ended_at: string | null;
  ending: Ending | null;
}

/** What was not said is empty. */
export interface Ending {
  how: string;
  by: string;
  day: string;
  document: string;
  sha256: string;
  why: string;
  entered_by: string;
}

export interface Limits {
  low_ppm: number;
  high_ppm: number;
  contact_min: number;
}

export interface Board {
  at: string;
  assets: Asset[];
  meetings: Meeting[];
  notices: Notice[];
  limits: Limits;
}

export interface History {
  asset: Asset;
  rounds: Round[];
}

export interface NewRound {
  key: string;
  asset: string;
  done_at: string;
  agent: string;
  ppm?: number;
  parts?: number;
  contact_min?: number;
  tag?: string;
  sensor?: boolean;
  /** A JPEG in base64. */
  photo?: string;
}

export interface Tag {
  code: string;
  page: string;
  rows: string[];
}

export type Wish = Readonly<Record<string, string | number | boolean | null | Readonly<Record<string, string>>>>;

const get = <T>(path: string): Promise<T> => call("GET", `/api/facilities${path}`) as Promise<T>;
const send = <T>(method: string, path: string, body?: unknown): Promise<T> => call(method, `/api/facilities${path}`, body) as Promise<T>;

export const board = (): Promise<Board> => get("");
export const history = (id: string): Promise<History> => get(`/assets/${id}`);
export const addAsset = (wish: Wish): Promise<Asset> => send("POST", "/assets", wish);
export const changeAsset = (id: string, wish: Wish): Promise<History> => send("PATCH", `/assets/${id}`, wish);
export const newTag = (id: string): Promise<Tag> => send("POST", `/assets/${id}/tag`, { address: location.origin });
export const makeRound = (round: NewRound): Promise<Round> => send("POST", "/rounds", round);
/** Where a round's photograph lies. */
export const photoOf = (id: string): string => `/api/facilities/rounds/${id}/photo`;
export const planMeeting = (wish: Wish): Promise<Board> => send("POST", "/meetings", wish);
export const screenMeeting = (id: string, screened: number): Promise<Board> => send("POST", `/meetings/${id}/screened`, { screened });
export const callOff = (id: string): Promise<Board> => send("DELETE", `/meetings/${id}`);
export const makeKnown = (wish: Wish): Promise<Board> => send("POST", "/notices", wish);
export const endNotice = (id: string, ending: Readonly<Record<string, string>>): Promise<Board> => send("POST", `/notices/${id}/end`, { ending });
