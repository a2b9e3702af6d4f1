// Settings: a form from the gate's own models, what would change, and whether the gate came up with it.

import { ask, frame, isOver, made } from "./frame.js";
import { entryOf } from "./entry.js";
import { labelOf, tableOf } from "./labels.js";
import { faultOf, told, word } from "./words.js";

const AGAIN_MS = 700;
const at = (id) => document.getElementById(id);
const pause = (for_ms) => new Promise((done) => setTimeout(done, for_ms));

let form = null; // what the gate said: tables, values, digest
let changes = {}; // key to text as typed, or null: take it out
let faults = [];
let weighed = null; // the differences, while they are looked at
const open = new Set(); // tables that are unfolded
const sure = new Set();

// `kept`: what was filled in and is to be corrected.
async function load(kept = {}) {
  const said = await ask("/settings/form");
  if (said === null) return setTimeout(load, AGAIN_MS, kept);
  form = said.tables ? said : null;
  changes = kept;
  faults = said.faults ?? [];
  weighed = null;
  show();
}

// ---- filling in -----------------------------------------------------------------------------------------------------

const standing = (key) => (key in changes ? changes[key] : form.values[key] === undefined ? null : typed(form.values[key]));

export function typed(value) {
  if (Array.isArray(value)) return value.every((one) => typeof one === "string") ? value.join("\n") : JSON.stringify(value);
  return String(value);
}

function change(key, text) {
  const was = form.values[key] === undefined ? null : typed(form.values[key]);
  if (text === was) delete changes[key];
  else changes[key] = text;
  faults = faults.filter((one) => one.key !== key);
  act();
}

function variantOf(table) {
  if (!table.chooser) return table.variants[0];
  const name = standing(`${table.path}.${table.chooser}`) ?? table.default;
  return table.variants.find((one) => one.name === name) ?? null;
}

const isThere = (table) => !(table.path in changes) && (form.present.includes(table.path) || Object.keys(changes).some((key) => key.startsWith(`${table.path}.`) && changes[key] !== null));

function tables() {
  const looked = at("find").value.trim().toLowerCase();
  const cards = form.tables.map((table) => card(table, looked)).filter(Boolean);
  at("tables").replaceChildren(...cards);
  at("nothing-found").hidden = cards.length > 0;
}

function card(table, looked) {
  const variant = variantOf(table);
  const entries = (variant?.entries ?? []).filter((entry) => !looked || `${entry.key} ${labelOf(entry.key)} ${tableOf(table.path)}`.toLowerCase().includes(looked));
  if (looked && entries.length === 0) return null;
  const fold = made("details", "table");
  const own = [...entries.map((entry) => entry.key), table.path, `${table.path}.${table.chooser}`];
  const wrong = faults.some((one) => one.key !== null && own.includes(one.key));
  fold.open = Boolean(looked) || open.has(table.path) || wrong;
  fold.addEventListener("toggle", () => (fold.open ? open.add(table.path) : open.delete(table.path)));
  const count = own.filter((key) => key in changes).length;
  const badge = count ? [made("b", "badge", told("changed_count", { count }))] : [];
  fold.append(made("summary", "", made("span", "name", tableOf(table.path)), ...badge, made("code", "", table.path ? `[${table.path}]` : "")));
  fold.append(...inside(table, variant, entries));
  return fold;
}

function inside(table, variant, entries) {
  const help = made("details", "help", made("summary", "", word("explained")), ...explained(variant?.says ?? ""));
  const top = variant?.says ? [help] : [];
  if (table.may_lack && !isThere(table)) return [...top, made("p", "quiet", word("not_there")), ...entries.map((entry) => row(entry, table))];
  const lack = table.may_lack ? [takeOut(table)] : [];
  return [...top, ...chooser(table), ...faultsOf(table.path), ...entries.map((entry) => row(entry, table)), ...lack];
}

function explained(says) {
  return says.split(/\n\s*\n/).map((part) => {
    const line = made("p", "");
    line.lang = "en";
    part.split("`").forEach((piece, index) => line.append(index % 2 ? made("code", "", piece) : piece));
    return line;
  });
}

function chooser(table) {
  if (!table.chooser) return [];
  const key = `${table.path}.${table.chooser}`;
  const choices = table.variants.map((one) => one.name);
  return [row({ key, kind: "choice", choices, default: table.default, must: table.default === null }, table)];
}

function takeOut(table) {
  const button = made("button", "", word("take_out"));
  button.type = "button";
  button.addEventListener("click", () => {
    for (const key of Object.keys(changes)) if (key.startsWith(`${table.path}.`)) delete changes[key];
    change(table.path, null);
    tables();
  });
  return button;
}

function row(entry, table) {
  const holder = entryOf(entry, standing(entry.key), (text) => {
    delete changes[table.path];
    change(entry.key, text);
    if (entry.kind === "choice" && entry.key === `${table.path}.${table.chooser}`) tables();
  });
  holder.classList.toggle("changed", entry.key in changes);
  const wrong = faultsOf(entry.key);
  holder.append(...wrong);
  if (wrong.length) holder.querySelector("input, select, textarea").setAttribute("aria-invalid", "true");
  return holder;
}

