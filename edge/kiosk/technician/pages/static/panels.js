// The numbers: cards of faces and panels of the gate. Nodes are made once and filled again, so that a fold stays open.

import { alignmentOf, bodyOf, camerasOf, faceOf, loopOf } from "./grades.js";
import { reasonOf, told, whyOf, word } from "./words.js";

const DAY_MS = 86_400_000;
const at = (id) => document.getElementById(id);
const number = (value, digits = 2) => (value === null || value === undefined ? "–" : value.toFixed(digits));
const signed = (value, digits = 2) => (value === null || value === undefined ? "–" : `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(digits)}`);
const degrees = (value, digits = 2) => (value === null || value === undefined ? "–" : `${value.toFixed(digits)} °C`);
const ms = (seconds) => (seconds === null || seconds === undefined ? "–" : `${Math.round(1000 * seconds)} ms`);

function made(name, kind = "", ...inside) {
  const node = document.createElement(name);
  if (kind) node.className = kind;
  node.append(...inside);
  return node;
}

function mark([grade, key], values = {}) {
  const holder = made("p", `mark ${grade}`);
  holder.innerHTML = `<svg aria-hidden="true"><use href="#mark-${grade}"></use></svg>`;
  holder.append(told(key, values));
  return holder;
}

const row = (key, value) => made("div", "row", made("dt", "", word(key)), made("dd", "", value));
const rows = (pairs) => made("dl", "", ...pairs.filter(Boolean).map(([key, value]) => row(key, value)));

function bars(pairs) {
  const list = made("div", "bars");
  for (const [name, share, value] of pairs) {
    const bar = made("i");
    bar.style.setProperty("--share", Math.min(1, Math.max(0, share)));
    list.append(made("span", "", name), bar, made("b", "", value));
  }
  return list;
}

// ---- faces ----------------------------------------------------------------------------------------------------------

export function faces(look) {
  const list = at("faces");
  const known = new Map([...list.children].map((card) => [card.dataset.track, card]));
  const ordered = [...look.record.faces].sort((one, other) => (other.place === "near") - (one.place === "near") || one.track - other.track);
  const cards = ordered.map((face) => filled(known.get(String(face.track)) ?? fresh(face), face, look));
  list.replaceChildren(...cards);
  at("nobody").hidden = cards.length > 0;
}

function fresh(face) {
  const card = made("li", "card", made("div", "told"), made("details", "", made("summary"), made("div")));
  card.dataset.track = face.track;
  return card;
}

function filled(card, face, look) {
  const [top, fold] = card.children;
  const grade = faceOf(face, look.facts);
  card.className = `card ${grade[0]}`;
  const place = made("span", "quiet", `#${face.track} · ${word(`place_${face.place}`)}`);
  const lines = look.facts.screened_for.temperature ? [size(face.placed, look.facts.sensor)] : [];
  top.replaceChildren(made("div", "head", value(face, look), place), mark(grade), ...lines);
  fold.children[0].textContent = word("details");
  fold.children[1].replaceChildren(...inside(face, look));
  return card;
}

function likeliest(mask) {
  const [name, share] = Object.entries(mask).reduce((best, one) => ((one[1] ?? 0) > (best[1] ?? 0) ? one : best));
  return told("mask_line", { state: word(`mask_${name}`), percent: Math.round(100 * (share ?? 0)) });
}

function value(face, look) {
  const answer = face.answer;
  if (!look.facts.screened_for.temperature) return made("p", "value", made("small", "", likeliest(face.mask)));
  if (answer?.core_c !== undefined) {
    const small = `± ${number(answer.uncertainty_c)} · ${word(`region_${answer.region}`)}${look.facts.screened_for.mask ? ` · ${likeliest(face.mask)}` : ""}`;
    const over = answer.core_c >= look.facts.limit_c ? ` ≥ ${look.facts.limit_c}` : "";
    return made("p", "value", `${number(answer.core_c, 1)} °C${over} `, made("small", "", small));
  }
  const why = answer?.reason ? reasonOf(answer.reason) : word("not_measured_yet");
  return made("p", "value", made("small", "", why));
}

function size(placed, sensor) {
  if (!placed) return made("p", "quiet", word("not_placed"));
  const values = { px: Math.round(placed.height_px), least: sensor.min_face_px, mm: number(placed.mm_px, 1), m: number(placed.distance_m) };
  return made("p", "quiet", told("size_line", values));
}

function inside(face, look) {
  const answer = face.answer ?? {};
  const read = face.placed?.read ?? {};
  return [
    ...(look.facts.screened_for.temperature ? warmth(face, answer, read, look) : []),
    ...(look.facts.screened_for.mask ? masks(face, look.facts.worn_probability) : []),
    rows([["view", `${Math.round(100 * (face.view.weight ?? 0))} %${face.view.limit ? ` · ${word(`view_${face.view.limit}`)}` : ""}`]]),
  ];
}

