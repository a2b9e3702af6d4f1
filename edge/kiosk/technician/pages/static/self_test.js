// One button: every part of the running gate, and what to do where one does not work.

import { ask, frame, made } from "./frame.js";
import { inLanguage, told, word } from "./words.js";

const GRADES = { works: "good", "does not": "bad", "not used": "" };
const WORDS = { works: "works", "does not": "does_not", "not used": "not_used" };
const at = (id) => document.getElementById(id);
const parts = await fetch("/static/parts.json").then((answer) => answer.json());

let said = null;

function card(one) {
  const head = made("div", "head", made("span", "", inLanguage(parts[one.part]) ?? one.part), made("span", "mark", word(WORDS[one.outcome])));
  const lines = [one.detail, one.where, one.remedy].map((text, index) => text && made("p", index === 1 ? "quiet" : "", text)).filter(Boolean);
  for (const text of lines) text.lang = "en";
  return made("li", `card ${GRADES[one.outcome]}`, head, ...lines);
}

function show() {
  at("testing").hidden = said === null || !said.broken;
  if (said === null) return;
  at("testing").textContent = said.broken ? told("test_broken", { why: said.broken }) : "";
  const order = ["does not", "works", "not used"];
  const sorted = [...said.findings].sort((one, other) => order.indexOf(one.outcome) - order.indexOf(other.outcome));
  at("findings").replaceChildren(...sorted.map(card));
}

at("test").addEventListener("click", async () => {
  at("test").disabled = true;
  at("testing").hidden = false;
  at("testing").textContent = word("testing");
  said = (await ask("/self-test/run", {})) ?? said;
  at("test").disabled = false;
  show();
});
frame(show);
at("test").disabled = false;
