// The words of the set-up, beside those of the other pages.

import { inLanguage } from "./words.js";

const all = await fetch("/static/set_up_words.json").then((answer) => answer.json());

// A sentence; {name} in it is replaced.
export const say = (key, values = {}) => (inLanguage(all[key]) ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
