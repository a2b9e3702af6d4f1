// Shows what /seen says, in the words of the kiosk. No dependency, nothing kept but the language.
const LIMITS = {
  zh: { size: "脸太小", sharpness: "模糊", frontality: "没有正对", wholeness: "被遮住或不完整", sureness: "不像人脸" },
  en: { size: "small", sharpness: "blurred", frontality: "turned away", wholeness: "cut off or hidden", sureness: "hardly a face" },
};
const WORDS = {
  zh: {
    title: "闸机所见", told: "此刻会对来人说（只判口罩）", masks_only: "这里不测体温。", pass: "一次检测", rate: "画面", input: "网络输入",
    near_from: "足够近：脸高至少", nobody: "画面中没有人脸。", privacy: "画面只在本机显示，不写入磁盘。",
    legend: "虚线：闸区。方框：看到的脸；粗框的脸够近，会被判定。白点：眼、鼻、嘴角。",
    live: "实时", opening: "正在打开相机", missing: "没有画面", stale: "画面停住了", away: "命令已结束，或连接断开",
    other: "English", faces: (n) => `人脸 ${n}`, fps: (n) => `${n} 帧/秒`, replay: "回放",
    masks: { worn: "口罩戴好", absent: "没戴口罩", worn_wrong: "口罩没戴好", unsure: "看不准" },
    bars: ["没戴", "戴好", "没戴好"],
    stands: { near: "够近", too_small: "太小", outside: "在闸区外" },
    facts: (f) => `脸高 ${f.height_px.toFixed(0)} 像素，占 ${(f.height_share * 100).toFixed(0)} % · 质量 ${f.quality.toFixed(2)}${f.limit ? `（${LIMITS.zh[f.limit]}）` : ""} · 是人脸 ${(f.score * 100).toFixed(0)} % · ${f.frames} 帧表决`,
    nothing: "—（没有人站在闸区）",
  },
  en: {
    title: "What the gate sees", told: "Would be told now (masks only)", masks_only: "Temperature is not looked at here.", pass: "One pass", rate: "Pictures",
    input: "Network input", near_from: "Near enough from", nobody: "No face in the picture.", privacy: "Pictures are shown on this machine only and not written to disk.",
    legend: "Dashed white: the zone. Boxes: faces seen; a thick one is near enough to be judged. Dots: eyes, nose, corners of the mouth.",
    live: "live", opening: "opening the camera", missing: "no picture", stale: "the picture stands still", away: "the command has ended, or the connection is lost",
    other: "中文", faces: (n) => (n === 1 ? "1 face" : `${n} faces`), fps: (n) => `${n} a second`, replay: "replay",
    masks: { worn: "mask worn", absent: "no mask", worn_wrong: "mask not right", unsure: "unsure" },
    bars: ["no mask", "worn", "not right"],
    stands: { near: "near enough", too_small: "too small", outside: "outside the zone" },
    facts: (f) => `${f.height_px.toFixed(0)} px high, ${(f.height_share * 100).toFixed(0)} % of the picture · quality ${f.quality.toFixed(2)}${f.limit ? ` (${LIMITS.en[f.limit]})` : ""} · a face ${(f.score * 100).toFixed(0)} % · vote of ${f.frames}`,
    nothing: "— (nobody stands in the zone)",
  },
};
const BARS = ["var(--other)", "var(--worn)", "var(--other)"];
const SAID = await (await fetch("/words.json")).json(); // the kiosk's own words
const $ = (id) => document.getElementById(id);
let language = localStorage.getItem("menshen-try-language") ?? (navigator.language.startsWith("zh") ? "zh" : "en");
let last = { state: "opening", faces: [] };
let words = WORDS[language];

function speak() {
  words = WORDS[language];
  document.documentElement.lang = language;
  for (const part of document.querySelectorAll("[data-word]")) part.textContent = words[part.dataset.word];
  $("language").textContent = words.other;
  $("picture").alt = words.title;
  render(last);
}

function told(seen) {
  if (!seen.verdict) return words.nothing;
  const said = (seen.verdict === "wait" && SAID.waiting[seen.reason]) || SAID.titles[seen.verdict];
  return said?.[language] ?? seen.verdict;
}

function render(seen) {
  last = seen;
  document.body.dataset.state = seen.state;
  $("state").textContent = words[seen.state];
  $("source").textContent = seen.source ? `${seen.source}${seen.replay ? ` · ${words.replay}` : ""}` : "";
  const live = seen.state === "live" || seen.state === "stale";
  $("trouble").hidden = seen.state === "live" || seen.state === "opening";
  $("what").textContent = seen.what ? `${seen.where ? `${seen.where}: ` : ""}${seen.what}` : words[seen.state];
  $("remedy").textContent = seen.remedy ?? "";
  $("picture").hidden = !live;
  if (live) $("picture").style.setProperty("--ratio", seen.size[0] / seen.size[1]);
  $("verdict").textContent = live ? told(seen) : "—";
  $("pass").textContent = live ? `${seen.pass_ms.toFixed(1)} ms` : "—";
  $("rate").textContent = live ? words.fps(seen.fps) : "—";
  $("needed").textContent = live ? `${seen.needed_px.toFixed(0)} px` : "—";
  $("input").textContent = seen.input ? `${seen.input} · ${seen.runner}` : "—";
  const faces = live ? [...seen.faces].sort((a, b) => a.track - b.track) : [];
  $("count").textContent = live ? words.faces(faces.length) : "";
  $("nobody").hidden = !live || faces.length > 0;
  $("faces").replaceChildren(...faces.map(card));
}

function card(face) {
  const item = $("face").content.firstElementChild.cloneNode(true);
  item.dataset.shown = face.shown;
  item.querySelector(".track").textContent = face.track;
  item.querySelector(".word").textContent = words.masks[face.shown];
  item.querySelector(".stands").textContent = words.stands[face.standing];
  item.querySelector(".facts").textContent = words.facts(face);
  face.probabilities.forEach((share, index) => {
    const [name, bar, number] = ["span", "i", "b"].map((tag) => document.createElement(tag));
    name.textContent = words.bars[index];
    bar.style.setProperty("--share", share);
    bar.style.setProperty("--bar", BARS[index]);
    number.textContent = `${(share * 100).toFixed(0)} %`;
    item.querySelector(".bars").append(name, bar, number);
  });
  return item;
}

$("language").addEventListener("click", () => {
  language = language === "zh" ? "en" : "zh";
  localStorage.setItem("menshen-try-language", language);
  speak();
});
const stream = new EventSource("/seen");
stream.addEventListener("seen", (event) => {
  const seen = JSON.parse(event.data);
  if (last.state === "away") $("picture").src = `/picture?${Date.now()}`; // the old stream of pictures has ended
  render({ faces: [], ...seen });
});
stream.addEventListener("error", () => render({ state: "away", faces: [] }));
speak();
