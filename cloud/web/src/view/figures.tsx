import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { alarmFigures, Refused } from "../api/client";
import type { Figures, Often } from "../api/figures";
import { useSay, word } from "../words/say";
import type { Key } from "../words/table";
import { absolute } from "../words/time";
import { Dialog } from "./dialog";
import { Shape } from "./shapes";

interface Line {
  what: Key;
  now: string;
  aim: string;
  /** Null where there is no aim. */
  met: boolean | null;
}

const number = (value: number): string => (value >= 10 ? value.toFixed(0) : value.toFixed(1));
const percent = (share: number): string => `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;
const shares = (three: [number, number, number]): string => three.map((share) => percent(share)).join(" / ");

/** The figures of ISA-18.2 for the guards' alarms, beside what they should be. */
export default function FiguresPage({ close, ended }: { close: () => void; ended: () => void }): JSX.Element {
  const say = useSay();
  const [days, setDays] = useState(7);
  const [guards, setGuards] = useState(1);
  const [figures, setFigures] = useState<Figures | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let current = true;
    alarmFigures(days, guards)
      .then((found) => {
        if (!current) return;
        setFigures(found);
        setFailed(false);
      })
      .catch((error: unknown) => {
        if (!current) return;
        if (error instanceof Refused && error.status === 401) ended();
        setFailed(true);
      });
    return () => {
      current = false;
    };
  }, [days, guards]);
  return (
    <Dialog title={say("figures.title")} close={close}>
      <div class="figures" data-figures={figures === null ? "asking" : "there"}>
        <p class="buttons">
          {[1, 7, 30].map((choice) => (
            <button key={choice} type="button" class="quiet framed" aria-pressed={choice === days} onClick={() => setDays(choice)}>
              {choice === 1 ? say("figures.day") : say("figures.days", { n: choice })}
            </button>
          ))}
          <label class="choice">
            {say("figures.guards")}
            <input type="number" min={1} max={20} value={guards} onInput={(event) => setGuards(between(event.currentTarget.valueAsNumber))} />
          </label>
        </p>
        {failed && (
          <p role="alert" class="trouble">
            {say("login.away")}
          </p>
        )}
        {figures === null ? !failed && <p class="dim">{say("loading")}</p> : <Table figures={figures} />}
      </div>
      <form method="dialog">
        <button class="primary">{say("keys.close")}</button>
      </form>
    </Dialog>
  );
}

const between = (wanted: number): number => (Number.isFinite(wanted) ? Math.min(20, Math.max(1, Math.round(wanted))) : 1);

function linesOf(say: ReturnType<typeof useSay>, is: Figures): Line[] {
  const should = is.targets;
  const atMost = (what: Key, value: number, most: number): Line => ({ what, now: number(value), aim: say("figures.atmost", { n: most }), met: value <= most });
  const share = (what: Key, value: number, below: number): Line => ({ what, now: percent(value), aim: say("figures.below", { n: percent(below) }), met: value < below });
  return [
    {
      ...atMost("figures.hour", is.alarms_an_hour, should.alarms_an_hour),
      aim: say("figures.hour.aim", { n: should.alarms_an_hour, most: should.alarms_an_hour_at_most }),
    },
    { what: "figures.cases", now: number(is.cases_an_hour), aim: say("figures.cases.aim"), met: null },
    atMost("figures.ten", is.alarms_in_ten_minutes, should.alarms_in_ten_minutes),
    atMost("figures.peak", is.ten_minutes_peak, 10),
    share("figures.flood", is.flood_share, should.flood_share),
    share("figures.over30", is.hours_over_30_share, should.hours_over_30_share),
    { ...atMost("figures.chattering", is.chattering.length, should.chattering), now: String(is.chattering.length) },
    { what: "figures.stale", now: String(is.stale.length), aim: say("figures.below", { n: should.stale }), met: is.stale.length < should.stale },
    { what: "figures.priority", now: shares(is.by_priority), aim: shares(should.by_priority), met: null },
  ];
}

function Table({ figures }: { figures: Figures }): JSX.Element {
  const say = useSay();
  return (
    <>
      <p class="dim">{say("figures.span", { from: absolute(figures.since), to: absolute(figures.until) })}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{say("figures.what")}</th>
            <th scope="col">{say("figures.now")}</th>
            <th scope="col">{say("figures.aim")}</th>
          </tr>
        </thead>
        <tbody>
          {linesOf(say, figures).map((line) => (
            <tr key={line.what} data-figure={line.what} data-met={line.met}>
              <th scope="row">{say(line.what)}</th>
              <td>
                {line.met !== null && <Shape sign={line.met ? "pass" : "recheck"} />}
                <strong>{line.now}</strong>
                {line.met !== null && <span class="unseen">{say(line.met ? "figures.good" : "figures.bad")}</span>}
              </td>
              <td class="dim">{line.aim}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Named title="figures.most" rows={figures.most_often} />
      <Named title="figures.chattering" rows={figures.chattering} />
      <Named title="figures.stale" rows={figures.stale} />
      <p class="dim small">{say("figures.source")}</p>
    </>
  );
}

function Named({ title, rows }: { title: Key; rows: Often[] }): JSX.Element {
  const say = useSay();
  return (
    <section>
      <h3>{say(title)}</h3>
      {rows.length === 0 && <p class="dim">{say("figures.none")}</p>}
      <ul>
        {rows.map((row) => (
          <li key={`${row.gate} ${row.kind}`}>
            {word(say, "kind", row.kind)} · {row.gate} <span class="dim">{say("queue.times", { n: row.count })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
