// The first set-up: one step a screen, taken up where the gate says that it stands. Nothing is remembered here.

import { state as asked } from "./ask.js";
import { frame, isOver, made } from "./frame.js";
import { moment } from "./moment.js";
import { faces } from "./panels.js";
import { say } from "./set_up_words.js";
import { drawings, pictures } from "./stage.js";
import aim from "./step_aim.js";
import barrier from "./step_barrier.js";
import calibrate from "./step_calibrate.js";
import cameras from "./step_cameras.js";
import pair from "./step_pair.js";
import reference from "./step_reference.js";
import visitor from "./step_visitor.js";
import zone from "./step_zone.js";

const STEPS = [cameras, zone, aim, reference, calibrate, barrier, pair, visitor];
const STATE_MS = 500;
const LOOK_MS = 200;
const AWAY_MS = 1000;
const MARKS = { done: "good", to_do: "fair" };
const at = (id) => document.getElementById(id);
const pause = (for_ms) => new Promise((done) => setTimeout(done, Math.max(0, for_ms)));

const now = { state: null, look: null };
const seen = new Set(); // pictures that came once; a moment without one leaves them as they were
let step = null;
let busy = false;

const needOf = (one) => now.state.steps[one.key];
const needed = (one) => needOf(one) !== "not_needed";

// ---- where we are ---------------------------------------------------------------------------------------------------

// The first step that is to be done, from `index` on.
const nextFrom = (index) => STEPS.slice(index).find((one) => needOf(one) === "to_do") ?? STEPS.at(-1);

function go(to) {
  step?.leave?.();
  step = to;
  at("step").dataset.step = step.key;
  step.refused = refused;
  refused(null);
  at("steps").hidden = true;
  at("overview").setAttribute("aria-expanded", "false");
  draw();
  step.enter?.(redraw)?.catch(refused);
  window.scrollTo(0, 0);
  at("title").focus({ preventScroll: true });
}

function beside(way) {
  const index = STEPS.indexOf(step);
  for (let other = index + way; STEPS[other]; other += way) if (needed(STEPS[other])) return STEPS[other];
  return null;
}

// ---- showing it -----------------------------------------------------------------------------------------------------

function draw() {
  if (step === null) return;
  at("title").textContent = say(`title_${step.key}`);
  at("intro").textContent = say(`intro_${step.key}`);
  at("content").replaceChildren();
  const inside = made("div", "inside");
  at("content").append(inside);
  step.draw(inside, now, redraw);
  show();
}

// A step that lists things draws itself anew; one in which somebody types or drags does not.
function redraw() {
  if (step === cameras) step.draw(at("content").firstChild, now, redraw);
  show();
}

function fact([grade, words, more]) {
  const line = made("p", `mark ${grade}`);
  line.innerHTML = `<svg aria-hidden="true"><use href="#mark-${grade}"></use></svg>`;
  line.append(words);
  return made("li", "", line, ...(more ? [made("p", "quiet", more)] : []));
}

function show() {
  if (step === null || now.state === null) return;
  step.show?.(now, at("content").firstChild, redraw);
  facts(step.facts?.(now) ?? []);
  stages();
  way();
  const { label, off } = step.go(now);
  at("go").textContent = label;
  at("go").disabled = busy || Boolean(off);
  at("back").textContent = say("back");
  at("back").disabled = busy || beside(-1) === null;
  at("skip").textContent = say("later");
  at("skip").hidden = !(now.state.optional.includes(step.key) && needOf(step) === "to_do");
  at("skip").disabled = busy;
}

// Only what is new is said again: it is read aloud where somebody listens.
function facts(told) {
  const said = JSON.stringify(told);
  if (at("facts").dataset.said === said) return;
  at("facts").dataset.said = said;
  at("facts").replaceChildren(...told.map(fact));
}

function stages() {
  const there = { colour: true, thermal: now.state.settings.thermal !== "none" };
  for (const kind of now.look?.pictures ?? []) seen.add(kind);
  for (const kind of ["colour", "thermal"]) at(`stage-${kind}`).hidden = !(step.stages.includes(kind) && there[kind] && seen.has(kind));
  at("stages").className = step.beside && there.thermal ? "beside" : "";
  at("people").hidden = !(step.people?.(now) && now.look?.record);
}

function way() {
  const index = STEPS.indexOf(step);
  at("where").textContent = say("where", { number: index + 1, of: STEPS.length, name: say(`step_${step.key}`) });
  at("progress").replaceChildren(...STEPS.map((one) => Object.assign(made("i", needOf(one)), { id: one === step ? "here" : "" })));
  at("step").hidden = !at("steps").hidden;
  if (!at("steps").hidden) at("steps").replaceChildren(...STEPS.map(row));
}

function row(one, index) {
  const button = made("button", "", made("span", "", `${index + 1}. ${say(`step_${one.key}`)}`), fact([MARKS[needOf(one)] ?? "unknown", say(needOf(one))]).firstChild);
  if (!needed(one)) button.lastChild.replaceWith(made("span", "quiet", say("not_needed")));
  button.disabled = busy;
  button.addEventListener("click", () => go(one));
  return made("li", "", button);
}

function refused(error) {
  at("refusal").hidden = error === null;
  at("refusal").textContent = error?.message ?? "";
}

// ---- doing it -------------------------------------------------------------------------------------------------------

async function run() {
  busy = true;
  refused(null);
  show();
  let done = false;
  try {
    done = await step.run(now);
  } catch (error) {
    refused(error);
  }
  busy = false;
  await newState();
  if (done) return go(nextFrom(STEPS.indexOf(step) + 1));
  draw();
  if (at("refusal").hidden) window.scrollTo(0, 0);
  else at("refusal").scrollIntoView({ block: "center" });
}

async function newState() {
  const said = await asked();
  if (said === null) return false;
  now.state = said;
  if (step === null) go(nextFrom(0));
  show();
  return true;
}

async function states() {
  while (!isOver()) await pause((await newState()) ? STATE_MS : AWAY_MS);
}

async function looks() {
  while (!isOver()) {
    try {
      const got = await moment(now.look?.number ?? 0);
      if (got === null) return;
      const [said, blobs] = got;
      if (said.record) {
        await pictures(said, blobs);
        now.look = said;
        drawings(said);
        step?.mark?.(now);
        if (step?.people?.(now)) faces(said);
      } else now.look = { ...said, number: 0 };
      show();
      await pause(LOOK_MS);
    } catch {
      now.look = null; // another process answers next, and counts anew
      await pause(AWAY_MS);
    }
  }
}

at("go").addEventListener("click", run);
at("back").addEventListener("click", () => go(beside(-1)));
at("skip").addEventListener("click", () => go(beside(1)));
at("overview").addEventListener("click", () => {
  at("steps").hidden = !at("steps").hidden;
  at("overview").setAttribute("aria-expanded", String(!at("steps").hidden));
  show();
});
frame(() => {
  at("page-title").textContent = say("page_title");
  document.title = say("page_title");
  draw();
});
states();
looks();
