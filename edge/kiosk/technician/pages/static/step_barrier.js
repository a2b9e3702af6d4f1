// The barrier: opened once by somebody who stands there, its inputs seen to react.

import { ask } from "./ask.js";
import { made } from "./frame.js";
import { say } from "./set_up_words.js";

let sure = false;
let moving = false;

const needed = (now) => now.state.steps.barrier !== "not_needed";
const works = (now) => now.state.arm_test?.opened_s != null && now.state.arm_test?.shut_s != null;

function input(now, name, wired) {
  if (!wired) return ["unknown", say(`${name}_not_wired`)];
  const is = say(`${name}_${now.state.arm[name]}`);
  return [now.state.reacted[name] ? "good" : "fair", say(now.state.reacted[name] ? `${name}_reacts` : `${name}_try`), is];
}

function moved(now) {
  const test = now.state.arm_test;
  if (moving) return ["busy", say(now.state.arm.barrier_open ? "arm_up" : "arm_asked")];
  if (test === null) return ["fair", say("arm_untested")];
  if (test.opened_s === null) return ["bad", say("arm_did_not_open")];
  if (test.shut_s === null) return ["bad", say("arm_did_not_shut")];
  return ["good", say("arm_works", { opened: test.opened_s.toFixed(1), shut: test.shut_s.toFixed(1) })];
}

export default {
  key: "barrier",
  stages: ["colour"],
  draw(holder, now, redraw) {
    if (!needed(now)) return holder.replaceChildren(made("p", "", say("no_barrier")));
    const tick = Object.assign(document.createElement("input"), { type: "checkbox", id: "nobody-under", checked: sure });
    const open = Object.assign(made("button", "warn", say("open_once")), { id: "open-once", type: "button" });
    tick.addEventListener("change", () => {
      sure = tick.checked;
      redraw();
    });
    open.addEventListener("click", async () => {
      moving = true;
      redraw();
      try {
        await ask("open", { nobody_under: sure });
      } catch (refused) {
        this.refused(refused);
      }
      moving = sure = false;
      this.draw(holder, now, redraw);
      redraw();
    });
    holder.replaceChildren(made("label", "choice-row", tick, made("span", "", say("nobody_under"))), open);
  },
  show(now) {
    const open = document.getElementById("open-once");
    if (open) open.disabled = !sure || moving;
  },
  facts(now) {
    if (!needed(now)) return [];
    const { barrier, fire_line } = now.state.settings;
    return [moved(now), input(now, "arm_clear", barrier.arm_clear_line != null), input(now, "fire", fire_line !== null)];
  },
  go: (now) => ({ label: say(needed(now) ? "barrier_right" : "go_on"), off: needed(now) && (moving || !works(now)) }),
  async run(now) {
    if (needed(now)) await ask("confirm", { step: "barrier" });
    return true;
  },
};
