// Pairing with the cloud: an address and a token that is good once.

import { ask, taken } from "./ask.js";
import { made } from "./frame.js";
import { say } from "./set_up_words.js";

const at = (id) => document.getElementById(id);
// A whole pairing code (address#token), or address and token.
const told = () => at("cloud-token")?.value.includes("#") || (at("cloud-url")?.value && at("cloud-token")?.value);
// What was typed stays there when the step is drawn anew: after a refusal the token may still be good.
const typed = { "cloud-url": "", "cloud-token": "" };
const paired = (now) => now.state.settings.certificate;

function field(id, label, kind) {
  const input = Object.assign(document.createElement("input"), { id, type: kind, autocomplete: "off", autocapitalize: "off", spellcheck: false, value: typed[id] });
  input.addEventListener("input", () => (typed[id] = input.value));
  return made("label", "field wide", made("span", "", label), input);
}

export default {
  key: "pair",
  stages: [],
  draw(holder, now, redraw) {
    if (paired(now)) return holder.replaceChildren();
    const fields = [field("cloud-url", say("cloud_url"), "url"), field("cloud-token", say("cloud_token"), "text")];
    for (const one of fields) one.lastChild.addEventListener("input", redraw);
    holder.replaceChildren(made("p", "", say("ask_for_token", { gate: now.state.gate })), ...fields);
  },
  facts(now) {
    const { connected, away, refused, certificate_days } = now.state.uplink;
    if (!paired(now)) return [["fair", say("not_paired")]];
    if (connected) return [["good", say("paired", { broker: now.state.settings.broker, days: Math.floor(certificate_days ?? 0) })]];
    return [["bad", say("paired_away", { broker: now.state.settings.broker, why: refused ?? away ?? "" })]];
  },
  go(now) {
    if (paired(now)) return { label: say("go_on") };
    return { label: say("pair_it"), off: !told() };
  },
  async run(now) {
    if (paired(now)) return true;
    const { ask: name } = await ask("pair", { url: at("cloud-url").value.trim(), token: at("cloud-token").value.trim() });
    await taken(name);
    return false; // whether the broker lets it in is looked at first
  },
};
