import type { JSX } from "preact";
import type { Gate, Verdict } from "../api/types";
import { useSay, word, type Say } from "../words/say";
import { known } from "../words/table";
import { Age, Ago } from "./age";
import { Shape, type Sign } from "./shapes";

/** In the order a guard reads them. */
const COUNTED: readonly Verdict[] = ["pass", "put_on_mask", "fix_mask", "recheck", "cannot_measure", "not_admitted", "hold"];
const WELL: ReadonlySet<string> = new Set(["up", "ok", "off"]);

export function Gates({ gates, feedStale }: { gates: ReadonlyMap<string, Gate>; feedStale: boolean }): JSX.Element {
  const say = useSay();
  const rows = [...gates.values()].sort((one, other) => one.gate.localeCompare(other.gate));
  return (
    <section class="panel gates" aria-label={say("gates.title")}>
      <header>
        <h2>{say("gates.title")}</h2>
        <span class="count">{rows.length}</span>
      </header>
      {rows.length === 0 && <p class="empty dim">{say("gates.empty")}</p>}
      <ul class="tiles">
        {rows.map((gate) => (
          <Tile key={gate.gate} gate={gate} feedStale={feedStale} />
        ))}
      </ul>
    </section>
  );
}

function Tile({ gate, feedStale }: { gate: Gate; feedStale: boolean }): JSX.Element {
  const say = useSay();
  const current = gate.state === "live" && !feedStale;
  const sign: Sign = current ? (gate.last_verdict ?? "wait") : "unknown";
  return (
    <li class={`tile ${current ? "live" : "unsure"}`} data-gate={gate.gate} data-state={gate.state}>
      <div class="name">
        <Shape sign={sign} />
        <div>
          <strong>{gate.gate}</strong>
          <p class="state">
            {current ? say("gate.live") : word(say, "gate", gate.state === "live" ? "stale" : gate.state)}
            {gate.state !== "live" && <Age since={gate.state_since} />}
            <Last gate={gate} current={current} />
          </p>
        </div>
        {gate.replay && (
          <span class="replay" title={say("gate.replay.hint")}>
            {say("gate.replay")}
          </span>
        )}
      </div>
      <Faults gate={gate} say={say} />
      <Hour gate={gate} />
      <Rates gate={gate} />
      <Details gate={gate} />
    </li>
  );
}

function Last({ gate, current }: { gate: Gate; current: boolean }): JSX.Element {
  const say = useSay();
  if (gate.last_verdict === null) return <> · {say("gate.noverdict")}</>;
  const verdict = word(say, "verdict", gate.last_verdict);
  return (
    <>
      {" · "}
      {current ? <b>{verdict}</b> : `${say("gate.known")}: ${verdict}`}
      {gate.last_visit_at !== null && (
        <>
          {" · "}
          <Ago at={gate.last_visit_at} />
        </>
      )}
    </>
  );
}

function Faults({ gate, say }: { gate: Gate; say: Say }): JSX.Element | null {
  const bad = Object.entries(gate.parts).filter(([, state]) => !WELL.has(state));
  if (bad.length === 0) return null;
  const parts = bad.map(([part, state]) => partWord(say, part, state)).join(", ");
  return (
    <p class="fault">
      <Shape sign="unknown" />
      {say("gate.fault", { parts })}
    </p>
  );
}

/** A part and how it is; a fault of the gate itself goes by the name of its reason. */
function partWord(say: Say, part: string, state: string): string {
  return known(`reason.${part}`) ? word(say, "reason", part) : `${word(say, "part", part)}: ${word(say, "part", state)}`;
}

function Hour({ gate }: { gate: Gate }): JSX.Element {
  const say = useSay();
  const counted = COUNTED.filter((verdict) => (gate.verdicts_last_hour[verdict] ?? 0) > 0);
  if (counted.length === 0) return <p class="dim small">{say("gate.nobody")}</p>;
  return (
    <ul class="hour" aria-label={say("gate.hour")}>
      {counted.map((verdict) => (
        <li key={verdict} title={`${word(say, "verdict", verdict)} · ${say("gate.hour")}`}>
          <Shape sign={verdict} />
          <span class="unseen">{word(say, "verdict", verdict)}</span>
          {gate.verdicts_last_hour[verdict]}
        </li>
      ))}
      <li class="dim">{say("gate.hour")}</li>
    </ul>
  );
}

const number = (value: number | null, digits: number, unit: string): string =>
  value === null ? "–" : `${value.toFixed(digits)}${unit}`;

function Rates({ gate }: { gate: Gate }): JSX.Element {
  const say = useSay();
  return (
    <dl class="rates">
      <div>
        <dt>{say("gate.colour")}</dt>
        <dd>{number(gate.colour_fps, 1, " fps")}</dd>
      </div>
      <div>
        <dt>{say("gate.thermal")}</dt>
        <dd>{number(gate.thermal_fps, 1, " fps")}</dd>
      </div>
      <div>
        <dt>{say("gate.loop")}</dt>
        <dd>{number(gate.loop_p99_ms, 1, " ms")}</dd>
      </div>
      <div>
        <dt>{say("gate.outbox")}</dt>
        <dd>{number(gate.outbox_rows, 0, "")}</dd>
      </div>
    </dl>
  );
}

function Details({ gate }: { gate: Gate }): JSX.Element {
  const say = useSay();
  const restarts = Object.entries(gate.restarts).map(([part, count]) => `${word(say, "part", part)} ${count}`);
  const parts = Object.entries(gate.parts).map(([part, state]) => partWord(say, part, state));
  return (
    <details>
      <summary>{say("gate.details")}</summary>
      <dl class="facts">
        <dt>{say("gate.version")}</dt>
        <dd>{gate.version || "–"}</dd>
        <dt>{say("gate.model")}</dt>
        <dd>{gate.model || "–"}</dd>
        <dt>{say("gate.restarts")}</dt>
        <dd>{restarts.join(", ") || "0"}</dd>
        <dt>{say("gate.parts")}</dt>
        <dd>{parts.join(", ") || "–"}</dd>
        <dt>{say("gate.health")}</dt>
        <dd>{gate.health_at === null ? "–" : <Ago at={gate.health_at} />}</dd>
      </dl>
    </details>
  );
}
