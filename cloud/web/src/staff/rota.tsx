import type { JSX } from "preact";
import { Field, sent, Trouble } from "../admin/fields";
import { useDoing, useRows } from "../admin/use_doing";
import { Waiting } from "../admin/waiting";
import { addTurn, members, removeTurn, reportAbsence, rota, withdrawAbsence, type Member, type Rota } from "./api";
import { dayAndClock, inUtc } from "./times";
import { gapText } from "./warnings";
import { useTell, type StaffKey } from "./words";

/** The 24 hours' duty: gaps first, then who is there and who leads, and absences reported in advance. */
export function RotaPage({ edits, top }: { edits: boolean; top: string }): JSX.Element {
  const tell = useTell();
  const people = useRows(members);
  const { rows, doing, again } = useRows(rota);
  const changing = useDoing();
  const change = async (deed: () => Promise<unknown>): Promise<boolean> => {
    const done = await changing.run(deed);
    if (done) await again();
    return done;
  };
  return (
    <section class="page" aria-label={tell("tab.rota")}>
      <Trouble trouble={doing.trouble ?? people.doing.trouble ?? changing.trouble} />
      <Waiting rows={rows} doing={doing} again={again} />
      {rows !== null && <Gaps rows={rows} />}
      {people.rows?.length === 0 && <p class="dim">{tell("people.none")}</p>}
      {edits && <AddTurn people={people.rows ?? []} top={top} change={change} busy={changing.busy} />}
      {rows !== null && <Turns rows={rows} {...(edits && { remove: (id: string) => void change(() => removeTurn(id)) })} />}
      {edits && <AddAbsence people={people.rows ?? []} change={change} busy={changing.busy} />}
      {rows !== null && rows.absences.length > 0 && (
        <Absences rows={rows} {...(edits && { withdraw: (id: string) => void change(() => withdrawAbsence(id)) })} />
      )}
    </section>
  );
}

function Gaps({ rows }: { rows: Rota }): JSX.Element {
  const tell = useTell();
  if (rows.gaps.length === 0) return <p class="dim">{rows.turns.length === 0 ? tell("rota.none") : tell("rota.whole")}</p>;
  return (
    <div class="warnings" role="region" aria-label={tell("rota.gaps")}>
      <h2>{tell("rota.gaps")}</h2>
      <ul>
        {rows.gaps.map((one) => (
          <li key={`${one.site} ${one.post} ${one.begins}`} data-warning="gap">
            {gapText(tell, one)}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface Adding {
  people: readonly Member[];
  change: (deed: () => Promise<unknown>) => Promise<boolean>;
  busy: boolean;
}

function AddTurn({ people, top, change, busy }: Adding & { top: string }): JSX.Element {
  const tell = useTell();
  const add = async (event: Event): Promise<void> => {
    const field = sent(event);
    const site = people.find((one) => one.id === field("person"))?.site ?? top;
    const span = { begins: inUtc(field("begins")), ends: inUtc(field("ends")) };
    await change(() => addTurn({ site, person: field("person"), ...span, leads: field("leads") !== "" }));
  };
  return (
    <form class="card line" data-form="turn" onSubmit={(event) => void add(event)}>
      <h3>{tell("rota.add")}</h3>
      <Who people={people} />
      <Span />
      <label class="check">
        <input name="leads" type="checkbox" /> {tell("rota.leads")}
      </label>
      <button class="primary" disabled={busy || people.length === 0}>
        {tell("rota.go")}
      </button>
    </form>
  );
}

function AddAbsence({ people, change, busy }: Adding): JSX.Element {
  const tell = useTell();
  const add = async (event: Event): Promise<void> => {
    const field = sent(event);
    const absence = { begins: inUtc(field("begins")), ends: inUtc(field("ends")), why: field("why") };
    await change(() => reportAbsence(field("person"), absence));
  };
  return (
    <form class="card line" data-form="absence" onSubmit={(event) => void add(event)}>
      <h3>{tell("absence.add")}</h3>
      <Who people={people} />
      <Span />
      <Field label={tell("absence.why")}>
        <input name="why" maxLength={300} autocomplete="off" />
      </Field>
      <button class="primary" disabled={busy || people.length === 0}>
        {tell("absence.go")}
      </button>
    </form>
  );
}

export function Who({ people }: { people: readonly Member[] }): JSX.Element {
  const tell = useTell();
  return (
    <Field label={tell("person")}>
      <select name="person" required>
        {people.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name} {one.number}
          </option>
        ))}
      </select>
    </Field>
  );
}

function Span(): JSX.Element {
  const tell = useTell();
  return (
    <>
      {(["begins", "ends"] as const).map((name) => (
        <Field key={name} label={tell(name)}>
          <input name={name} type="datetime-local" required />
        </Field>
      ))}
    </>
  );
}

function Turns({ rows, remove }: { rows: Rota; remove?: (id: string) => void }): JSX.Element {
  const tell = useTell();
  const lines = rows.turns.map((one) => ({ ...one, more: one.leads ? tell("post.leader") : tell("post.watch") }));
  return <Lines title="rota.turns" lines={lines} label="rota.remove" {...(remove && { act: remove })} />;
}

function Absences({ rows, withdraw }: { rows: Rota; withdraw?: (id: string) => void }): JSX.Element {
  const tell = useTell();
  const lines = rows.absences.map((one) => ({ ...one, more: one.in_advance ? tell("absence.advance") : tell("absence.late") }));
  return <Lines title="absence.list" lines={lines} label="absence.withdraw" {...(withdraw && { act: withdraw })} />;
}

interface LinesProps {
  title: StaffKey;
  lines: readonly { id: string; name: string; begins: string; ends: string; more: string }[];
  label: "rota.remove" | "absence.withdraw";
  act?: (id: string) => void;
}

function Lines({ title, lines, label, act }: LinesProps): JSX.Element {
  const tell = useTell();
  return (
    <>
      <h2>{tell(title)}</h2>
      <ul class="duty">
        {lines.map((one) => (
          <li key={one.id} data-line={one.id}>
            <strong>{one.name}</strong>
            <span class="figure">
              {dayAndClock(one.begins)} – {dayAndClock(one.ends)}
            </span>
            <span>{one.more}</span>
            {act && (
              <button type="button" class="quiet" aria-label={tell(`${label}.of`, { name: one.name, when: dayAndClock(one.begins) })} onClick={() => act(one.id)}>
                {tell(label)}
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
