// How good is good enough: each answer is a mark (good, fair, bad, unknown) and the key of its words.

const ROOM = 1.25; // a face a quarter larger than needed is not lost by half a step back
const SKEW_MOVING_S = 0.08; // what the gate refuses while somebody moves
const LATE_S = 0.5;
const RESIDUAL_PX = [1.5, 3.0];

const PLACES = { near: "good", body: "fair", outside: "bad" };

// By the thermal picture where temperature is screened for, else by the place alone.
export function faceOf(face, facts) {
  if (facts.screened_for.temperature) return sizeOf(face.placed, facts.sensor);
  return [PLACES[face.place], `place_${face.place}`];
}

function sizeOf(placed, sensor) {
  if (!placed) return ["unknown", "size_unknown"];
  if (placed.height_px < sensor.min_face_px) return ["bad", "size_small"];
  if (placed.mm_px <= sensor.canthus_mm_px) return ["good", "size_canthus"];
  if (placed.height_px < ROOM * sensor.min_face_px) return ["fair", "size_barely"];
  return ["good", "size_forehead"];
}

export function bodyOf(record) {
  if (!record?.reference) return ["unknown", "body_unknown"];
  if (record.reference.bodies.length > 0) return ["good", "body_found"];
  return ["bad", record.reference.lost_s === null ? "body_never" : "body_lost"];
}

export function alignmentOf(facts, record, days) {
  if (!facts.registration) return ["bad", "alignment_none"];
  if (facts.registration.residual_px > RESIDUAL_PX[1]) return ["bad", "alignment_far_off"];
  if (record?.thermal && Math.abs(record.thermal.skew_s) > SKEW_MOVING_S) return ["fair", "alignment_skew"];
  if (facts.registration.form === "matrix") return ["fair", "alignment_matrix"];
  if (days > facts.registration.max_age_days) return ["bad", "alignment_stale"];
  if (days > facts.registration.max_age_days - facts.registration.warn_days) return ["fair", "alignment_old"];
  return facts.registration.residual_px > RESIDUAL_PX[0] ? ["fair", "alignment_off"] : ["good", "alignment_good"];
}

export function camerasOf(look) {
  const notes = [look.cameras.colour, look.cameras.thermal].filter((note) => note !== null);
  if (notes.some((note) => note.state === "missing")) return ["bad", "camera_missing"];
  if (!look.record) return ["unknown", "camera_silent"];
  const ages = [look.record.taken_s, look.record.thermal?.taken_s ?? look.record.taken_s].map((taken_s) => look.record.now_s - taken_s);
  return Math.max(...ages) > LATE_S ? ["fair", "camera_late"] : ["good", "camera_live"];
}

export function loopOf(record) {
  if (!record || record.loop.loop_p50_ms === null) return ["unknown", "loop_unknown"];
  return record.loop.loop_p99_ms > 100 ? ["fair", "loop_slow"] : ["good", "loop_good"];
}
