// The page's words in the language of whoever holds it; elements with data-word are filled in.

const OTHER = { zh: "en", en: "zh" };
const all = await fetch("/static/words.json").then((answer) => answer.json());

let language = navigator.language.startsWith("zh") ? "zh" : "en";

// Of a pair of words {zh, en}; nothing where there is none.
export const inLanguage = (pair) => pair?.[language];

export const word = (key) => all.page[key]?.[language] ?? key;
export const reasonOf = (key) => all.reasons[key]?.[language] ?? key;
export const verdictOf = (key) => all.verdicts[key]?.[language] ?? key;

// Why the reference body is not believed: the gate says it in English, with its numbers.
export function whyOf(said) {
  const known = Object.keys(all.whys).find((key) => said.includes(key));
  return language === "en" || !known ? said : `${all.whys[known][language]} (${said})`;
}

// What is wrong with a setting: the gate says it in English; what is known is said in the language of the page, with its number.
export function faultOf(said) {
  if (language === "en") return said;
  for (const [pattern, pair] of Object.entries(all.faults)) {
    const found = said.match(pattern);
    if (found) return `${pair[language].replace("{1}", found[1])} (${said})`;
  }
  return said;
}

// A sentence with numbers in it: {name} is replaced.
export const told = (key, values) => word(key).replace(/\{(\w+)\}/g, (_, name) => values[name]);

export function speak(changed) {
  const button = document.getElementById("language");
  const fill = () => {
    document.documentElement.lang = language;
    button.textContent = word("other_language");
    for (const place of document.querySelectorAll("[data-word]")) place.textContent = word(place.dataset.word);
    changed();
  };
  button.addEventListener("click", () => {
    language = OTHER[language];
    fill();
  });
  fill();
}
