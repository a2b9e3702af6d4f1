import type { JSX } from "preact";
import { near } from "../staff/times";
import { Shape, type Sign } from "../view/shapes";
import type { Level, LevelEntry } from "./levels_api";
import { levelWord, useTellOfLevels } from "./levels_words";

const SIGNS: Readonly<Record<string, Sign>> = { contradicted: "recheck", due: "recheck", unknown: "unknown", told: "wait", fine: "pass" };
const MINUTE_MS = 60_000;

/** Colour, shape and word together; what this screen does not know is unknown. */
export function LevelLight({ level }: { level: Level }): JSX.Element {
  const tell = useTellOfLevels();
  const word = level.light === "due" ? tell(level.fills ? "light.due.empty" : "light.due.refill") : levelWord(tell, "light", level.light);
  return (
    <span class="light" data-light={level.light}>
      <Shape sign={SIGNS[level.light] ?? "unknown"} />
      <span>{word}</span>
    </span>
  );
}

/** How full it is, with its limit as a line; hatched where that is not how it is now. */
export function LevelBar({ level }: { level: Level }): JSX.Element {
  const tell = useTellOfLevels();
  const label = level.value === null ? tell("level.bar.none", { limit: level.limit_pct }) : tell("level.bar", { n: Math.round(level.value), limit: level.limit_pct });
  return (
    <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label={label} data-known={level.known} data-light={level.light}>
      <rect class="track" width="100" height="10" />
      {level.value !== null && <rect class="fill" width={level.value} height="10" />}
      <rect class="limit" x={level.limit_pct - 0.6} width="1.2" height="10" />
    </svg>
  );
}

/** The level, how old it is, and why it is not known where it is not. */
export function LevelFacts({ level, now }: { level: Level; now: string }): JSX.Element {
  const tell = useTellOfLevels();
  return (
    <span class="facts">
      {level.value === null ? <span>{tell("level.never")}</span> : <span class={level.known ? "figure" : "figure dim"}>{tell("level", { n: Math.round(level.value) })}</span>}
      <span class="dim">{tell("limit", { n: level.limit_pct })}</span>
      {level.value_at !== null && <Age at={level.value_at} now={now} />}
      {level.trouble !== null && <span class="wrong">{tell("trouble")}</span>}
      {level.trouble === null && level.value !== null && !level.known && <span class="wrong">{tell("stale")}</span>}
      {level.due_since !== null && <span class="tag">{tell("due.since", { when: near(level.due_since, now) })}</span>}
      <Last entry={level.last} now={now} />
    </span>
  );
}

function Age({ at, now }: { at: string; now: string }): JSX.Element {
  const tell = useTellOfLevels();
  const minutes = Math.max(0, Math.floor((Date.parse(now) - Date.parse(at)) / MINUTE_MS));
  const words = minutes < 1 ? tell("age.now") : minutes < 60 ? tell("age.min", { n: minutes }) : tell("age.at", { when: near(at, now) });
  return (
    <time class="dim" dateTime={at} title={near(at, now)}>
      {words}
    </time>
  );
}

function Last({ entry, now }: { entry: LevelEntry | null; now: string }): JSX.Element {
  const tell = useTellOfLevels();
  if (entry === null) return <span class="dim">{tell("last.never")}</span>;
  const key = entry.step === "refilled" ? "last.refilled" : "last.picked_up";
  return (
    <span class="dim">
      {tell(key, { by: entry.by, when: near(entry.happened_at, now) })} · <TrustOf entry={entry} />
    </span>
  );
}

/** What stands behind what somebody entered, and why it proves nothing where it does not. */
export function TrustOf({ entry }: { entry: LevelEntry }): JSX.Element {
  const tell = useTellOfLevels();
  const why = entry.doubt === null ? "" : ` (${levelWord(tell, "doubt", entry.doubt)})`;
  return (
    <span class={entry.trust === "unverified" ? "wrong" : ""} data-trust={entry.trust}>
      {levelWord(tell, "trust", entry.trust ?? "unverified")}
      {why}
    </span>
  );
}
