import type { JSX } from "preact";
import { useCallback, useState } from "preact/hooks";
import { Trouble } from "../admin/fields";
import { Waiting } from "../admin/waiting";
import { clock } from "../staff/times";
import { usePolled } from "../staff/use_polled";
import { ClockOffset, useNow } from "../state/now";
import { Shape } from "../view/shapes";
import type { Language } from "../words/table";
import { Files } from "./files";
import "./month.css";
import "./supplies.css";
import "./uvc.css";
import { DAYS, fileOfRuns, uvc, type Days, type Lamp, type Uvc } from "./uvc_api";
import { Runs } from "./uvc_runs";
import { ToldOfUvc, useUvc, uvcTeller } from "./uvc_words";

const TICK_MS = 5_000;

/** What each run of a UV-C lamp gave, and how old the lamps are: evidence, and where there is none. */
export function UvcPage({ language, mayTake }: { language: Language; mayTake: boolean }): JSX.Element {
  return (
    <ToldOfUvc.Provider value={{ tell: uvcTeller(language), language }}>
      <Page mayTake={mayTake} />
    </ToldOfUvc.Provider>
  );
}

function Page({ mayTake }: { mayTake: boolean }): JSX.Element {
  const { tell, language } = useUvc();
  const [days, setDays] = useState<Days>(31);
  const [before, setBefore] = useState<string | null>(null);
  const { rows, doing, again } = usePolled<Uvc>(useCallback(() => uvc(days, before), [days, before]));
  const go = (those: Days): void => {
    setDays(those);
    setBefore(null);
  };
  return (
    <ClockOffset.Provider value={rows?.ahead_ms ?? 0}>
      <section class="page supplies month uvc" aria-label={tell("runs")}>
        <Trouble trouble={doing.trouble} />
        {doing.trouble !== null && rows !== null && <p class="trouble">{tell("stale", { when: clock(rows.at) })}</p>}
        <Waiting rows={rows} doing={doing} again={again} />
        {rows !== null && (
          <>
            <h3>{tell("lamps")}</h3>
            {rows.lamps.length === 0 && <p class="dim">{tell("lamps.none")}</p>}
            <ul class="assets">
              {rows.lamps.map((one) => (
                <LampLine key={`${one.gate}/${one.sensor}`} lamp={one} heard={doing.trouble === null} />
              ))}
            </ul>
            <h3>{tell("runs")}</h3>
            <div class="buttons" role="group" aria-label={tell("range")}>
              {DAYS.map((one) => (
                <button key={one} type="button" class="second" aria-pressed={one === days} data-days={one} onClick={() => go(one)}>
                  {tell(`days.${one}`)}
                </button>
              ))}
              {mayTake && <Files at={(form) => fileOfRuns(days, form, language)} />}
            </div>
            <Counted rows={rows} whole={rows.next === null && before === null} />
            {rows.runs.length > 0 && <Runs runs={rows.runs} />}
            {(rows.next !== null || before !== null) && (
              <p class="buttons">
                <button type="button" class="second" data-action="newest" disabled={before === null} onClick={() => setBefore(null)}>
                  {tell("newest")}
                </button>
                <button type="button" class="second" data-action="earlier" disabled={rows.next === null} onClick={() => setBefore(rows.next)}>
                  {tell("earlier")}
                </button>
              </p>
            )}
            <p class="dim">{tell("how")}</p>
          </>
        )}
      </section>
    </ClockOffset.Provider>
  );
}

function Counted({ rows, whole }: { rows: Uvc; whole: boolean }): JSX.Element {
  const { tell } = useUvc();
  const of = (light: string): number => rows.runs.filter((one) => one.light === light).length;
  const known = of("reached") + of("short") + of("no_target");
  if (rows.runs.length === 0) return <p class="dim">{tell("none")}</p>;
  const said = tell("count", { all: rows.runs.length, reached: of("reached"), short: of("short"), unknown: rows.runs.length - known, no_target: of("no_target") });
  return (
    <p aria-live="polite" data-runs={rows.runs.length}>
      {whole ? said : `${tell("count.page")}: ${said}`}
    </p>
  );
}

/** A lamp is fine only where its gate says so now. */
function LampLine({ lamp, heard }: { lamp: Lamp; heard: boolean }): JSX.Element {
  const { tell } = useUvc();
  const now_ms = useNow(TICK_MS);
  const fresh = heard && now_ms <= Date.parse(lamp.fresh_until) && lamp.hours !== null;
  const light = lamp.aged ? "aged" : fresh ? "fine" : "unknown";
  return (
    <li data-lamp={lamp.sensor} data-light={light}>
      <span class="light">
        <Shape sign={light === "aged" ? "recheck" : light === "fine" ? "pass" : "unknown"} />
        <span>{tell(`lamp.${light}`)}</span>
      </span>
      <span class="what">
        <strong>{lamp.place === "" ? lamp.sensor : lamp.place}</strong>
        <span class="dim">{[lamp.site, lamp.gate].filter((part) => part !== "").join(" · ")}</span>
      </span>
      <span class="facts">
        <span>{lamp.hours === null ? tell("hours.unknown") : tell("hours", { n: Math.round(lamp.hours * 10) / 10 })}</span>
        {lamp.starts !== null && <span>{tell("starts", { n: lamp.starts })}</span>}
        <span>{lamp.percent === null ? tell("percent.unknown") : tell("percent", { n: Math.round(lamp.percent) })}</span>
      </span>
    </li>
  );
}
