// Which cameras: what is plugged in, chosen, and seen to give pictures.

import { ask, change } from "./ask.js";
import { made } from "./frame.js";
import { say } from "./set_up_words.js";

let found = null;
const wanted = { colour: undefined, thermal: undefined };

const of = (kind) => (found ?? []).filter((one) => one.kind === kind);
const usedOf = (kind) => of(kind).find((one) => one.used)?.name ?? null;
const chosen = (kind) => (wanted[kind] === undefined ? usedOf(kind) : wanted[kind]);

function choice(kind, one, redraw) {
  const input = Object.assign(document.createElement("input"), { type: "radio", name: kind, value: one?.name ?? "" });
  input.checked = chosen(kind) === (one?.name ?? null);
  input.disabled = Boolean(one?.trouble);
  input.addEventListener("change", () => {
    wanted[kind] = one?.name ?? null;
    redraw();
  });
  const title = one ? (one.simulated ? say(`simulated_${kind}`) : one.title) : say(`no_${kind}`);
  const lines = one ? [one.simulated ? say("simulated_note", { detail: one.detail }) : one.detail, one.trouble].filter(Boolean) : [];
  const tag = one?.used ? [made("small", "used", say("used"))] : [];
  return made("label", "choice-row", input, made("span", "", made("b", "", title), ...tag, ...lines.map((line) => made("small", "", line))));
}

function group(kind, redraw) {
  const rows = [...of(kind), null].map((one) => choice(kind, one, redraw));
  return made("fieldset", "", made("legend", "", say(kind)), ...rows);
}

function wires() {
  const others = (found ?? []).filter((one) => !["colour", "thermal"].includes(one.kind));
  if (others.length === 0) return [];
  const rows = others.map((one) => made("li", "", made("b", "", one.title), made("small", "", [say(`kind_${one.kind}`), one.detail, one.trouble].filter(Boolean).join(" · "))));
  return [made("details", "", made("summary", "", say("wires", { count: others.length })), made("ul", "plain", ...rows))];
}

export default {
  key: "cameras",
  stages: ["colour", "thermal"],
  beside: true,
  async enter(redraw) {
    found ??= (await ask("find")).found;
    redraw();
  },
  draw(holder, now, redraw) {
    if (found === null) return holder.replaceChildren(made("p", "quiet", say("looking")));
    const again = made("button", "", say("look_again"));
    again.addEventListener("click", async () => {
      found = null;
      redraw();
      await this.enter(redraw);
    });
    holder.replaceChildren(group("colour", redraw), group("thermal", redraw), ...wires(), again);
  },
  changed: () => ["colour", "thermal"].some((kind) => chosen(kind) !== usedOf(kind)),
  live: (now) => Object.values(now.state.cameras).every((camera) => camera.state === "live"),
  facts(now) {
    return Object.entries(now.state.cameras).map(([kind, camera]) =>
      camera.state === "live"
        ? ["good", say("camera_live", { kind: say(kind), fps: (camera.fps ?? 0).toFixed(1) })]
        : ["bad", say("camera_silent", { kind: say(kind), why: [camera.detail, camera.remedy].filter(Boolean).join(". ") })],
    );
  },
  go(now) {
    if (this.changed()) return { label: say("use_these"), off: found === null || (chosen("colour") === null && chosen("thermal") === null) };
    return { label: say("these_are_right"), off: found === null || !this.live(now) };
  },
  async run() {
    if (!this.changed()) {
      await ask("confirm", { step: "cameras" });
      return true;
    }
    if (await change("cameras", { colour: chosen("colour"), thermal: chosen("thermal") })) {
      found = (await ask("find")).found;
      Object.assign(wanted, { colour: undefined, thermal: undefined });
    }
    return false; // the new pictures are looked at first
  },
};
