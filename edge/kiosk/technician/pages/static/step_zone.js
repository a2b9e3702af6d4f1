// The zone, drawn on the live picture: corners by finger, mouse or arrow keys.

import { ask, change } from "./ask.js";
import { made } from "./frame.js";
import { say } from "./set_up_words.js";
import { polygon, shape } from "./stage.js";

const STEP = 0.01;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const FEWEST = 3;
const MOST = 32;
const TOUCH_PX = 24;
const at = (id) => document.getElementById(id);
const inside = (share) => Math.min(1, Math.max(0, Math.round(share * 1000) / 1000));

let corners = null;
let picked = 0;
let size = [640, 480];

const same = (zone) => JSON.stringify(corners) === JSON.stringify(zone);

function place(index, x, y) {
  corners[index] = [inside(x), inside(y)];
  outline();
}

// Shares of the picture where a pointer is.
function pointed(event) {
  const box = at("draw").getBoundingClientRect();
  return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
}

function corner(index) {
  const [x, y] = corners[index];
  const radius = (TOUCH_PX * size[0]) / Math.max(1, at("draw").clientWidth);
  const node = shape("circle", { cx: x * size[0], cy: y * size[1], r: radius, tabindex: 0, role: "button", "aria-label": say("corner", { number: index + 1 }) }, "handle");
  node.toggleAttribute("data-picked", index === picked);
  node.addEventListener("focus", () => pick(index));
  node.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    node.setPointerCapture(event.pointerId);
    pick(index);
    node.onpointermove = (moved) => place(index, ...pointed(moved));
  });
  node.addEventListener("pointerup", () => (node.onpointermove = null));
  node.addEventListener("keydown", (event) => {
    const way = ARROWS[event.key];
    if (way) place(index, ...corners[index].map((share, axis) => share + way[axis] * STEP * (event.shiftKey ? 5 : 1)));
    if (event.key === "Delete") remove();
    if (way || event.key === "Delete") event.preventDefault();
  });
  return node;
}

function pick(index) {
  picked = index;
  for (const [number, node] of [...at("draw").querySelectorAll(".handle")].entries()) node.toggleAttribute("data-picked", number === index);
}

// Corners that exist are moved and not made anew: a finger or the keyboard is on one of them.
function outline() {
  const handles = [...at("draw").querySelectorAll(".handle")];
  const shown = polygon(corners.map(([x, y]) => [x * size[0], y * size[1]]), "zone-drawn");
  at("draw").querySelector(".zone-drawn").replaceWith(shown);
  for (const [index, node] of handles.entries()) {
    node.setAttribute("cx", corners[index][0] * size[0]);
    node.setAttribute("cy", corners[index][1] * size[1]);
  }
  changed();
}

let changed = () => {};

function whole() {
  at("draw").setAttribute("viewBox", `0 0 ${size[0]} ${size[1]}`);
  at("draw").replaceChildren(polygon(corners.map(([x, y]) => [x * size[0], y * size[1]]), "zone-drawn"), ...corners.map((_, index) => corner(index)));
  changed();
}

function add() {
  if (corners.length >= MOST) return;
  const next = corners[(picked + 1) % corners.length];
  corners.splice(picked + 1, 0, corners[picked].map((share, axis) => inside((share + next[axis]) / 2)));
  picked += 1;
  whole();
}

function remove() {
  if (corners.length <= FEWEST) return;
  corners.splice(picked, 1);
  picked = Math.max(0, picked - 1);
  whole();
}

function button(key, what) {
  const node = made("button", "", say(key));
  node.type = "button";
  node.id = key;
  node.addEventListener("click", what);
  return node;
}

export default {
  key: "zone",
  stages: ["colour"],
  draw(holder, now, redraw) {
    size = now.state.settings.colour_size;
    corners ??= now.state.settings.zone.polygon.map((one) => [...one]);
    at("draw").toggleAttribute("hidden", false);
    changed = redraw;
    const back = () => {
      corners = now.state.settings.zone.polygon.map((one) => [...one]);
      whole();
    };
    holder.replaceChildren(made("div", "both", button("add_corner", add), button("remove_corner", remove), button("as_it_was", back)), made("p", "quiet", say("zone_keys")));
    changed = () => {};
    whole();
    changed = redraw;
  },
  leave() {
    at("draw").toggleAttribute("hidden", true);
    corners = null;
  },
  go: (now) => ({ label: say(corners === null || same(now.state.settings.zone.polygon) ? "this_is_right" : "use_this_zone") }),
  async run() {
    if (!(await change("zone", { polygon: corners }))) return false;
    await ask("confirm", { step: "zone" });
    return true;
  },
};
