/** What a queue row is about: its sign, its words. */
import type { Item } from "../api/types";
import type { Say } from "../words/say";
import { known } from "../words/table";
import type { Sign } from "./shapes";

const SIGNS: Readonly<Record<string, Sign>> = { recheck: "recheck", guard_needed: "cannot_measure" };

export const signOf = (item: Item): Sign => SIGNS[item.kind] ?? "unknown";

/** A sentence about this kind, or the general one for a kind this screen does not know. */
export function about(say: Say, room: "what" | "todo", kind: string): string {
  const key = `${room}.${kind}`;
  return say(known(key) ? key : `${room}.other`);
}

const SAFETY: ReadonlySet<string> = new Set(["fire", "room_person", "room_lamp"]);

/** Nobody puts these aside for a while; a supervisor takes one out of service while its cause is repaired. */
export const isSafety = (item: Item): boolean => SAFETY.has(item.kind);
