import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { near } from "../staff/times";
import { Shape, type Sign } from "../view/shapes";
import { Detail } from "../words/detail";
import { useSay, word } from "../words/say";
import type { Everything } from "./board_api";
import { counted, next, urgent, type Line } from "./board_stands";
import { useBoard, type BoardKey } from "./board_words";
import { useTell, valueWord } from "./words";

const SHOWN = 6;
const SIGNS: Readonly<Record<Line["what"], Sign>> = {
  condition: "recheck",
  locked: "hold",
  overdue: "recheck",
  level: "recheck",
  short: "recheck",
  slot: "recheck",
  calibration: "recheck",
  to_calibrate: "wait",
  lost: "unknown",
  due: "pass",
  unverified: "unknown",
  unknown: "unknown",
};

/** What needs somebody now, and what is due next with who has to see to it. */
export function Top({ all, heard }: { all: Everything; heard: boolean }): JSX.Element {
  const { tell } = useBoard();
  return (
    <div class="top-of-board">
      <Lines title={tell("urgent")} none={tell("urgent.none")} lines={urgent(all)} now={all.sensors.at} room="urgent" heard={heard} />
      <Lines title={tell("next")} none={tell("next.none")} lines={next(all)} now={all.sensors.at} room="next" heard={heard} />
    </div>
  );
}

interface LinesProps {
  title: string;
  none: string;
  lines: readonly Line[];
  now: string;
  room: "urgent" | "next";
  heard: boolean;
}

function Lines({ title, none, lines, now, room, heard }: LinesProps): JSX.Element {
  const { tell } = useBoard();
  const [all, setAll] = useState(false);
  const shown = all ? lines : lines.slice(0, SHOWN);
  return (
    <section class="lines" aria-label={title} data-lines={room}>
      <h2 class="title">
        {title} {lines.length > 0 && <span class="dim">{lines.length}</span>}
      </h2>
      {lines.length === 0 && <p class="dim">{none}</p>}
      <ul>
        {shown.map((one) => (
          <Row key={one.key} one={one} now={now} room={room} heard={heard} />
        ))}
      </ul>
      {lines.length > SHOWN && (
        <button type="button" class="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? tell("fewer") : tell("more", { n: lines.length - SHOWN })}
        </button>
      )}
    </section>
  );
}

function Row({ one, now, room, heard }: { one: Line; now: string; room: "urgent" | "next"; heard: boolean }): JSX.Element {
  const say = useSay();
  const { tell } = useBoard();
  const tellRounds = useTell();
  const words =
    one.what === "condition" ? word(say, "kind", one.kind) : one.what === "due" && one.when !== null && one.when <= now ? valueWord(tellRounds, "light", "due") : tell((one.what === "level" || one.what === "slot" ? `line.${one.what}.${one.kind}` : `line.${one.what}`) as BoardKey);
  const sign: Sign = !heard ? "unknown" : one.what === "due" && one.when !== null && one.when <= now ? "wait" : SIGNS[one.what];
  const kind = one.what === "condition" || one.what === "level" || one.what === "slot" || one.kind === "" ? "" : valueWord(tellRounds, "kind", one.kind);
  const when = one.what === "calibration" ? "calibration.over" : one.what === "to_calibrate" ? "calibrated" : room === "next" ? "due" : one.what === "slot" ? "at" : "since";
  const mayHaveOwner = one.what !== "to_calibrate" && (room === "next" || one.owner !== null || one.what === "condition");
  return (
    <li data-line={one.key} data-what={one.what}>
      <span class="light">
        <Shape sign={sign} />
        <span>{words}</span>
      </span>
      <span class="what">
        <strong>{one.said === undefined ? one.name : <Detail of={one.said} />}</strong>
        <span class="dim">{[kind, one.site].filter((part) => part !== "").join(" · ")}</span>
      </span>
      <span class="facts dim">
        {one.when !== null && <span>{tell(when, { when: near(one.when, now), day: one.when })}</span>}
        {mayHaveOwner && <span>{one.owner === null ? tell("owner.none") : tell("owner", { name: one.owner })}</span>}
      </span>
    </li>
  );
}

/** One light for each of what people look after. */
export function Counts({ all, heard, go }: { all: Everything; heard: boolean; go: (tab: "rounds" | "supplies" | "levels") => void }): JSX.Element {
  const { tell } = useBoard();
  const of = (some: readonly { light: string }[]): string[] => some.map((one) => one.light);
  const tiles = [
    ["rounds", counted(of(all.rounds.assets), ["locked", "overdue"], ["due"], ["fine"])],
    ["supplies", counted(of(all.stocks.stocks), ["short"], [], ["fine"])],
    ["levels", counted(of(all.levels.levels), ["due", "contradicted"], ["told"], ["fine"])],
  ] as const;
  return (
    <ul class="tiles counts">
      {tiles.map(([name, count]) => (
        <li key={name} class="tile" data-count={name} data-light={heard ? count.light : "unknown"}>
          <button type="button" class="what" onClick={() => go(name)}>
            <strong>{tell(`tile.${name}`)}</strong>
          </button>
          <span class="light">
            <Shape sign={heard ? count.light : "unknown"} />
            <span>{tell(`count.${heard ? count.light : "unknown"}`)}</span>
          </span>
          <span class="dim">{tell("count.of", { bad: count.bad, unknown: count.unknown, all: count.all })}</span>
        </li>
      ))}
    </ul>
  );
}
