import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Field, sent, SiteField, Trouble } from "./fields";
import { plan, receptions, type Plan, type Reception } from "./passes_api";
import { useDoing, useRows } from "./use_doing";
import { Waiting } from "./waiting";
import { useTell, type AdminKey } from "./words";

const DAYS = [0, 1, 2, 3, 4, 5, 6] as const;
const HOURS = "((([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00))( |$)){0,4}";
const DATES = "([0-9]{4}-[0-9]{2}-[0-9]{2}( |$))*";
const NEW: Reception = {
  name: "",
  site: "",
  title_zh: "",
  title_en: "",
  timezone: "Asia/Shanghai",
  hours: [...Array<string>(5).fill("09:00-12:00 13:30-17:00"), "", ""],
  closed: [],
  slot_min: 30,
  capacity: 10,
  grace_min: 15,
  days_ahead: 5,
  appointments: false,
  board: false,
};

/** Where visitors come, when, and how many: one form for each reception, and one for another. */
export function Receptions({ top }: { top: string }): JSX.Element {
  const tell = useTell();
  const { rows, doing, again } = useRows(receptions);
  const [open, setOpen] = useState<string | null>(null);
  const chosen = open === null ? undefined : (rows ?? []).find((one) => one.name === open);
  return (
    <section class="page" aria-label={tell("tab.receptions")}>
      <Trouble trouble={doing.trouble} />
      <Waiting rows={rows} doing={doing} again={again} />
      {rows !== null && (
        <div class="card plain line">
          {rows.map((one) => (
            <button key={one.name} type="button" class="quiet" data-reception={one.name} aria-pressed={open === one.name} onClick={() => setOpen(one.name)}>
              {one.name}
            </button>
          ))}
          <button type="button" class="quiet" data-reception="" aria-pressed={open === ""} onClick={() => setOpen("")}>
            + {tell("reception.new")}
          </button>
        </div>
      )}
      {open !== null && (
        <Form
          key={open}
          one={chosen ?? { ...NEW, site: top }}
          saved={(name) => {
            setOpen(name);
            void again();
          }}
        />
      )}
    </section>
  );
}

function Form({ one, saved }: { one: Reception; saved: (name: string) => void }): JSX.Element {
  const tell = useTell();
  const saving = useDoing();
  const fresh = one.name === "";
  const save = async (event: Event): Promise<void> => {
    const field = sent(event);
    const name = fresh ? field("name") : one.name;
    if (await saving.run(() => plan(name, wished(field)), { 409: "reception.refused" })) saved(name);
  };
  const number = (key: "slot_min" | "capacity" | "grace_min" | "days_ahead", label: AdminKey, min: number, max: number): JSX.Element => (
    <Field label={tell(label)}>
      <input name={key} type="number" min={min} max={max} defaultValue={String(one[key])} required class="short" />
    </Field>
  );
  const text = (key: "title_zh" | "title_en" | "timezone", label: AdminKey): JSX.Element => (
    <Field label={tell(label)}>
      <input name={key} defaultValue={one[key]} maxLength={60} required autocomplete="off" />
    </Field>
  );
  return (
    <form class="card line" data-plan={one.name} onSubmit={(event) => void save(event)}>
      <h3>{fresh ? tell("reception.new") : one.name}</h3>
      {fresh && (
        <Field label={tell("reception.name")}>
          <input name="name" pattern="[A-Za-z0-9][A-Za-z0-9_.:\-]{0,31}" required spellcheck={false} autocapitalize="none" autocomplete="off" />
        </Field>
      )}
      <SiteField site={one.site} />
      {text("title_zh", "reception.zh")}
      {text("title_en", "reception.en")}
      {text("timezone", "reception.zone")}
      <fieldset class="hours">
        <legend>
          {tell("reception.hours")} <span class="dim">{tell("reception.hint")}</span>
        </legend>
        {DAYS.map((day) => (
          <Field key={day} label={tell(`day.${day}`)}>
            <input name={`day${day}`} defaultValue={one.hours[day]} pattern={HOURS} maxLength={60} autocomplete="off" />
          </Field>
        ))}
      </fieldset>
      <Field label={tell("reception.closed")}>
        <input name="closed" defaultValue={one.closed.join(" ")} pattern={DATES} placeholder={tell("reception.dates")} autocomplete="off" />
      </Field>
      {number("slot_min", "reception.slot", 5, 480)}
      {number("capacity", "reception.capacity", 1, 10_000)}
      {number("grace_min", "reception.grace", 0, 240)}
      {number("days_ahead", "reception.ahead", 0, 30)}
      <label class="check">
        <input name="appointments" type="checkbox" defaultChecked={one.appointments} /> {tell("reception.takes")}
      </label>
      <label class="check">
        <input name="board" type="checkbox" defaultChecked={one.board} /> {tell("reception.board")}
      </label>
      <button class="primary" disabled={saving.busy}>
        {tell("save")}
      </button>
      {!fresh && one.appointments && <a href={`/visit/${one.name}`}>{tell("reception.page")}</a>}
      {!fresh && one.board && <a href={`/board/${one.name}`}>{tell("reception.board.page")}</a>}
      <Trouble trouble={saving.trouble} />
    </form>
  );
}

function wished(field: (name: string) => string): Plan {
  return {
    site: field("site"),
    title_zh: field("title_zh"),
    title_en: field("title_en"),
    timezone: field("timezone"),
    hours: DAYS.map((day) => field(`day${day}`)),
    closed: field("closed").split(" ").filter(Boolean),
    slot_min: Number(field("slot_min")),
    capacity: Number(field("capacity")),
    grace_min: Number(field("grace_min")),
    days_ahead: Number(field("days_ahead")),
    appointments: field("appointments") === "on",
    board: field("board") === "on",
  };
}
