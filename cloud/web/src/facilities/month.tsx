import type { JSX } from "preact";
import { useContext, useState } from "preact/hooks";
import { Ended } from "../admin/use_doing";
import { call } from "../api/client";
import type { TableOf } from "../reports/api";
import { Failed } from "../reports/failed";
import "../reports/reports.css";
import { Section } from "../reports/sheet";
import { Take } from "../reports/take";
import { useRead } from "../reports/use_read";
import { teller, Told, useTell } from "../reports/words";
import type { Language } from "../words/table";
import { monthTeller } from "./month_words";
import "./month.css";

interface MonthOf {
  month: string;
  over: boolean;
  title: string;
  notes: string[];
  tables: TableOf[];
}

const month = (name: string, language: Language): Promise<MonthOf> =>
  call("GET", `/api/facilities/months/${name}?lang=${language}`) as Promise<MonthOf>;

const newestMonth = (): Promise<{ newest: string }> => call("GET", "/api/facilities/months") as Promise<{ newest: string }>;

/** So many months after this one, as 2026-11. */
export function monthAfter(name: string, count: number): string {
  const [year = 0, number = 1] = name.split("-").map(Number);
  const months = year * 12 + number - 1 + count;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, "0")}`;
}

interface Props {
  language: Language;
  mayTake: boolean;
}

/** One month of the facilities as it stands on paper; it begins with the month that lasts. */
export function Month(props: Props): JSX.Element {
  return (
    <Told.Provider value={teller(props.language)}>
      <Newest {...props} />
    </Told.Provider>
  );
}

/** Which month lasts is the cloud's to say: a telephone's clock may be anywhere. */
function Newest(props: Props): JSX.Element {
  const tell = useTell();
  const { found, failed, again } = useRead(newestMonth, "", useContext(Ended));
  if (found !== null) return <MonthPage {...props} newest={found.newest} />;
  return (
    <section class="page" aria-label={monthTeller(props.language)("page")}>
      {failed ? <Failed again={again} /> : <p class="dim">{tell("loading")}</p>}
    </section>
  );
}

function MonthPage({ language, mayTake, newest }: Props & { newest: string }): JSX.Element {
  const tell = useTell();
  const say = monthTeller(language);
  const ended = useContext(Ended);
  const [name, setName] = useState(newest);
  const { found, failed, again } = useRead<MonthOf>(() => month(name, language), `${name} ${language}`, ended);
  const shown = found?.month === name ? found : null;
  return (
    <section class="page daily month" aria-label={say("page")} data-month={shown?.month}>
      <div class="months">
        <button type="button" class="second" data-action="before" onClick={() => setName(monthAfter(name, -1))}>
          {say("before")}
        </button>
        <strong aria-live="polite">{name}</strong>
        <button type="button" class="second" data-action="after" disabled={name >= newest} onClick={() => setName(monthAfter(name, 1))}>
          {say("after")}
        </button>
        {shown !== null && !shown.over && <em>{say("lasts")}</em>}
      </div>
      {failed && <Failed again={again} />}
      {shown === null && !failed && <p class="dim">{tell("loading")}</p>}
      {shown !== null && (
        <>
          <h2>{shown.title}</h2>
          <p class="buttons">
            {mayTake && <Take what={`facilities/months/${name}`} language={language} />}
            <button type="button" class="second" data-action="print" onClick={() => window.print()}>
              {tell("print")}
            </button>
          </p>
          <div class="gist">
            {shown.notes.map((note) => (
              <p key={note}>{note}</p>
            ))}
          </div>
          {shown.tables.map((table) => (
            <Section key={table.title} table={table} />
          ))}
        </>
      )}
    </section>
  );
}
