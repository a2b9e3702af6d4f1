// One key of the form: its name in words and in the file, the right input for it, its limits, and the way back to the default.

import { made } from "./frame.js";
import { labelOf, unitOf } from "./labels.js";
import { told, word } from "./words.js";

export function entryOf(entry, text, changed) {
  const id = `in-${entry.key}`;
  const input = inputOf(entry, text);
  input.id = id;
  input.setAttribute("aria-describedby", `hint-${entry.key}`);
  const label = made("label", "", made("span", "", labelOf(entry.key)), made("code", "", entry.key));
  label.htmlFor = id;
  const hint = made("p", "quiet", hintOf(entry));
  hint.id = `hint-${entry.key}`;
  const unit = unitOf(entry.key);
  const field = made("div", "field", input, ...(unit ? [made("span", "unit", unit)] : []));
  const holder = made("div", "entry", label, field, hint);
  holder.dataset.key = entry.key;
  input.addEventListener("input", () => {
    holder.classList.add("changed");
    input.removeAttribute("aria-invalid");
    changed(input.value === "" && (entry.kind !== "text" || !entry.must) ? null : input.value);
  });
  return holder;
}

function inputOf(entry, text) {
  if (entry.kind === "switch") return chosen(["true", "false"], entry, text, (one) => word(one === "true" ? "yes" : "no"));
  if (entry.kind === "choice") return chosen(entry.choices.map(String), entry, text, (one) => one);
  const large = entry.kind === "lines" || entry.kind === "json";
  const input = made(large ? "textarea" : "input");
  if (!large) input.type = "text";
  if (large) input.rows = Math.min(6, Math.max(2, (text ?? "").split("\n").length + Math.floor((text ?? "").length / 40)));
  if (entry.kind === "number") input.inputMode = entry.least != null && entry.least >= 0 ? "decimal" : "text";
  if (entry.kind === "whole") input.inputMode = "numeric";
  input.autocomplete = "off";
  input.spellcheck = false;
  input.autocapitalize = "off";
  input.value = text ?? "";
  input.placeholder = usual(entry);
  return input;
}

function chosen(choices, entry, text, said) {
  const select = made("select");
  const options = choices.map((one) => option(one, said(one), one === text));
  const usually = entry.default === null || entry.default === undefined ? "–" : said(String(entry.default));
  if (!entry.must || text === null) options.unshift(option("", entry.must ? "–" : `${usually} (${word("default")})`, text === null));
  select.append(...options);
  return select;
}

function option(value, says, now) {
  const one = made("option", "", says);
  one.value = value;
  one.selected = now;
  return one;
}

const usual = (entry) => (entry.default === null || entry.default === undefined ? "" : Array.isArray(entry.default) ? JSON.stringify(entry.default) : String(entry.default));

function hintOf(entry) {
  const limits = [entry.least != null && `≥ ${entry.least}`, entry.above != null && `> ${entry.above}`, entry.most != null && `≤ ${entry.most}`, entry.below != null && `< ${entry.below}`];
  const kind = { lines: word("one_a_line"), json: word("in_brackets") }[entry.kind];
  const normally = entry.kind === "switch" || entry.kind === "choice" ? "" : usual(entry);
  const rest = entry.must ? word("must_be_given") : normally ? told("default_is", { value: normally }) : "";
  return [limits.filter(Boolean).join(", "), kind, rest].filter(Boolean).join(" · ");
}
