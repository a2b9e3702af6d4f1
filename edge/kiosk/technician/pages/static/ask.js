// Asking the gate to do something, and changing its settings: first shown, then kept, then taken by the gate.

import { ask as spoken, isOver, made } from "./frame.js";
import { say } from "./set_up_words.js";

const at = (id) => document.getElementById(id);
const AGAIN_MS = 500;
const PATIENCE_MS = 240_000;
const pause = (for_ms) => new Promise((done) => setTimeout(done, for_ms));

// What the gate answers; throws an Error with words where it refuses.
export async function ask(act, asked = {}) {
  const said = await spoken(`/set-up/${act}`, asked);
  if (said === null) throw new Error(say("away"));
  if (said.what === undefined) return said;
  throw new Error([said.where, said.what].filter(Boolean).join(": ") + (said.remedy ? ` ${said.remedy}` : ""));
}

export const state = () => spoken("/set-up/state");

// True once the gate runs with it; false where somebody thought better of it.
export async function change(act, asked) {
  const { differences } = await ask(act, { ...asked, apply: false });
  if (differences.length === 0) return true;
  if (!(await agreed(differences))) return false;
  const { ask: name } = await ask(act, { ...asked, apply: true });
  await taken(name);
  return true;
}

export async function undo() {
  const { ask: name } = await ask("undo");
  await taken(name);
}

function agreed(differences) {
  at("change-title").textContent = say("will_change");
  at("change-note").textContent = say("starts_again");
  at("yes").textContent = say("apply");
  at("no").textContent = say("leave");
  at("differences").replaceChildren(...differences.flatMap(difference));
  const dialog = at("change");
  return new Promise((done) => {
    const close = (yes) => {
      dialog.onclose = null;
      dialog.close();
      done(yes);
    };
    at("yes").onclick = () => close(true);
    at("no").onclick = () => close(false);
    dialog.onclose = () => done(false);
    dialog.showModal();
  });
}

const shown = (value) => (value === null ? say("not_there") : JSON.stringify(value));
const difference = ({ key, old, new: now }) => [made("dt", "", key), made("dd", "", made("del", "", shown(old)), " ", made("ins", "", shown(now)))];

// Waits until the gate has started with the new settings; throws where it went back to the former ones.
export async function taken(name) {
  const dialog = at("waiting");
  at("waiting-title").textContent = say("taking");
  at("waiting-note").textContent = say("taking_note");
  dialog.oncancel = (event) => event.preventDefault();
  dialog.showModal();
  try {
    for (const until_ms = performance.now() + PATIENCE_MS; performance.now() < until_ms; await pause(AGAIN_MS)) {
      if (isOver()) return;
      const now = await state(); // null meanwhile: the kiosk's process starts again too
      if (now?.taking?.ask !== name) continue;
      if (now.taking.state === "taken") return;
      if (now.taking.state === "back") throw new Error(say("went_back", { why: now.taking.why }));
    }
    throw new Error(say("no_answer"));
  } finally {
    dialog.close();
  }
}
