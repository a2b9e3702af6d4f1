/** What a row or an entry says, in the screen's words. */
import { named, teller } from "../casework/words";
import { deedWord } from "../words/deed_words";
import { word, type Say } from "../words/say";
import type { Language } from "../words/table";
import type { Part } from "./address";

export function whatOf(say: Say, language: Language, part: Part, what: string, entry = false): string {
  switch (part) {
    case "visits":
      return word(say, "verdict", what);
    case "alarms":
      return word(say, entry ? "move" : "kind", what);
    case "cases":
      return entry ? named(teller(language), "step", what) : word(say, "kind", what);
    case "audit":
      return deedWord(language, what);
  }
}

export function stateOf(say: Say, language: Language, part: Part, state: string): string {
  if (state === "") return "";
  if (part === "visits") return word(say, "mask", state);
  if (part === "alarms") return word(say, "standing", state);
  if (part !== "cases") return state;
  const tell = teller(language);
  return named(tell, ["open", "taken", "closed"].includes(state) ? "state" : "outcome", state);
}
