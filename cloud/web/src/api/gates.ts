/** One gate: what its sensors say, who came, and what it is told. */
import { call, Refused, refusedOf } from "./client";
import type { Visit } from "./types";

export interface Sensor {
  sensor: string;
  quantity: string;
  /** For people; empty: the gate does not say. */
  place: string;
  /** Null: the reading failed. */
  value: number | null;
  /** Why there is no value; null: there is one, or the gate does not say why. */
  trouble: string | null;
  /** So old that it says nothing about now. */
  stale: boolean;
  unit: string;
  taken: string;
  received_at: string;
}

export type Verb = "open_once" | "hold" | "release" | "close" | "message";

/** What became of a command: `done`, or the gate's own words why not. */
export interface Outcome {
  command: string;
  done: boolean;
  detail: string;
}

/** A gate has ten seconds to obey, and the cloud waits a little longer for its answer. */
const PATIENCE_MS = 14_000;
const at = (gate: string): string => `/api/gates/${encodeURIComponent(gate)}`;

export const sensors = (gate: string): Promise<Sensor[]> => call("GET", `${at(gate)}/sensors`) as Promise<Sensor[]>;
export const lastVisits = async (gate: string, most: number): Promise<Visit[]> =>
  ((await call("GET", `/api/visits?gate=${encodeURIComponent(gate)}&limit=${most}`)) as { visits: Visit[] }).visits;
export const command = (gate: string, verb: Verb, said: Record<string, string>): Promise<Outcome> =>
  call("POST", `${at(gate)}/commands`, { verb, arguments: said }, PATIENCE_MS) as Promise<Outcome>;

/** Look through a gate: every picture is handed to `picture` as it comes. Ends when the cloud ends it, or `signal` does. */
export async function look(gate: string, purpose: string, picture: (jpeg: Blob) => Promise<void>, signal: AbortSignal): Promise<void> {
  const init: RequestInit = { method: "POST", credentials: "same-origin", cache: "no-store", signal, headers: { "content-type": "application/json" }, body: JSON.stringify({ purpose }) };
  const answer = await fetch(`${at(gate)}/live`, init).catch(() => {
    throw new Refused(0);
  });
  if (!answer.ok || answer.body === null) throw await refusedOf(answer);
  const reader = answer.body.getReader();
  let held = new Uint8Array(0);
  for (;;) {
    const { value, done } = await reader.read().catch(() => ({ value: undefined, done: true }));
    if (done || value === undefined) return;
    held = joined(held, value);
    for (let size = sizeOf(held); size !== null && held.length >= size + HEAD; size = sizeOf(held)) {
      await picture(new Blob([held.slice(HEAD, HEAD + size)], { type: "image/jpeg" }));
      held = held.slice(HEAD + size);
    }
  }
}

/** Bytes that say how long the next picture is, the highest first. */
const HEAD = 4;
const sizeOf = (bytes: Uint8Array): number | null => (bytes.length < HEAD ? null : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0));

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(one.length + other.length);
  whole.set(one);
  whole.set(other, one.length);
  return whole;
}
