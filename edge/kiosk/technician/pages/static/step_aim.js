// Where a visitor stands: how many pixels the face has there, against what the sensor needs, in words.

import { ask } from "./ask.js";
import { made } from "./frame.js";
import { say } from "./set_up_words.js";

const ROOM = 1.25; // as the other page grades it
const TOO_NEAR = 0.6; // of the thermal picture's height: the next step takes the head out of it
const degrees = (radians) => Math.round((radians * 180) / Math.PI);

// The largest face in the zone, else the largest.
function faceOf(look) {
  const faces = [...(look?.record?.faces ?? [])].sort((one, other) => (other.place !== "outside") - (one.place !== "outside") || high(other) - high(one));
  return faces[0] ?? null;
}

const high = (face) => face.box[3] - face.box[1];

// The lens that would show the face large enough, where it stands now.
const lens = (fov_deg, share) => degrees(2 * Math.atan(Math.tan((fov_deg * Math.PI) / 360) * share));

function byHeat(face, now) {
  const { min_face_px: least, canthus_mm_px, fov_deg } = now.state.settings.sensor;
  const { height_px, mm_px, distance_m } = face.placed ?? {};
  if (!face.placed) return ["unknown", say("aim_not_in_heat"), ""];
  const values = { px: Math.round(height_px), least, m: distance_m?.toFixed(1) ?? "?", nearer_m: (((distance_m ?? 0) * height_px) / (ROOM * least)).toFixed(1), fov: fov_deg, lens: lens(fov_deg, height_px / (ROOM * least)) };
  const size = say("aim_size", values);
  if (height_px < least) return ["bad", say("aim_nearer", values), size];
  if (height_px > TOO_NEAR * now.state.settings.thermal_size[1]) return ["fair", say("aim_farther"), size];
  if (mm_px <= canthus_mm_px) return ["good", say("aim_canthus"), size];
  return height_px < ROOM * least ? ["fair", say("aim_barely", values), size] : ["good", say("aim_forehead"), size];
}

function byColour(face, now) {
  const share = high(face) / now.state.settings.colour_size[1];
  const size = say("aim_share", { share: Math.round(100 * share), least: Math.round(100 * now.state.settings.zone.min_face) });
  const grade = { near: "good", body: "bad", outside: "bad" }[face.place];
  return [grade, say(`aim_${face.place}`), size];
}

export function aimed(now) {
  const face = faceOf(now.look);
  if (face === null) return ["unknown", say("aim_nobody"), ""];
  return now.state.settings.temperature ? byHeat(face, now) : byColour(face, now);
}

export default {
  key: "aim",
  stages: ["colour", "thermal"],
  beside: true,
  draw: (holder) => holder.replaceChildren(),
  facts(now) {
    const [grade, words, size] = aimed(now);
    return [[grade, words, size]];
  },
  go: (now) => ({ label: say(["good", "fair"].includes(aimed(now)[0]) ? "this_is_right" : "go_on_anyway") }),
  async run() {
    await ask("confirm", { step: "aim" });
    return true;
  },
};
