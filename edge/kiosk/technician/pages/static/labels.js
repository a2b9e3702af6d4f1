// What tables and keys are called, in the language of the page; the unit is in the key's own name.

import { inLanguage } from "./words.js";

const all = await fetch("/static/labels.json").then((answer) => answer.json());
const UNITS = { s: "s", ms: "ms", c: "°C", m: "m", mm: "mm", px: "px", deg: "°", h: "h", days: "d", mb: "MB", hz: "Hz", rad: "rad", fps: "1/s", bits: "bit" };

export const tableOf = (path) => inLanguage(all.tables[path]) ?? path;

export function labelOf(key) {
  const name = key.slice(key.lastIndexOf(".") + 1);
  return inLanguage(all.keys[key] ?? all.keys[name]) ?? name;
}

export function unitOf(key) {
  const name = key.slice(key.lastIndexOf(".") + 1);
  const last = name.slice(name.lastIndexOf("_") + 1);
  if (name.endsWith("_c_per_h")) return "°C/h";
  if (name.endsWith("_mm_px")) return "mm/px";
  if (name === "fps") return "1/s";
  return name.includes("_") ? UNITS[last] : undefined;
}
