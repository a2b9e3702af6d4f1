// The technician's look: asks for the newest moment again and again, and shows it. No dependencies, no build.

import { rooms } from "./frame.js";
import { moment } from "./moment.js";
import { faces, panels } from "./panels.js";
import { drawings, pictures } from "./stage.js";
import { reasonOf, speak, told, verdictOf, word } from "./words.js";

const EVERY_MS = 180;
const AGAIN_MS = 1000;
const at = (id) => document.getElementById(id);

let look = null;
let until_ms = Infinity; // the end, by this page's own clock
let over = null; // why nothing comes any more

async function once() {
  const got = await moment(look?.number ?? 0);
  if (got === null) return end("over");
  const [said, blobs] = got;
  if (said.record) await pictures(said, blobs);
  until_ms = performance.now() + 1000 * said.remaining_s;
  look = said.record || !look ? said : { ...look, ...said, record: null };
  document.body.dataset.state = said.record ? "live" : "silent";
  show();
}

async function forEver() {
  while (over === null) {
    const begun_ms = performance.now();
    try {
      await once();
    } catch {
      if (performance.now() > until_ms) return end("over");
      document.body.dataset.state = "away";
      show();
      await pause(AGAIN_MS);
    }
    await pause(EVERY_MS - (performance.now() - begun_ms));
  }
}

const pause = (for_ms) => new Promise((done) => setTimeout(done, Math.max(0, for_ms)));

function end(why) {
  over = why;
  document.body.dataset.state = "over";
  for (const id of ["pictures", "numbers", "rooms"]) at(id).hidden = true;
  show();
}

// ---- showing it -----------------------------------------------------------------------------------------------------

function show() {
  trouble();
  if (!look || over) return;
  at("gate").textContent = look.facts.gate;
  at("remaining").textContent = told("remaining", { minutes: Math.floor(look.remaining_s / 60), seconds: String(look.remaining_s % 60).padStart(2, "0") });
  const { verdict, reason } = look.state;
  at("now").textContent = `${verdictOf(verdict)}${reason ? ` · ${reasonOf(reason)}` : ""}`;
  if (look.record) {
    drawings(look);
    faces(look);
  }
  if (look.scale_c) [at("coldest").textContent, at("warmest").textContent] = look.scale_c.map((value) => `${value} °C`);
  const heat = look.pictures.includes("laid") || look.record === null;
  at("scale").hidden = !heat;
  at("choice").hidden = !heat;
  if (!heat) together(false);
  at("fade-row").hidden = !heat || !at("stage-thermal").hidden;
  at("legend").textContent = heat ? word("legend") : word("no_thermal_picture");
  panels(look);
}

function trouble() {
  const state = document.body.dataset.state;
  const key = over ?? { away: "away", silent: "silent" }[state];
  at("trouble").hidden = !key;
  at("trouble").textContent = key ? word(key) : "";
  at("notice").hidden = over !== null;
  at("close").hidden = over !== null;
  if (over) at("remaining").textContent = "";
}

function fade() {
  at("laid").style.opacity = at("fade").value / 100;
}

function together(both) {
  at("stage-thermal").hidden = !both;
  at("laid").style.visibility = both ? "hidden" : "";
  at("fade-row").hidden = both;
  at("stages").className = both ? "together" : "";
  at("laid-over").setAttribute("aria-pressed", !both);
  at("side-by-side").setAttribute("aria-pressed", both);
}

at("fade").addEventListener("input", fade);
at("laid-over").addEventListener("click", () => together(false));
at("side-by-side").addEventListener("click", () => together(true));
at("close").addEventListener("click", async () => {
  await fetch("/close", { method: "POST" }).catch(() => null);
  end("closed");
});
fade();
speak(() => {
  rooms();
  show();
});
forEver();