// What the gate says of a key, without its name, which stands above.
function faultsOf(key) {
  return faults.filter((one) => one.key === key).map((one) => {
    const remedy = one.remedy && one.remedy !== "Correct the value." ? `. ${one.remedy}` : "";
    return made("p", "fault", faultOf(one.what.replace(/^key `[^`]*` ?(= )?/, "")), remedy);
  });
}

// ---- weighing -------------------------------------------------------------------------------------------------------

const plain = (value) => (typeof value === "string" ? value : JSON.stringify(value));

// A value of a difference; where the key is left out, what holds then.
function shown(key, value) {
  if (value !== null) return made("code", "", plain(value));
  const usual = entriesOf(key).find((entry) => entry.default != null)?.default;
  return made("code", "", usual === undefined ? word("default") : `${plain(usual)} (${word("default")})`);
}

const entriesOf = (key) => form.tables.flatMap((table) => table.variants.flatMap((one) => one.entries)).filter((entry) => entry.key === key);

function difference(one) {
  const line = made("li", "panel", made("b", "", labelOf(one.key)), " ", made("code", "key", one.key), made("p", "", shown(one.key, one.old), " → ", shown(one.key, one.new)));
  if (!weighed.careful.includes(one.key)) return line;
  const box = made("input");
  box.type = "checkbox";
  box.checked = sure.has(one.key);
  box.addEventListener("change", () => {
    box.checked ? sure.add(one.key) : sure.delete(one.key);
    act();
  });
  line.classList.add("careful");
  line.append(made("label", "sure", box, made("span", "", word("sure"))));
  return line;
}

async function weigh() {
  const said = await ask("/settings/try", { digest: form.digest, changes });
  if (said === null) return;
  faults = said.faults;
  sure.clear();
  weighed = faults.length || said.differences.length === 0 ? null : said;
  if (!faults.length && weighed === null) changes = {};
  show();
  document.querySelector(faults.length ? ".fault" : "#weighing")?.scrollIntoView({ block: "center" });
}

async function keep() {
  const said = await ask("/settings/keep", { digest: form.digest, changes, sure: [...sure] });
  if (said === null) return;
  if (said.ask) return follow(said.ask);
  faults = said.faults ?? [];
  weighed = null;
  show();
}

async function undo() {
  const said = await ask("/settings/undo", { digest: form.digest });
  if (said?.ask) return follow(said.ask);
  if (said) faults = said.faults;
  show();
}

// ---- taking effect --------------------------------------------------------------------------------------------------

async function follow(name) {
  document.body.dataset.taking = name;
  const begun_ms = performance.now();
  for (const id of ["filling", "weighing", "act"]) at(id).hidden = true;
  let said = null;
  while (!isOver() && (said?.ask !== name || said.state === "starting")) {
    taking("fair", told("taking", { s: Math.round((performance.now() - begun_ms) / 1000) }), word("taking_says"));
    await pause(AGAIN_MS);
    said = (await ask("/settings/answer")) ?? said;
  }
  delete document.body.dataset.taking;
  if (isOver()) return;
  if (said.state === "taken") taking("good", word("taken"), "");
  else taking("bad", word("back_again"), said.why);
  load(said.state === "taken" ? {} : changes);
}

function taking(grade, says, why) {
  at("taking").hidden = false;
  at("taking").className = `panel ${grade}`;
  const more = why ? [made("p", "quiet", why)] : [];
  const next = made("a", "", word("see_self_test"));
  next.href = "/self-test";
  at("taking").replaceChildren(made("p", "mark", says), ...more, ...(grade === "good" ? [next] : []));
}

// ---- showing it -----------------------------------------------------------------------------------------------------

function last() {
  const undoable = form.undo;
  at("last").hidden = !undoable;
  if (!undoable) return;
  const button = made("button", "", word("undo"));
  button.type = "button";
  button.id = "undo";
  button.addEventListener("click", undo);
  const lines = undoable.differences.map((one) => made("li", "", made("code", "key", one.key), " ", shown(one.key, one.old), " → ", shown(one.key, one.new)));
  const when = made("span", "quiet", told("changed_at", { at: undoable.at.slice(5, 16).replace("T", " "), by: undoable.by }));
  at("last").replaceChildren(made("summary", "", made("span", "name", word("last_change")), when), made("p", "quiet", word("undo_says")), made("ul", "", ...lines), button);
}

function act() {
  const count = Object.keys(changes).length;
  at("act").hidden = count === 0 || document.body.dataset.taking !== undefined;
  const loose = faults.filter((one) => one.key === null).map((one) => `${faultOf(one.what)}${one.remedy ? `. ${one.remedy}` : ""}`);
  const unsure = weighed?.careful.some((key) => !sure.has(key)) ?? false;
  at("act-says").textContent = loose.join(" ") || (faults.length ? told("fault_count", { count: faults.length }) : weighed ? (unsure ? word("confirm_each") : "") : told("changed_count", { count }));
  at("act-says").className = faults.length ? "fault" : "";
  at("back").hidden = weighed === null;
  at("discard").hidden = weighed !== null;
  at("go").textContent = word(weighed ? "apply" : "look_over");
  at("go").disabled = unsure || !form.may_write;
}

function show() {
  if (form === null) return;
  at("filling").hidden = weighed !== null;
  at("weighing").hidden = weighed === null;
  at("find").placeholder = word("find_example");
  at("may-not").hidden = form.may_write;
  tables();
  last();
  if (weighed) at("differences").replaceChildren(...weighed.differences.map(difference));
  act();
}

at("find").addEventListener("input", tables);
at("go").addEventListener("click", () => (weighed ? keep() : weigh()));
at("back").addEventListener("click", () => {
  weighed = null;
  show();
});
at("discard").addEventListener("click", () => {
  changes = {};
  faults = [];
  show();
});
frame(show);
load();
