/** Pickups and refills that could not be sent yet: on this telephone, until the cloud has them, each under its own key. */
import { Refused } from "../api/client";
import { mayArrive } from "./kept";
import { sayDone, type LevelStory, type NewPickup } from "./levels_api";

const PLACE = "menshen.pickups";

export interface KeptPickup {
  /** Whose it is: it is sent under nobody else's name. */
  user: string;
  level: string;
  name: string;
  pickup: NewPickup;
  /** Why the cloud does not take it; it stays until somebody has read that. */
  refused: string | null;
}

export const keptPickups = (user: string): KeptPickup[] => all().filter((one) => one.user === user);

export function dropPickup(key: string): void {
  write(all().filter((one) => one.pickup.key !== key));
}

/** What became of it, or null where it waits for a network. Throws what the cloud does not take. */
export async function sendOrKeepPickup(one: KeptPickup): Promise<LevelStory | null> {
  keepPickup(one); // before it is sent: a telephone may be switched off meanwhile
  try {
    const said = await sayDone(one.level, one.pickup);
    dropPickup(one.pickup.key);
    return said;
  } catch (error) {
    const no = error instanceof Refused ? error : new Refused(0);
    if (mayArrive(no)) return null;
    dropPickup(one.pickup.key);
    throw no;
  }
}

/** Sends what waits, the oldest first; answers how many arrived. */
export async function sendKeptPickups(user: string): Promise<number> {
  let arrived = 0;
  for (const one of keptPickups(user).filter((each) => each.refused === null)) {
    try {
      await sayDone(one.level, one.pickup);
      dropPickup(one.pickup.key);
      arrived += 1;
    } catch (error) {
      const no = error instanceof Refused ? error : new Refused(0);
      if (mayArrive(no)) return arrived;
      keepPickup({ ...one, refused: no.detail || String(no.status) });
    }
  }
  return arrived;
}

function keepPickup(one: KeptPickup): void {
  write([...all().filter((other) => other.pickup.key !== one.pickup.key), one]);
}

function all(): KeptPickup[] {
  try {
    const said: unknown = JSON.parse(localStorage.getItem(PLACE) ?? "[]");
    return Array.isArray(said) ? (said as KeptPickup[]) : [];
  } catch {
    return [];
  }
}

function write(rows: readonly KeptPickup[]): void {
  localStorage.setItem(PLACE, JSON.stringify(rows));
}
