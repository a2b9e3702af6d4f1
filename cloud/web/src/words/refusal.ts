/** A refusal in this screen's language. */
import type { Refused } from "../api/client";
import { REFUSAL_WORDS, VALUE_WORDS } from "./refusal_words";
import { fill } from "./say";
import type { Language } from "./table";

type Told = Pick<Refused, "code" | "values" | "detail">;

/** Whether the cloud said exactly why; that some field does not fit, a form knows better itself. */
export const isExact = (told: Told): boolean => told.code !== "" && told.code !== "invalid";

/** The sentence of its code; the cloud's English where this screen does not know the code yet; empty where it said nothing. */
export function refusal(language: Language, told: Told): string {
  const sentence = Object.hasOwn(REFUSAL_WORDS, told.code) ? REFUSAL_WORDS[told.code] : undefined;
  if (sentence === undefined) return told.detail;
  const word = (place: string, value: unknown): string => VALUE_WORDS[`${place}.${String(value)}`]?.[language] ?? String(value);
  const filled = Object.entries(told.values).map(([place, value]) => [
    place,
    Array.isArray(value) ? value.map((one) => word(place, one)).join(language === "zh" ? "、" : ", ") : word(place, value),
  ]);
  return fill(sentence[language], Object.fromEntries(filled) as Record<string, string>);
}

/** In the language that the page is in. */
export const refusalHere = (told: Told): string => refusal(document.documentElement.lang === "zh" ? "zh" : "en", told);
