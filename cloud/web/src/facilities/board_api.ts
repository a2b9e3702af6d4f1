/** What the board of the facilities asks of the cloud. Times are ISO 8601 in UTC. */
import { call } from "../api/client";
import type { Language } from "../words/table";
import { board, type Board } from "./api";
import { slotsToday, type TodayNow } from "./canteen_api";
import { levels, type Levels } from "./levels_api";
import { stocks, type Stocks } from "./supplies_api";

export interface SensorNow {
  gate: string;
  site: string;
  place: string;
  sensor: string;
  quantity: string;
  /** Null: the reading failed. */
  value: number | null;
  trouble: string | null;
  unit: string;
  at: string;
  /** From then on it says nothing about now. */
  fresh_until: string;
  least: number | null;
  most: number | null;
  /** The last day on which its calibration counts: 2027-03-31. Null: none is named. */
  calibration_due: string | null;
  standing: string;
}

export interface Condition {
  id: string;
  gate: string;
  site: string;
  kind: string;
  since: string;
  detail: string;
  detail_zh: string;
  owner: string | null;
}

export interface Sensors {
  at: string;
  sensors: SensorNow[];
  conditions: Condition[];
}

export interface Piece {
  at: string;
  least: number;
  mean: number;
  most: number;
  count: number;
}

export interface SensorStory {
  now: SensorNow;
  begins: string;
  ends: string;
  piece_s: number;
  of_means: boolean;
  gap_s: number;
  pieces: Piece[];
}

export interface Everything {
  sensors: Sensors;
  rounds: Board;
  stocks: Stocks;
  levels: Levels;
  canteen: TodayNow;
  /** Milliseconds the cloud's clock is ahead of this browser's. */
  ahead_ms: number;
}

const query = (one: SensorNow, hours: number): string =>
  new URLSearchParams({ gate: one.gate, sensor: one.sensor, quantity: one.quantity, hours: String(hours) }).toString();

export const sensorsNow = (): Promise<Sensors> => call("GET", "/api/facilities/sensors") as Promise<Sensors>;

export async function everything(): Promise<Everything> {
  const [sensors, rounds, stocks_, levels_, canteen] = await Promise.all([sensorsNow(), board(), stocks(), levels(), slotsToday()]);
  return { sensors, rounds, stocks: stocks_, levels: levels_, canteen, ahead_ms: Date.parse(sensors.at) - Date.now() };
}

export const fileOfStory = (one: SensorNow, hours: number, form: string, language: Language): string => `/api/facilities/history/file?${query(one, hours)}&form=${form}&lang=${language}`;
export const storyOf = (one: SensorNow, hours: number): Promise<SensorStory> => call("GET", `/api/facilities/history?${query(one, hours)}`) as Promise<SensorStory>;
