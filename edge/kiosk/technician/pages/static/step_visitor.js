// The last step: the gate lets people in, and the first one walks up.

import { change, undo } from "./ask.js";
import { made } from "./frame.js";
import { say } from "./set_up_words.js";
import { reasonOf, verdictOf } from "./words.js";

const JUDGED = new Set(["pass", "put_on_mask", "fix_mask", "recheck"]);
const TURNED_AWAY = new Set(["cannot_measure", "not_admitted"]); // a verdict too, by which nobody knows yet that it measures
let newest = null; // the newest verdict since the gate began
let judged = false; // whether one of them was about the visitor

const finished = (now) => !now.state.settings.unfinished;

export default {
  key: "visitor",
  stages: ["colour"],
  people: (now) => finished(now),
  draw: (holder) => holder.replaceChildren(Object.assign(made("div"), { id: "first" }), Object.assign(made("div"), { id: "hold" })),
  show(now, holder, redraw) {
    const said = now.look?.state;
    if (!finished(now)) [newest, judged] = [null, false];
    else if (said && (JUDGED.has(said.verdict) || TURNED_AWAY.has(said.verdict))) newest = said;
    judged ||= newest !== null && JUDGED.has(newest.verdict);
    const words = newest ? [made("p", "verdict", verdictOf(newest.verdict)), made("p", "quiet", newest.reason ? reasonOf(newest.reason) : say("newest_verdict"))] : [];
    document.getElementById("first").replaceChildren(...words);
    if (finished(now) && !document.getElementById("hold").firstChild && now.state.undo) {
      const back = made("button", "", say("hold_again"));
      back.addEventListener("click", () => undo().catch(this.refused));
      document.getElementById("hold").replaceChildren(back);
    }
    if (!finished(now)) document.getElementById("hold").replaceChildren();
  },
  facts(now) {
    if (finished(now)) return [judged ? ["good", say("works")] : ["fair", say(newest ? "not_measured" : "walk_up")]];
    const { missing } = now.state;
    return missing.length ? [["bad", say("still_to_do", { steps: missing.map((step) => say(`step_${step}`)).join("、") })]] : [["good", say("all_done")]];
  },
  go(now) {
    if (finished(now)) return { label: say("close_set_up"), off: newest === null };
    return { label: say("let_people_in"), off: now.state.missing.length > 0 };
  },
  async run(now) {
    if (finished(now)) location.assign("/");
    else await change("finish", {});
    return false;
  },
};
