/** Nothing moves under the pointer: while it is there, rows keep their places; new ones wait, gone ones stay. */

export interface Held {
  order: string[];
  /** New rows that wait for the pointer to leave. */
  waiting: number;
}

/** The order to show: the wanted one, or, while `holding`, the shown one with gone rows left where they were. */
export function hold(shown: string[], wanted: string[], holding: boolean): Held {
  if (!holding || shown.length === 0) return { order: wanted, waiting: 0 };
  const places = new Set(shown);
  return { order: shown, waiting: wanted.filter((id) => !places.has(id)).length };
}

/** The row to select after moving `step` rows from `from`; stays at the ends. */
export function neighbour(order: string[], from: string | null, step: number): string | null {
  if (order.length === 0) return from;
  const at = from === null ? -1 : order.indexOf(from);
  const to = at < 0 ? (step > 0 ? 0 : order.length - 1) : Math.min(order.length - 1, Math.max(0, at + step));
  return order[to] ?? null;
}
