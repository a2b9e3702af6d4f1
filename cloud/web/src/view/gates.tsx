import type { JSX } from "preact";
import type { Gate, Verdict } from "../api/types";
import { useSay, word, type Say } from "../words/say";
import { known } from "../words/table";
import { Age, Ago } from "./age";
import { Shape, type Sign } from "./shapes";

/** In the order a guard reads them. */
export const COUNTED: readonly Verdict[] = ["pass", "put_on_mask", "fix_mask", "recheck", "cannot_measure", "not_admitted", "hold"];
export const WELL: ReadonlySet<string> = new Set(["up", "ok", "off"]);

interface Props {
  gates: ReadonlyMap<string, Gate>;
  /** Whether the cloud has said anything yet. */
  heard: boolean;
  feedStale: boolean;
  /** Opens one gate's own page. */
  show: (gate: string) => void;
  showSites: () => void;
}

export function Gates({ gates, heard, feedStale, show, showSites }: Props): JSX.Element {
  const say = useSay();
  const rows = [...gates.values()].sort((one, other) => one.gate.localeCompare(other.gate));
  return (
    <section class="panel gates" aria-label={say("gates.title")}>
      <header>
        <h2>{say("gates.title")}</h2>
        <span class="count">{heard ? rows.length : "–"}</span>
        <span class="space" />
        <button type="button" class="quiet framed" data-action="sites" onClick={showSites}>
          {say("gates.sites")} <kbd>W</kbd>
        </button>
      </header>
      {rows.length === 0 && <p class="empty dim">{say(heard ? "gates.empty" : "loading")}</p>}
      <ul class="tiles">
        {rows.map((gate) => (
          <Tile key={gate.gate} gate={gate} feedStale={feedStale} show={show} />
        ))}
      </ul>
    </section>
  );
}

/** Whether what the row says is so now; of a gate, or a feed, that is silent nobody knows. */
export const isCurrent = (gate: Gate, feedStale: boolean): boolean => gate.state === "live" && !feedStale;
export const gateSign = (gate: Gate, feedStale: boolean): Sign => (isCurrent(gate, feedStale) ? (gate.last_verdict ?? "wait") : "unknown");

function Tile({ gate, feedStale, show }: Pick<Props, "feedStale" | "show"> & { gate: Gate }): JSX.Element {
  const say = useSay();
  const current = isCurrent(gate, feedStale);
  return (
    <li class={`tile ${current ? "live" : "unsure"}`} data-gate={gate.gate} data-state={gate.state}>
      <div class="name">
        <Shape sign={gateSign(gate, feedStale)} />
        <div>
          <button type="button" class="opens" data-action="gate" title={say("gate.open")} onClick={() => show(gate.gate)}>
            {gate.gate}
          </button>
          <GateState gate={gate} current={current} />
        </div>
        {gate.closed_since != null && <span class="chip">{say("gate.closed")}</span>}
        {gate.held === true && <span class="chip">{say("gate.held")}</span>}
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

/** How it is, since when, and whom it decided about last. */
export function GateState({ gate, current }: { gate: Gate; current: boolean }): JSX.Element {
  const say = useSay();
  return (
    <p class="state">
      {current ? say("gate.live") : word(say, "gate", gate.state === "live" ? "stale" : gate.state)}
      {gate.state !== "live" && <Age since={gate.state_since} />}
      <Last gate={gate} current={current} />
    </p>
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

export function Faults({ gate, say }: { gate: Gate; say: Say }): JSX.Element | null {
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

export function Hour({ gate }: { gate: Gate }): JSX.Element {
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
