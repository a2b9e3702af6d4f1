/** Tones for what is new, made by the browser itself: no files. Silent until the browser lets it, and that is said. */
import type { Item } from "../api/types";
import { stage } from "./board";

/** Notes as [Hz, begin in s, length in s]. No siren: a person stands beside the screen. */
const TUNES: Readonly<Record<number, readonly (readonly [number, number, number])[]>> = {
  1: [[880, 0, 0.16], [1175, 0.2, 0.16], [880, 0.4, 0.16], [1175, 0.6, 0.24]],
  2: [[659, 0, 0.2], [784, 0.26, 0.28]],
  3: [[523, 0, 0.25]],
};
const LOUD = 0.25;

let context: AudioContext | null = null;

/** Whether somebody has pressed a key or clicked in this page; before that a browser lets nothing sound, and complains. */
export const touched = (): boolean => (navigator as { userActivation?: { hasBeenActive: boolean } }).userActivation?.hasBeenActive ?? false;

/** Whether tones can be heard now; asks the browser again. Only after the page was touched. */
export async function wake(): Promise<boolean> {
  context ??= new AudioContext();
  if (context.state !== "running") await Promise.race([context.resume(), new Promise((done) => window.setTimeout(done, 300))]);
  return audible();
}

export const audible = (): boolean => context?.state === "running";

export function play(priority: number): void {
  if (context === null || context.state !== "running") return;
  for (const [hertz, begin_s, length_s] of TUNES[priority] ?? []) note(context, hertz, context.currentTime + begin_s, length_s);
}

function note(on: AudioContext, hertz: number, at_s: number, length_s: number): void {
  const tone = on.createOscillator();
  const loudness = on.createGain();
  tone.frequency.value = hertz;
  loudness.gain.setValueAtTime(0, at_s);
  loudness.gain.linearRampToValueAtTime(LOUD, at_s + 0.02);
  loudness.gain.linearRampToValueAtTime(0, at_s + length_s);
  tone.connect(loudness).connect(on.destination);
  tone.start(at_s);
  tone.stop(at_s + length_s);
}

/** What makes a row new to the ear: it, and since when it asks. */
export const occurrence = (item: Item): string => `${item.id} ${item.alarmed_at ?? item.raised_at}`;

/** How urgent a row is to eye and ear: a case that became an alarm is as urgent as it gets. */
export const urgency = (item: Item): number => (item.alarmed_at != null ? 1 : item.priority);

/** The most urgent of the open rows that were not heard yet, or null. */
export function newest(items: Iterable<Item>, heard: ReadonlySet<string>): number | null {
  const fresh = [...items].filter((item) => stage(item) === "open" && !heard.has(occurrence(item)));
  return fresh.length === 0 ? null : Math.min(...fresh.map(urgency));
}
