// Asks for the news, shows it in one language after the other, and says how old it is when the cloud does not answer.
const board = document.getElementById("board");
const ASK_MS = 15_000;
const TURN_MS = 10_000;
const OLD_MS = 60_000;
const LOST_MS = 10 * 60_000;
let news = null;
let told_ms = 0;

const part = (name) => board.querySelector(`.${name}`);
const said = (key, values = {}) => {
  const text = board.dataset[`${key}${document.documentElement.lang === "en" ? "En" : "Zh"}`];
  return text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
};

async function ask() {
  try {
    const answer = await fetch(board.dataset.now, { cache: "no-store", credentials: "omit" });
    if (!answer.ok) throw new Error(String(answer.status));
    news = await answer.json();
    told_ms = performance.now();
  } catch {
    // What was told last stays, with its age.
  }
  show();
}

function show() {
  const age_ms = performance.now() - told_ms;
  const lost = news === null || age_ms > LOST_MS;
  board.classList.toggle("unknown", lost);
  part("age").textContent = lost ? said("lost") : age_ms > OLD_MS ? said("old", { minutes: Math.floor(age_ms / 60_000) }) : "";
  if (news === null) return;
  board.classList.toggle("open", news.open && !news.full);
  board.classList.toggle("full", news.open && news.full);
  part("state").textContent = said(!news.open ? "shut" : news.full ? "full" : "open");
  part("hours").textContent = hours();
  part("inside").textContent = inside();
}

function hours() {
  const today = news.hours_today ? `${said("today")} ${news.hours_today.replaceAll("-", "–")}` : said("todayClosed");
  if (news.open || news.opens === null) return today;
  const how = { timeZone: news.timezone, weekday: "short", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false };
  const when = new Date(news.opens).toLocaleString(document.documentElement.lang === "en" ? "en-GB" : "zh-CN", how);
  return `${today} · ${said("opens", { when })}`;
}

function inside() {
  if (news.people_inside === null) return "";
  const limit = news.people_limit === null ? "" : ` · ${said("limit", { limit: news.people_limit })}`;
  return said("inside", { people: news.people_inside }) + limit;
}

function turn() {
  document.documentElement.lang = document.documentElement.lang === "zh" ? "en" : "zh";
  show();
}

void ask();
setInterval(() => void ask(), ASK_MS);
setInterval(turn, TURN_MS);
setInterval(show, 5_000);
