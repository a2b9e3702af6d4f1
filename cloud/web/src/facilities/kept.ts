/** Rounds that could not be sent yet: on this telephone, until the cloud has them. One is sent under its key as often as need be. */
import { Refused } from "../api/client";
import { makeRound, type NewRound, type Round } from "./api";

const PLACE = "menshen.rounds";

export interface Kept {
  /** Whose it is: it is sent under nobody else's name. */
  user: string;
  name: string;
  round: NewRound;
  /** Why the cloud does not take it; it stays until somebody has read that. */
  refused: string | null;
}

export function kept(user: string): Kept[] {
  return all().filter((one) => one.user === user);
}

/** Whether there is room for it: photographs are large. */
export function keep(one: Kept): boolean {
  return write([...all().filter((other) => other.round.key !== one.round.key), one]);
}

export function drop(key: string): void {
  write(all().filter((one) => one.round.key !== key));
}

/** Whether it may arrive later: nobody was there, or nobody was signed in. */
export const mayArrive = (no: Refused): boolean => no.status === 0 || no.status >= 500 || no.status === 429 || no.status === 401;

/** What a send came to: the round as the cloud judged it, or null where it is kept for later. */
export async function sendOrKeep(one: Kept): Promise<Round | null> {
  const waits = keep(one); // before it is sent: a telephone may be switched off meanwhile
  try {
    const made = await makeRound(one.round);
    drop(one.round.key);
    return made;
  } catch (error) {
    const no = error instanceof Refused ? error : new Refused(0);
    if (waits && mayArrive(no)) return null;
    drop(one.round.key);
    throw no;
  }
}

/** Sends what waits, the oldest first; answers how many arrived. */
export async function sendKept(user: string): Promise<number> {
  let arrived = 0;
  for (const one of kept(user).filter((each) => each.refused === null)) {
    try {
      await makeRound(one.round);
      drop(one.round.key);
      arrived += 1;
    } catch (error) {
      const no = error instanceof Refused ? error : new Refused(0);
      if (mayArrive(no)) return arrived;
      keep({ ...one, refused: no.detail || String(no.status) });
    }
  }
  return arrived;
}

function all(): Kept[] {
  try {
    const said: unknown = JSON.parse(localStorage.getItem(PLACE) ?? "[]");
    return Array.isArray(said) ? (said as Kept[]) : [];
  } catch {
    return [];
  }
}

function write(rows: readonly Kept[]): boolean {
  try {
    localStorage.setItem(PLACE, JSON.stringify(rows));
    return true;
  } catch {
    return false;
  }
}
