// The visitor's screen: shows what /state says; when nothing is said it says so itself. No dependencies, no build.

const SILENCE_MS = 2000; // without a word for so long nobody knows
const CALM_MS = 10000; // idle for so long: the clock instead of the mirror, and the site's own language first
const MIRROR_RETRY_MS = 5000;
const OTHER = { zh: "en", en: "zh" };
const INTO_THE_OVAL = new Set(["approach", "hold_still", "look_here", "gathering"]);
const SETTLED_MS = 350; // a prompt that stands for so long is said
const SAID_AGAIN_MS = 8000; // and once more after so long
const SPOKEN = new Set(["pass", "put_on_mask", "fix_mask", "recheck", "cannot_measure", "not_admitted"]);
const SPOKEN_WAITING = new Set(["approach", "one_at_a_time", "hold_still", "look_here", "face_covered", "forehead_covered", "wash_hands"]);
const ASKS_HANDS = new Set(["pass", "wait", "put_on_mask", "fix_mask"]); // whoever is sent elsewhere is asked nothing else
const UNKNOWN = { verdict: "unknown", reason: null };

const at = (id) => document.getElementById(id);
const words = await fetch("/words.json")
  .then((answer) => answer.json())
  .catch(() => setTimeout(() => location.reload(), SILENCE_MS));

const site = await fetch("/site.json")
  .then((answer) => answer.json())
  .catch(() => ({ ways: {}, sleep_ms: 0 }));

let first = "zh";
let state = UNKNOWN;
let heardAt_ms = performance.now();
let calmSince_ms = -CALM_MS;
let mirrorAgain_ms = 0;
let source = null;
let helpFailed = false;
let prompt = null; // the key of what is on the screen, where that is said aloud
let promptSince_ms = 0;
let saidTimes = 0;
const voice = new Audio();

// ---- what to say ----------------------------------------------------------------------------------------------------

function titleOf(now) {
  const screened = now.screened_for;
  if (now.verdict === "idle" && screened && !screened.temperature) return words.titles.idle_mask_only;
  if (now.verdict === "idle" && screened && !screened.mask) return words.titles.idle_temperature_only;
  if (now.verdict === "wait" && words.waiting[now.reason]) return words.waiting[now.reason];
  if (now.verdict === "hold" && words.titles[now.reason]) return words.titles[now.reason];
  return words.titles[now.verdict] ?? words.titles.unknown;
}

function noteOf(now) {
  if (now.message) return now.message; // somebody on duty says something to whoever stands here
  if (["on", "off"].includes(now.staff?.duty)) return words.frame.duty_noted;
  if (now.shown) return words.frame[now.shown] ?? null;
  if (now.verdict === "pass" && dirty(now)) return words.waiting.wash_hands;
  if (asksHands(now) && !dirty(now)) return words.frame.hands_noted;
  if (now.hours) return now.hours;
  if (helpFailed) return words.frame.nobody_told;
  if (now.guard_called) return words.frame.somebody_comes;
  if (now.verdict === "wait" && now.reason === "face_covered") return words.frame.only_a_mask;
  if (now.verdict === "wait" && now.reason === "forehead_covered") return words.frame.only_skin;
  if (now.verdict === "wait") return INTO_THE_OVAL.has(now.reason) ? words.frame.stand : null;
  if (now.verdict === "idle") return null;
  return words.notes[now.reason] ?? words.thanks[now.verdict] ?? null;
}

/** Whether the one who stands here is asked for clean hands; what is asked is on the button. */
const asksHands = (now) => Boolean(now.hands) && ASKS_HANDS.has(now.verdict);
const dirty = (now) => asksHands(now) && now.hands.hands === "none";

/** How many are inside, to whoever waits for that. */
function insideOf(now) {
  return now.reason === "full" && now.occupancy?.people != null ? words.frame.inside : null;
}

function uncheckedOf(now) {
  if (!now.screened_for) return null;
  if (!now.screened_for.temperature) return words.frame.no_temperature;
  return now.screened_for.mask ? null : words.frame.no_mask;
}

// ---- showing it -----------------------------------------------------------------------------------------------------

// ---- saying it ------------------------------------------------------------------------------------------------------

function promptOf(now) {
  if (now.message || now.guard_called) return null;
  if (now.verdict === "pass" && dirty(now)) return "waiting-wash_hands";
  if (now.verdict === "wait") return SPOKEN_WAITING.has(now.reason) ? `waiting-${now.reason}` : null;
  return SPOKEN.has(now.verdict) ? `titles-${now.verdict}` : null;
}

