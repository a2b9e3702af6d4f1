// What the technician's pages have in common: who and how long, the way between them, and the end.

import { speak, told, word } from "./words.js";

const ROOMS = [
  ["look", "/"],
  ["settings", "/settings"],
  ["log", "/log"],
  ["self_test", "/self-test"],
  ["set_up", "/set-up"],
];
const ASK_MS = 15_000;
const at = (id) => document.getElementById(id);

let until_ms = null; // the end, by this page's own clock
let over = null; // why nothing comes any more

export const isOver = () => over !== null;

// The element of this name, with a class and what is in it.
export function made(name, kind = "", ...inside) {
  const node = document.createElement(name);
  if (kind) node.className = kind;
  node.append(...inside);
  return node;
}

// An answer as JSON, also of a refusal; null where the gate cannot be reached. Without the session everything is over.
export async function ask(path, body) {
  const asked = body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  try {
    const answer = await fetch(path, asked);
    if (answer.status === 401) end("over");
    away(false);
    return answer.ok || answer.status === 409 ? await answer.json() : null;
  } catch {
    if (until_ms !== null && performance.now() > until_ms) end("over");
    away(true);
    return null;
  }
}

export function end(why) {
  over = why;
  document.querySelector("main")?.setAttribute("hidden", "");
  if (at("rooms")) at("rooms").hidden = true;
  at("close").hidden = true;
  at("remaining").textContent = "";
  trouble(why);
}

function away(gone) {
  if (over === null && document.body.dataset.taking === undefined) trouble(gone ? "away" : null);
}

function trouble(key) {
  at("trouble").hidden = key === null;
  at("trouble").textContent = key === null ? "" : word(key);
}

export function rooms() {
  const links = ROOMS.map(([name, path]) => {
    const link = made("a", "", word(`nav_${name}`));
    link.href = path;
    if (location.pathname === path) link.setAttribute("aria-current", "page");
    return link;
  });
  at("rooms").setAttribute("aria-label", word("title"));
  at("rooms").replaceChildren(...links);
}

function tick() {
  if (over !== null || until_ms === null) return;
  const left_s = Math.round((until_ms - performance.now()) / 1000);
  if (left_s <= 0) return end("over");
  at("remaining").textContent = told("remaining", { minutes: Math.floor(left_s / 60), seconds: String(left_s % 60).padStart(2, "0") });
}

async function about() {
  const said = over === null ? await ask("/about") : null;
  if (said === null) return;
  until_ms = performance.now() + 1000 * said.remaining_s;
  at("gate").textContent = said.gate;
  tick();
}

export function frame(changed) {
  at("close").addEventListener("click", async () => {
    await fetch("/close", { method: "POST" }).catch(() => null);
    end("closed");
  });
  speak(() => {
    rooms();
    document.title = `${word("title")} · ${word(`nav_${ROOMS.find(([, path]) => path === location.pathname)?.[0] ?? "look"}`)}`;
    if (over !== null) trouble(over);
    changed();
  });
  about();
  setInterval(about, ASK_MS);
  setInterval(tick, 1000);
}
