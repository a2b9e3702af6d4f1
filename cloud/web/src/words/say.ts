import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { known, WORDS, type Key, type Language } from "./table";

export type Say = ((key: Key, values?: Readonly<Record<string, string | number>>) => string) & { language: Language };

/** A sentence with its `{places}` filled in. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

export const speaker = (language: Language): Say => Object.assign((key: Key, values: Readonly<Record<string, string | number>> = {}) => fill(WORDS[key][language], values), { language });

export const Spoken = createContext<Say>(speaker("zh"));
export const useSay = (): Say => useContext(Spoken);

/** The word for a value the cloud sent; the value itself where this screen does not know it yet. */
export function word(say: Say, room: string, value: string): string {
  const key = `${room}.${value}`;
  return known(key) ? say(key) : value.replaceAll("_", " ");
}
