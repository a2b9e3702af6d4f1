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

export const hands = (): Promise<HandsNow> => call("GET", "/api/facilities/canteen/hands") as Promise<HandsNow>;
