// The last step: the gate lets people in, and the first one walks up.

import { change, undo } from "./ask.js";
import { made } from "./frame.js";
import { say } from "./set_up_words.js";
import { reasonOf, verdictOf } from "./words.js";

const SAID = new Set(["pass", "put_on_mask", "fix_mask", "recheck", "cannot_measure", "not_admitted"]);
let first = null; // the first verdict after the gate began

const finished = (now) => !now.state.settings.unfinished;

export default {
  key: "visitor",
  stages: ["colour"],
  people: (now) => finished(now),
  draw: (holder) => holder.replaceChildren(Object.assign(made("div"), { id: "first" }), Object.assign(made("div"), { id: "hold" })),
  show(now, holder, redraw) {
    const said = now.look?.state;
    if (finished(now) && said && SAID.has(said.verdict)) first ??= { verdict: said.verdict, reason: said.reason };
    if (!finished(now)) first = null;
    if (first) document.getElementById("first").replaceChildren(made("p", "verdict", verdictOf(first.verdict)), made("p", "quiet", first.reason ? reasonOf(first.reason) : say("first_visitor")));
    if (finished(now) && !document.getElementById("hold").firstChild && now.state.undo) {
      const back = made("button", "", say("hold_again"));
      back.addEventListener("click", () => undo().catch(this.refused));
      document.getElementById("hold").replaceChildren(back);
    }
    if (!finished(now)) document.getElementById("hold").replaceChildren();
  },
  facts(now) {
    if (finished(now)) return [first ? ["good", say("works")] : ["fair", say("walk_up")]];
    const { missing } = now.state;
    return missing.length ? [["bad", say("still_to_do", { steps: missing.map((step) => say(`step_${step}`)).join("、") })]] : [["good", say("all_done")]];
  },
  go(now) {
    if (finished(now)) return { label: say("close_set_up"), off: !first };
    return { label: say("let_people_in"), off: now.state.missing.length > 0 };
  },
  async run(now) {
    if (finished(now)) location.assign("/");
    else await change("finish", {});
    return false;
  },
};