function listenTo(now) {
  const next = promptOf(now);
  if (next === prompt) return;
  prompt = next;
  promptSince_ms = performance.now();
  saidTimes = 0;
}

/** Said once when it has settled, and once more; a new prompt ends the one before. */
function speak() {
  const since_ms = performance.now() - promptSince_ms;
  if (!prompt) voice.pause();
  if (!prompt || saidTimes > 1 || since_ms < (saidTimes ? SAID_AGAIN_MS : SETTLED_MS)) return;
  saidTimes += 1;
  say(prompt);
}

async function say(key) {
  const answer = await fetch(`/voice/${first}/${key}`).catch(() => null);
  if (answer?.status !== 200 || key !== prompt) return; // silence, or too late
  URL.revokeObjectURL(voice.src);
  voice.src = URL.createObjectURL(await answer.blob());
  voice.play().catch(() => {}); // a browser that wants to be touched first stays silent
}

function put(id, text) {
  const place = at(id);
  if (place.textContent !== text) place.textContent = text;
  place.hidden = text === "";
}

const numbers = {
  minutes: () => state.rest_min,
  people: () => state.occupancy?.people,
  limit: () => state.occupancy?.limit,
};

function putPair(id, pair) {
  at(id).hidden = !pair;
  if (pair) putWords(at(id), pair);
}

function putWords(place, pair) {
  for (const [index, language] of [first, OTHER[first]].entries()) {
    place.children[index].lang = language;
    place.children[index].textContent = pair[language].replace(/\{(\w+)\}/g, (_, name) => numbers[name]() ?? "");
  }
}

function show() {
  const title = titleOf(state);
  const verdict = words.titles[state.verdict] ? state.verdict : "unknown";
  document.documentElement.lang = first;
  at("first").lang = first;
  at("second").lang = OTHER[first];
  put("first", title[first]);
  put("second", title[OTHER[first]]);
  putPair("note", noteOf(state));
  putPair("unchecked", uncheckedOf(state));
  putPair("inside", insideOf(state));
  putPair("watched", state.watched ? words.frame.watched : null); // before the first picture leaves, and as long as any does
  putPair("privacy", words.frame.privacy);
  put("replay", state.replay ? words.frame.replay[first] : "");
  at("language").textContent = words.frame.language[first];
  at("help").textContent = words.frame.help[first];
  at("help").hidden = Boolean(state.guard_called);
  const shape = `#shape-${verdict}`;
  const use = at("shape").firstElementChild;
  if (use.getAttribute("href") !== shape) use.setAttribute("href", shape);
  const way = site.ways[verdict] ?? "";
  at("shape").dataset.way = verdict === "recheck" ? way : ""; // its own arrow turns
  at("way").dataset.way = way;
  at("way").toggleAttribute("hidden", way === "" || verdict === "recheck");
  document.body.dataset.verdict = verdict;
  document.body.dataset.reason = state.reason ?? "";
  document.body.dataset.asleep = asleep();
  showHands();
  showDuty();
  showMirror();
}

/** One large button for whoever has not disinfected their hands, as far as is known. It comes before those of the shift. */
function showHands() {
  at("hands").hidden = !dirty(state);
  if (dirty(state)) putWords(at("hands"), words.frame.hands_clean);
}

async function sayClean() {
  const visit = dirty(state) ? state.hands.visit : null;
  if (!visit) return;
  const body = JSON.stringify({ visit });
  await fetch("/hands", { method: "POST", headers: { "X-Menshen": "hands" }, body }).catch(() => null); // what is noted, the gate says
}

/** Two large buttons while the holder of a badge stands here; the one that was chosen stays pressed. */
function showDuty() {
  const asked = Boolean(state.staff) && !dirty(state);
  at("duty").hidden = !asked;
  document.body.dataset.staff = asked || dirty(state);
  if (!asked) return;
  for (const button of at("duty").children) {
    putWords(button, words.frame[`${button.dataset.duty}_duty`]);
    button.setAttribute("aria-pressed", String(button.dataset.duty === state.staff.duty));
  }
}

async function chooseDuty(duty) {
  const visit = state.staff?.visit;
  if (!visit) return;
  const body = JSON.stringify({ visit, duty });
  await fetch("/duty", { method: "POST", headers: { "X-Menshen": "duty" }, body }).catch(() => null); // what is noted, the gate says
}

