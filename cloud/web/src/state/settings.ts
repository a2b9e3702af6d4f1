/** What this browser remembers: language, theme, whether it sounds; nothing else. */
import type { Language } from "../words/table";

export type Theme = "night" | "light";

const read = (key: string): string | null => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage may be forbidden; the defaults do
  }
};

export function remember(key: "language" | "theme" | "sound", value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // storage may be forbidden; the choice then lasts until the page is left
  }
}

export function firstLanguage(): Language {
  const kept = read("language");
  if (kept === "zh" || kept === "en") return kept;
  return navigator.language.startsWith("zh") ? "zh" : "en";
}

export const firstTheme = (): Theme => (read("theme") === "light" ? "light" : "night");

/** A screen sounds unless somebody switched it off. */
export const firstSound = (): boolean => read("sound") !== "off";
