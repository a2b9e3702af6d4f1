// Printing, and the codes of a badge. Without this file the pages still say what they say.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

const badge = document.querySelector("[data-codes]");
if (badge) keepFresh(badge);

/** The server's time counts, not the telephone's: how long ago was it told, by a clock nobody can set. */
function keepFresh(place) {
  const code = place.querySelector(".code");
  const state = place.querySelector(".state");
  const words = place.dataset;
  let known = null;
  let shown = "";
  let revoked = false;
  let offline = false;

  const now = () => known.now_ms + performance.now() - known.told_ms;
  const ask = async () => {
    try {
      const asked_ms = performance.now();
      const answer = await fetch(words.codes, { cache: "no-store", credentials: "omit" });
      if (answer.status === 410 || answer.status === 404) revoked = true;
      if (!answer.ok) throw new Error(String(answer.status));
      const told = await answer.json();
      known = { ...told, told_ms: (asked_ms + performance.now()) / 2 };
      offline = false;
    } catch {
      offline = true;
    }
    show();
  };
  const show = () => {
    const current = known && known.codes.findLast((one) => one.from_ms <= now());
    const left_ms = known ? known.codes.at(-1).from_ms + known.fresh_ms - now() : 0;
    const good = !revoked && current !== undefined && current !== null && left_ms > 0;
    if (good && current.rows[0] + current.from_ms !== shown) {
      shown = current.rows[0] + current.from_ms;
      code.replaceChildren(drawn(current.rows));
    }
    code.classList.toggle("over", !good && (known !== null || revoked));
    if (revoked) state.textContent = words.revoked;
    else if (known !== null && left_ms <= 0) state.textContent = words.over;
    else state.textContent = offline ? words.offline.replace("{minutes}", String(Math.max(0, Math.floor(left_ms / 60000)))) : "";
  };
  void ask();
  setInterval(() => void (revoked || ask()), 60_000);
  setInterval(show, 1_000);
  window.addEventListener("online", () => void ask());
  document.addEventListener("visibilitychange", () => void (document.hidden || revoked || ask()));
}

function drawn(rows) {
  const border = 4;
  const side = rows.length + 2 * border;
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  picture.setAttribute("viewBox", `0 0 ${side} ${side}`);
  picture.setAttribute("shape-rendering", "crispEdges");
  const modules = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const places = rows.flatMap((row, y) => [...row].flatMap((module, x) => (module === "1" ? [`M${x + border} ${y + border}h1v1h-1z`] : [])));
  modules.setAttribute("d", places.join(""));
  picture.append(modules);
  return picture;
}
