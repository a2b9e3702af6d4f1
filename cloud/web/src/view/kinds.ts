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
