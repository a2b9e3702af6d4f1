import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Finding, Gap, Today } from "./api";
import { dayAndClock } from "./times";
import { useTell, valueWord, type Tell } from "./words";

const MOST = 6;

/** Leaders away, gaps of the rota, and what is wrong with the roster; the first few, the rest at a touch. */
export function Warnings({ today }: { today: Today }): JSX.Element | null {
  const tell = useTell();
  const [all, setAll] = useState(false);
  const lines = [
    ...today.leaders_away.map((one) => ({ kind: "away", text: valueName(tell, `away.${one.why}`, one.name) })),
    ...today.gaps.map((one) => ({ kind: "gap", text: gapText(tell, one) })),
    ...today.roster.map((one) => ({ kind: one.what, text: `${placeText(tell, one)}: ${faultText(tell, one)}` })),
  ];
  if (lines.length === 0) return null;
  const shown = all ? lines : lines.slice(0, MOST);
  return (
    <div class="warnings" role="region" aria-label={tell("today.warnings")}>
      <h2>{tell("today.warnings")}</h2>
      <ul>
        {shown.map((one) => (
          <li key={one.text} data-warning={one.kind}>
            {one.text}
          </li>
        ))}
      </ul>
      {shown.length < lines.length && (
        <button type="button" class="quiet" onClick={() => setAll(true)}>
          {tell("today.more", { n: lines.length - shown.length })}
        </button>
      )}
    </div>
  );
}

export function faultText(tell: Tell, one: Finding): string {
  return tell(`fault.${one.what}`, { name: one.name ?? one.person ?? "", have: one.have, need: one.need, until: one.until ?? "" });
}

export function gapText(tell: Tell, one: Gap): string {
  const text = tell("gap", { post: valueWord(tell, "post", one.post), begins: dayAndClock(one.begins), ends: dayAndClock(one.ends) });
  return one.site === "" ? text : `${one.site}: ${text}`;
}

function placeText(tell: Tell, one: Finding): string {
  const place = `${one.day.slice(5)} ${tell(`shift.${one.shift}`)} ${valueWord(tell, "post", one.post)}`;
  return one.site === "" ? place : `${one.site} ${place}`;
}

function valueName(tell: Tell, key: string, name: string): string {
  const known = key as "away.not_seen" | "away.went_out" | "away.reported_late";
  return tell(known, { name });
}
