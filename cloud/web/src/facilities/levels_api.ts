/** What the screen of bins and dispensers asks of the cloud. Levels are in percent, times ISO 8601 in UTC. */
import { call } from "../api/client";

export const LEVEL_KINDS = ["mask_bin", "hand_wash", "hand_disinfectant"] as const;

export interface LevelEntry {
  id: string;
  at: string;
  happened_at: string;
  by: string;
  step: string;
  value: number | null;
  trust: string | null;
  doubt: string | null;
}

export interface Level {
  id: string;
  site: string;
  kind: string;
  name: string;
  light: string;
  fills: boolean;
  value: number | null;
  value_at: string | null;
  known: boolean;
  trouble: string | null;
  heard_at: string | null;
  limit_pct: number;
  own_limit: boolean;
  good_pct: number;
  due_since: string | null;
  last: LevelEntry | null;
  sensor: string;
  tagged: boolean;
}

export interface Levels {
  at: string;
  levels: Level[];
  seen_min: number;
}

export interface LevelStory {
  level: Level;
  entries: LevelEntry[];
}

export interface LevelTag {
  code: string;
  page: string;
  rows: string[];
}

export interface NewPickup {
  key: string;
  done_at: string;
  tag?: string;
}

type Wish = Readonly<Record<string, string | number | boolean>>;

const to = <T>(method: string, path: string, body?: unknown): Promise<T> => call(method, `/api/facilities/levels${path}`, body) as Promise<T>;

export const levels = (): Promise<Levels> => to("GET", "");
export const levelStory = (id: string): Promise<LevelStory> => to("GET", `/${id}`);
export const addLevel = (wish: Wish): Promise<LevelStory> => to("POST", "", wish);
export const changeLevel = (id: string, wish: Wish): Promise<LevelStory> => to("PATCH", `/${id}`, wish);
export const newLevelTag = (id: string): Promise<LevelTag> => to("POST", `/${id}/tag`, { address: location.origin });
export const sayDone = (id: string, pickup: NewPickup): Promise<LevelStory> => to("POST", `/${id}/done`, pickup);
