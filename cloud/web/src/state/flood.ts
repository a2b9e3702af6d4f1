/** Too many alarms at once: what one gate's equipment says is folded into one row. People and urgent alarms never are. */
import type { Item } from "../api/types";
import { stage } from "./board";

/** More than ten in ten minutes is a flood (EEMUA 191: 10 in 10 min). */
export const FLOOD = 10;
export const FLOOD_MS = 600_000;

export interface Group {
  id: string;
  gate: string;
  items: Item[];
}

export type Entry = { item: Item } | { group: Group };

export const isGroup = (id: string): boolean => id.startsWith("group-");

export function flooded(items: Iterable<Item>, now_ms: number): boolean {
  const late = [...items].filter((item) => item.type === "alarm" && stage(item) === "open" && now_ms - Date.parse(item.raised_at) < FLOOD_MS);
  return late.length > FLOOD;
}

const foldable = (item: Item): boolean => item.type === "alarm" && item.priority > 1 && stage(item) === "open";

/** Rows in their order; the foldable ones of a gate stand together where its first one stood, opened or not. */
export function fold(wanted: Item[], opened: ReadonlySet<string>): Entry[] {
  const of_gate = new Map<string, Item[]>();
  for (const item of wanted.filter(foldable)) of_gate.set(item.gate, [...(of_gate.get(item.gate) ?? []), item]);
  const told = new Set<string>();
  return wanted.flatMap((item): Entry[] => {
    const together = foldable(item) ? (of_gate.get(item.gate) ?? []) : [];
    if (together.length < 2) return [{ item }];
    if (told.has(item.gate)) return [];
    told.add(item.gate);
    const group = { id: `group-${item.gate}`, gate: item.gate, items: together };
    return [{ group }, ...(opened.has(group.id) ? together.map((one) => ({ item: one })) : [])];
  });
}

export const idOf = (entry: Entry): string => ("item" in entry ? entry.item.id : entry.group.id);
