// The door: a PIN, said once. The code of the terminal brings it along behind the #, which no server ever sees.

import { speak, told, word } from "./words.js";

const at = (id) => document.getElementById(id);
let answer = null;

function show() {
  at("answer").textContent = answer === null ? "" : told(`pin_${answer.answer}`, { tries: answer.tries_left });
  at("enter").disabled = answer?.answer === "closed" || answer?.answer === "used";
  document.title = word("title");
}

async function enter(event) {
  event.preventDefault();
  const pin = at("pin").value.replaceAll(/\s/g, "");
  try {
    const said = await fetch("/enter", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ pin }) });
    if (said.ok) return location.replace((await said.json()).home);
    answer = said.status === 422 ? { answer: "short" } : await said.json();
  } catch {
    answer = { answer: "closed" };
  }
  at("pin").select();
  show();
}

function brought() {
  if (!/^#\d+$/.test(location.hash)) return;
  at("pin").value = location.hash.slice(1);
  history.replaceState(null, "", "/");
}

brought();
window.addEventListener("hashchange", brought);
at("form").addEventListener("submit", enter);
speak(show);
