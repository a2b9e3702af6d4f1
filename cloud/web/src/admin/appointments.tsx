import type { JSX } from "preact";
import { useCallback, useState } from "preact/hooks";
import type { Language } from "../words/table";
import { Field, Once, sent, Trouble } from "./fields";
import {
  appointments,
  cancelAppointment,
  makeAppointment,
  offers,
  passes,
  receptions,
  type Appointment,
  type Pass,
  type Reception,
} from "./passes_api";
import { useDoing, useRows } from "./use_doing";
import { Sure } from "./sure";
import { Waiting } from "./waiting";
import { useTell } from "./words";

/** Appointments of a day, and one more for somebody who calls. */
export function Appointments({ language }: { language: Language }): JSX.Element {
  const tell = useTell();
  const { rows, doing, again } = useRows(receptions);
  const [name, setName] = useState<string | null>(null);
  const one = (rows ?? []).find((each) => each.name === name) ?? rows?.[0];
  return (
    <section class="page" aria-label={tell("tab.appointments")}>
      <Trouble trouble={doing.trouble} />
      <Waiting rows={rows} doing={doing} again={again} />
      {rows !== null && one === undefined && <p class="dim">{tell("reception.none")}</p>}
      {rows !== null && rows.length > 1 && (
        <Field label={tell("reception")}>
          <select name="where" onChange={(event) => setName(event.currentTarget.value)}>
            {rows.map((each) => (
              <option key={each.name}>{each.name}</option>
            ))}
          </select>
        </Field>
      )}
      {one !== undefined && <Desk key={one.name} where={one} language={language} />}
    </section>
  );
}

function Desk({ where, language }: { where: Reception; language: Language }): JSX.Element {
  const tell = useTell();
  const [day, setDay] = useState("");
  const listed = useRows(useCallback(() => appointments(where.name, day), [where.name, day]));
  const room = useRows(useCallback(() => offers(where.name), [where.name]));
  const making = useDoing();
  const [people, setPeople] = useState(1);
  const [made, setMade] = useState<Appointment | null>(null);
  const [shown, setShown] = useState<{ reference: string; passes: Pass[] } | null>(null);
  const when = (at: string): string => told(at, where.timezone, language);
  const roomy = (room.rows ?? []).filter((one) => one.free >= people);
  const again = async (): Promise<void> => void (await Promise.all([listed.again(), room.again()]));
  const make = async (event: Event): Promise<void> => {
    const field = sent(event);
    const deed = async (): Promise<void> => {
      const booked = await makeAppointment(where.name, field("begins"), people);
      setMade(booked);
      const on = dayOf(booked.begins, where.timezone);
      if (on === day) await listed.again();
      else setDay(on); // it stands in the list below, whatever day it is on
    };
    await making.run(deed, { 409: "visit.full" });
    await room.again();
  };
  const cancel = async (number: number): Promise<void> => {
    if (await listed.doing.run(() => cancelAppointment(number))) await again();
  };
  const show = (one: Appointment): Promise<boolean> =>
    listed.doing.run(async () => setShown({ reference: one.reference, passes: await passes(one.number) }), { 503: "badge.off" });
  return (
    <>
      <form class="card line" onSubmit={(event) => void make(event)}>
        <h3>{tell("visit.call")}</h3>
        <Field label={tell("visit.when")}>
          <select name="begins" required>
            {roomy.map((one) => (
              <option key={one.begins} value={one.begins}>
                {tell("visit.slot", { when: when(one.begins), free: one.free })}
              </option>
            ))}
          </select>
        </Field>
        <Field label={tell("visit.people")}>
          <input name="people" type="number" min={1} max={6} value={people} required class="short" onInput={(event) => setPeople(Number(event.currentTarget.value) || 1)} />
        </Field>
        <button class="primary" disabled={making.busy || roomy.length === 0}>
          {tell("visit.make")}
        </button>
        <Trouble trouble={making.trouble ?? room.doing.trouble} />
      </form>
      {made !== null && <Once label={tell("visit.made", { when: when(made.begins) })} secret={aloud(made.reference)} />}
      {shown !== null && <Codes {...shown} close={() => setShown(null)} />}
      <Field label={tell("visit.day")}>
        <input name="day" type="date" value={day} onInput={(event) => setDay(event.currentTarget.value)} />
      </Field>
      <Trouble trouble={listed.doing.trouble} />
      <Waiting {...listed} />
      {listed.rows !== null && listed.rows.length === 0 && <p class="dim">{tell("visit.empty")}</p>}
      {listed.rows !== null && listed.rows.length > 0 && (
        <Table rows={listed.rows} busy={listed.doing.busy} when={when} show={(one) => void show(one)} cancel={(number) => void cancel(number)} />
      )}
    </>
  );
}

/** Such as 2026-11-23, where the reception is. */
const dayOf = (at: string, timeZone: string): string => new Intl.DateTimeFormat("en-CA", { timeZone }).format(new Date(at));

interface TableProps {
  rows: Appointment[];
  busy: boolean;
  when: (at: string) => string;
  show: (one: Appointment) => void;
  cancel: (number: number) => void;
}

function Table({ rows, busy, when, show, cancel }: TableProps): JSX.Element {
  const tell = useTell();
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={tell("tab.appointments")}>
      <table>
        <thead>
          <tr>
            {(["visit.when", "visit.reference", "visit.people", "visit.arrived", "visit.from"] as const).map((key) => (
              <th key={key} scope="col">
                {tell(key)}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={one.number} data-appointment={one.reference} class={one.cancelled ? "over" : ""}>
              <td>{when(one.begins)}</td>
              <th scope="row">{aloud(one.reference)}</th>
              <td data-label={tell("visit.people")}>{one.people}</td>
              <td data-label={tell("visit.arrived")}>{one.arrived}</td>
              <td>{tell(one.by_phone ? "visit.phone" : "visit.web")}</td>
              <td>
                {one.cancelled && tell("visit.cancelled")}
                {!one.cancelled && (
                  <>
                    <button type="button" class="quiet" aria-label={tell("visit.show.of", { name: one.reference })} onClick={() => show(one)}>
                      {tell("visit.show")}
                    </button>
                    <Sure what="visit.cancel" label={tell("visit.cancel.of", { name: one.reference })} name={aloud(one.reference)} action="cancel" busy={busy} deed={() => cancel(one.number)} />
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Codes({ reference, passes: all, close }: { reference: string; passes: Pass[]; close: () => void }): JSX.Element {
  const tell = useTell();
  return (
    <div class="card codes" role="region" aria-label={tell("visit.show.of", { name: reference })}>
      <h3>
        {tell("visit.reference")} {aloud(reference)}
      </h3>
      <div class="pictures">
        {all.map((one) => (
          <img key={one.number} src={picture(one.svg)} alt={one.number} />
        ))}
      </div>
      <p>{tell("visit.once")}</p>
      <div class="card plain line">
        <button type="button" class="primary" onClick={() => window.print()}>
          {tell("visit.print")}
        </button>
        <button type="button" class="quiet" onClick={close}>
          {tell("close")}
        </button>
      </div>
    </div>
  );
}

const picture = (svg: string): string => `data:image/svg+xml,${encodeURIComponent(svg)}`;

/** In two halves, to be read aloud. */
const aloud = (reference: string): string => `${reference.slice(0, 4)} ${reference.slice(4)}`;

/** A time as it is at the reception. */
function told(at: string, timeZone: string, language: Language): string {
  const how = { timeZone, weekday: "short", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false } as const;
  return new Date(at).toLocaleString(language === "en" ? "en-GB" : "zh-CN", how);
}
