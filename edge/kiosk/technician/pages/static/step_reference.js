// The reference body: touched in the thermal picture, looked for there, and believed or not.

import { ask, change } from "./ask.js";
import { made } from "./frame.js";
import { say } from "./set_up_words.js";
import { whyOf } from "./words.js";
import { shape } from "./stage.js";

const at = (id) => document.getElementById(id);
let touched = null; // what the gate found there
let place = null;
let busy = false;
let wrong = null;
let again = () => {};

const setpoint = () => Number(at("setpoint").value);

async function look(row, col) {
  place = { row, col };
  busy = true;
  wrong = null;
  again();
  try {
    touched = await ask("touch", { row, col, setpoint_c: setpoint() });
  } catch (refused) {
    wrong = refused.message;
  }
  busy = false;
  again();
}

// A thermal pixel's middle is at whole numbers; the picture begins half a pixel before.
function finger(event) {
  const node = at("on-thermal");
  const box = node.getBoundingClientRect();
  const [, , wide, high] = node.getAttribute("viewBox").split(" ").map(Number);
  look(((event.clientY - box.top) / box.height) * high - 0.5, ((event.clientX - box.left) / box.width) * wide - 0.5);
}

function number(id, label, value, least, most) {
  const input = Object.assign(document.createElement("input"), { type: "number", id, value, min: least, max: most, step: 0.1, inputMode: "decimal" });
  return made("label", "field", made("span", "", label), input);
}

function byKeys(now) {
  const search = made("button", "", say("look_there"));
  search.addEventListener("click", () => look(Number(at("body-row").value), Number(at("body-col").value)));
  const { row, col } = place ?? now.state.settings.reference;
  const [wide, high] = now.state.settings.thermal_size;
  return made("details", "", made("summary", "", say("by_numbers")), number("body-row", say("row"), row.toFixed(1), 0, high - 1), number("body-col", say("col"), col.toFixed(1), 0, wide - 1), search);
}

const isFound = () => touched !== null && touched.why === null;

export default {
  key: "reference",
  stages: ["thermal"],
  draw(holder, now, redraw) {
    again = redraw;
    at("on-thermal").onclick = finger;
    const setTo = number("setpoint", say("setpoint"), now.state.settings.reference.setpoint_c, 20, 60);
    setTo.lastChild.addEventListener("change", () => place && look(place.row, place.col));
    holder.replaceChildren(setTo, byKeys(now));
  },
  mark(now) {
    if (!touched || !at("on-thermal").hasAttribute("viewBox")) return;
    at("on-thermal").append(shape("circle", { cx: touched.col, cy: touched.row, r: touched.radius_px }, touched.why ? "body-lost" : "body-touched"));
  },
  facts(now) {
    if (busy) return [["busy", say("looking")]];
    if (wrong) return [["bad", wrong]];
    if (touched === null) return [seen(now)];
    const read = touched.raw_c === null ? "" : say("body_reads", { raw: touched.raw_c.toFixed(2), set: touched.setpoint_c.toFixed(1), off: (touched.setpoint_c - touched.raw_c).toFixed(2) });
    return [isFound() ? ["good", say("body_there"), read] : ["bad", say("body_not_there", { why: whyOf(touched.why) }), read]];
  },
  leave() {
    at("on-thermal").onclick = null;
    touched = place = wrong = null;
  },
  go(now) {
    if (touched) return { label: say("use_this_body"), off: busy || !isFound() };
    return { label: say("this_is_right"), off: busy || seen(now)[0] !== "good" };
  },
  async run() {
    const { row, col, radius_px, setpoint_c } = touched ?? {};
    if (touched && !(await change("reference", { row, col, radius_px, setpoint_c }))) return false;
    touched = null;
    await ask("confirm", { step: "reference" });
    return true;
  },
};

// As the gate itself follows it now.
function seen(now) {
  const reference = now.look?.record?.reference;
  const body = reference?.bodies?.[0];
  if (!body) return ["bad", say("body_lost_now", { why: reference?.why ? whyOf(reference.why) : say("touch_it") })];
  const set = now.state.settings.reference.setpoint_c;
  return ["good", say("body_followed"), say("body_reads", { raw: body.raw_c.toFixed(2), set: set.toFixed(1), off: (set - body.raw_c).toFixed(2) })];
}