function masks(face, worn_probability) {
  const shares = Object.entries(face.mask);
  return [
    made("h3", "", told("mask", { needed: Math.round(100 * worn_probability) })),
    bars(shares.map(([name, share]) => [word(`mask_${name}`), share ?? 0, `${Math.round(100 * (share ?? 0))} %`])),
  ];
}

function warmth(face, answer, read, look) {
  const parts = Object.entries(read.parts_c ?? {});
  return [
    rows([
      ["raw", degrees(answer.raw_c ?? read.raw_c)],
      ["corrected", degrees(answer.corrected_c ?? read.corrected_c)],
      ["core", degrees(answer.core_c)],
      ["above", degrees(read.above_c, 1)],
      ["forehead_px", `${number(face.placed?.forehead_px, 0)} px`],
      ["place_off", `± ${number(face.placed?.residual_px)} px`],
    ]),
    made("h3", "", told("parts", { sum: number(read.uncertainty_c), limit: look.facts.sensor.max_uncertainty_c })),
    bars(parts.map(([name, part]) => [word(`part_${name}`), (part ?? 0) / look.facts.sensor.max_uncertainty_c, `± ${number(part, 3)}`])),
  ];
}

// ---- the gate -------------------------------------------------------------------------------------------------------

function panel(id, title, grade, values, pairs) {
  at(id).replaceChildren(made("h2", "", word(title)), mark(grade, values), rows(pairs));
}

export function panels(look) {
  reference(look);
  alignment(look);
  cameras(look);
  loop(look);
}

function reference({ facts, record }) {
  const told = facts.screened_for.temperature ? facts.references : [];
  at("reference").hidden = told.length === 0;
  const said = record?.reference;
  const numbers = told.flatMap((body, index) => bodyRows(body, said?.bodies.find((one) => one.number === index + 1)));
  panel("reference", "reference", bodyOf(record), { why: whyOf(said?.why ?? ""), s: number(said?.lost_s, 1) }, numbers);
}

function bodyRows(told, seen) {
  return [
    ["raw", degrees(seen?.raw_c)],
    ["setpoint", `${degrees(told.setpoint_c)} ± ${number(told.uncertainty_c)}`],
    ["offset", `${signed(seen?.offset_c)} °C`],
    ["spread", `± ${number(seen?.spread_c, 3)} °C`],
    ["at", seen ? `${number(seen.col, 1)}, ${number(seen.row, 1)}` : `${told.col}, ${told.row}`],
  ];
}

function alignment({ facts, record, wall }) {
  at("alignment").hidden = !facts.screened_for.temperature;
  const made_at = facts.registration?.made_at;
  const days = made_at && wall ? (Date.parse(wall) - Date.parse(made_at)) / DAY_MS : null;
  const uncertainty_s = facts.registration?.latency_uncertainty_s;
  panel("alignment", "alignment", alignmentOf(facts, record, days), {}, [
    ["residual", `${number(facts.registration?.residual_px)} px`],
    ["method", facts.registration ? word(`method_${facts.registration.form}`) : "–"],
    days === null ? null : ["age", told("days", { days: Math.max(0, Math.floor(days)) })],
    ["skew", record?.thermal ? `${signed(1000 * record.thermal.skew_s, 0)} ms` : "–"],
    ["latency", `${ms(facts.latency_s.colour)} / ${ms(facts.latency_s.thermal)}${uncertainty_s ? ` ± ${ms(uncertainty_s)}` : ""}`],
  ]);
}

function cameras(look) {
  const { record, cameras: notes, sent_s } = look;
  const gone = [notes.colour, notes.thermal].find((note) => note?.state === "missing");
  panel("cameras", "cameras", camerasOf(look), { why: gone ? `${gone.detail} ${gone.remedy ?? ""}` : "" }, [
    ["fps", `${number(notes.colour?.fps, 1)} / ${number(notes.thermal?.fps, 1)}`],
    ["age_pictures", record ? `${ms(record.now_s - record.taken_s)} / ${ms(record.thermal ? record.now_s - record.thermal.taken_s : null)}` : "–"],
    ["shutter", record?.thermal?.ffc_age_s === null || !record?.thermal ? "–" : told("ago", { s: number(record.thermal.ffc_age_s, 0) })],
    ["skipped", record ? String(record.loop.skipped) : "–"],
    ["shown_late", record ? ms(sent_s - record.taken_s) : "–"],
  ]);
}

function loop({ record }) {
  panel("loop", "loop", loopOf(record), {}, [
    ["loop_ms", `${number(record?.loop.loop_p50_ms, 1)} / ${number(record?.loop.loop_p99_ms, 1)} ms`],
    ["eye_ms", `${number(record?.loop.eye_ms, 1)} ms`],
  ]);
}