const calm = () => state.verdict === "idle" && performance.now() - calmSince_ms > CALM_MS;

function showMirror() {
  const blind = ["unknown", "hold"].includes(state.verdict) || state.reason === "colour_lost" || state.size === undefined;
  const wanted = !blind && !calm() && performance.now() > mirrorAgain_ms;
  const mirror = at("mirror");
  if (wanted && mirror.hidden) openMirror();
  if (!wanted && !mirror.hidden) closeMirror();
  if (wanted) outline(...state.size);
  document.body.dataset.clock = mirror.hidden && ["idle", "hold"].includes(state.verdict);
}

function outline(wide, high) {
  at("outline").setAttribute("viewBox", `0 0 ${wide} ${high}`);
  at("mirror").style.setProperty("--wide", wide);
  at("mirror").style.setProperty("--high", high);
  set(at("oval"), { cx: wide / 2, cy: high * 0.46, rx: high * 0.2, ry: high * 0.28 });
  const [x1, y1, x2, y2] = state.person ?? [0, 0, 0, 0];
  at("person").style.display = state.person ? "" : "none";
  set(at("person"), { x: x1, y: y1, width: Math.max(0, x2 - x1), height: Math.max(0, y2 - y1) });
  at("oval").style.display = state.verdict === "wait" || state.verdict === "idle" ? "" : "none";
}

function set(node, values) {
  for (const [name, value] of Object.entries(values)) node.setAttribute(name, value);
}

function openMirror() {
  at("picture").src = `/mirror?${Date.now()}`;
  at("mirror").hidden = false;
}

function closeMirror() {
  at("mirror").hidden = true;
  at("picture").removeAttribute("src");
}

// A site may have no mirror, and a stream may end: try again later, without it meanwhile.
at("picture").addEventListener("error", () => {
  mirrorAgain_ms = performance.now() + MIRROR_RETRY_MS;
  closeMirror();
});

// ---- hearing it -----------------------------------------------------------------------------------------------------

function hear(event) {
  const said = JSON.parse(event.data);
  heardAt_ms = performance.now();
  const idled = said.verdict === "idle" && !["idle", "unknown"].includes(state.verdict);
  if (idled) calmSince_ms = performance.now();
  if (said.guard_called) helpFailed = false;
  state = said;
  listenTo(said);
  show();
}

function listen() {
  source?.close();
  source = new EventSource("/state");
  source.addEventListener("state", hear);
}

const asleep = () => site.sleep_ms > 0 && !state.watched && state.verdict === "idle" && performance.now() - calmSince_ms > site.sleep_ms + CALM_MS;

function look() {
  speak();
  const silent_ms = performance.now() - heardAt_ms;
  if (silent_ms > SILENCE_MS && state.verdict !== "unknown") {
    state = UNKNOWN;
    show();
  }
  if (silent_ms > SILENCE_MS && source.readyState === EventSource.CLOSED) listen();
  if (calm() && (first !== "zh" || !at("mirror").hidden)) {
    first = "zh";
    show();
  }
  document.body.dataset.asleep = asleep();
  const time = new Date();
  put("time", `${String(time.getHours()).padStart(2, "0")}:${String(time.getMinutes()).padStart(2, "0")}`);
}

at("language").addEventListener("click", () => {
  first = OTHER[first];
  calmSince_ms = performance.now();
  show();
});

document.addEventListener("pointerdown", () => {
  calmSince_ms = performance.now(); // a touch wakes it
});

at("help").addEventListener("click", async () => {
  at("help").disabled = true; // the press was felt
  calmSince_ms = performance.now();
  try {
    const answer = await fetch("/help", { method: "POST", headers: { "X-Menshen": "help" } });
    helpFailed = !answer.ok;
  } catch {
    helpFailed = true;
  }
  at("help").disabled = false;
  show();
});

at("hands").addEventListener("click", sayClean);

for (const button of at("duty").children) button.addEventListener("click", () => chooseDuty(button.dataset.duty));

document.addEventListener("keydown", (event) => {
  const chosen = { 1: "on", 2: "off" }[event.key];
  if (chosen && !event.repeat) chooseDuty(chosen);
  if (event.key === "3" && !event.repeat) sayClean();
});

show();
listen();
setInterval(look, 250);
