// The last lines of every process of the gate, the newest on top.

import { ask, frame, isOver, made } from "./frame.js";

const AGAIN_MS = 1500;
const MOST = 600;
const GRADES = [[40, "bad"], [30, "fair"]];
const at = (id) => document.getElementById(id);

let lines = []; // newest first
let newest_s = 0;
let held = false;

function line(one) {
  const grade = GRADES.find(([level]) => one.level >= level)?.[1] ?? "";
  const when = made("span", "", new Date(1000 * one.at_s).toTimeString().slice(0, 8));
  const what = made("p", "", one.text);
  what.lang = "en";
  return made("li", grade, when, made("span", "", one.part), what);
}

function show() {
  const least = Number(at("level").value);
  const wanted = lines.filter((one) => one.level >= least);
  at("lines").replaceChildren(...wanted.map(line));
  at("lines").hidden = wanted.length === 0;
  at("none").hidden = wanted.length > 0;
}

async function again() {
  const said = held ? null : await ask(`/log/lines?after=${newest_s}`);
  if (said?.lines.length) {
    newest_s = said.lines.at(-1).mono_s;
    lines = [...said.lines.reverse(), ...lines].slice(0, MOST);
    show();
  }
  if (!isOver()) setTimeout(again, AGAIN_MS);
}

at("level").addEventListener("change", show);
at("hold").addEventListener("click", () => {
  held = !held;
  at("hold").setAttribute("aria-pressed", held);
});
frame(show);
again();
