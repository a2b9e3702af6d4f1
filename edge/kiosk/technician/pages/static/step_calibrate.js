// How the two cameras stand to each other: found out while the gate runs, by somebody who walks about.

import { ask, change } from "./ask.js";
import { made } from "./frame.js";
import { say } from "./set_up_words.js";

const working = (now) => now.state.calibration !== null && now.state.calibration.outcome === null;
const done = (now) => now.state.calibration?.outcome?.done;

function outcome(now) {
  const { residual_px, samples, nearest_m, farthest_m, left_mm, above_mm, thermal_ms } = done(now);
  const values = { px: residual_px.toFixed(1), samples, near: nearest_m.toFixed(1), far: farthest_m.toFixed(1), mm: Math.abs(left_mm), high: Math.abs(above_mm) };
  const side = say(left_mm > 0 ? "stands_left" : "stands_right", values);
  const level = say(above_mm > 0 ? "stands_above" : "stands_below", values);
  const late = thermal_ms === null ? [] : [say("thermal_late", { ms: thermal_ms })];
  return [say("calibrated_good", values), say("stands", { side, level }), ...late].map((line) => made("p", "", line));
}

export default {
  key: "calibrate",
  stages: ["colour"],
  draw: (holder) => holder.replaceChildren(made("div", "", made("p", "", say("walk_about"))), Object.assign(made("ol", "plain"), { id: "said" }), Object.assign(made("div"), { id: "outcome" })),
  show(now) {
    const list = document.getElementById("said");
    list.replaceChildren(...(working(now) ? now.state.calibration.said : []).map((line) => made("li", "", line)));
    document.getElementById("outcome").replaceChildren(...(done(now) ? outcome(now) : []));
  },
  facts(now) {
    const refused = now.state.calibration?.outcome?.refused;
    if (working(now)) return [["busy", say("calibrating")]];
    if (refused) return [["bad", [refused.what, refused.remedy].filter(Boolean).join(". ")]];
    if (done(now)) return [];
    const made = now.state.settings.calibrated;
    return [made ? ["good", say("calibrated_on", { day: made.made_at.slice(0, 10), px: made.residual_px.toFixed(1) })] : ["fair", say("not_calibrated")]];
  },
  go(now) {
    if (working(now)) return { label: say("stop_it") };
    if (done(now)) return { label: say("use_it") };
    return { label: say(now.state.settings.calibrated ? "this_is_right" : "begin") };
  },
  async run(now) {
    if (working(now)) await ask("stop");
    else if (done(now)) return change("calibrated", {});
    else if (now.state.settings.calibrated) return true;
    else await ask("calibrate");
    return false;
  },
};
