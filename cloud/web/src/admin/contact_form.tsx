import type { JSX } from "preact";
import { Field, NAME, sent, SiteField, Trouble } from "./fields";
import { DAYS, type Contact, type ContactWish, type Webhook } from "./telling_api";
import type { Doing } from "./use_doing";
import { useTell, type AdminKey } from "./words";

interface Props {
  /** Null: a new one. */
  contact: Contact | null;
  top: string;
  webhooks: readonly Webhook[];
  doing: Doing;
  save: (name: string, wish: ContactWish) => Promise<void>;
}

export function ContactForm({ contact, top, webhooks, doing, save }: Props): JSX.Element {
  const tell = useTell();
  const submit = (event: Event): void => {
    const field = sent(event);
    const form = event.currentTarget as HTMLFormElement;
    void save(contact?.name ?? field("name"), wished(field, new FormData(form).getAll("days").map(String)));
  };
  return (
    <form class="card line contact" onSubmit={submit}>
      <h3>{contact === null ? tell("contacts.add") : tell("contacts.save.of", { name: contact.name })}</h3>
      {contact === null && (
        <Field label={tell("contacts.name")}>
          <input name="name" pattern={NAME} required spellcheck={false} autocapitalize="none" autocomplete="off" />
        </Field>
      )}
      <SiteField site={contact?.site ?? top} />
      <Field label={tell("contacts.step")}>
        <input name="step" type="number" min={1} max={9} defaultValue={contact?.step ?? 1} required class="short" />
      </Field>
      <Field label={tell("contacts.begins")}>
        <input name="begins" type="time" defaultValue={contact?.duty_begins ?? "00:00"} required />
      </Field>
      <Field label={tell("contacts.ends")}>
        <input name="ends" type="time" defaultValue={contact?.duty_ends ?? "00:00"} required />
      </Field>
      <Checks legend="contacts.days" of={DAYS.map((day) => ({ name: "days", value: day, label: `day.${day}` as const, on: contact?.days.includes(day) ?? true }))} />
      <Field label={tell("contacts.mail")}>
        <input name="mail" type="email" defaultValue={contact?.mail ?? ""} autocomplete="off" />
      </Field>
      <Field label={tell("contacts.user")}>
        <input name="user" pattern={NAME} defaultValue={contact?.user ?? ""} spellcheck={false} autocapitalize="none" autocomplete="off" />
      </Field>
      <Field label={tell("contacts.webhook")}>
        <select name="webhook">
          <option value="">{tell("contacts.no")}</option>
          {webhooks.map((one) => (
            <option key={one.name} selected={one.name === contact?.webhook}>
              {one.name}
            </option>
          ))}
        </select>
      </Field>
      <Checks
        legend="contacts.told"
        of={[
          { name: "alarms", value: "yes", label: "contacts.alarms", on: contact?.alarms ?? true },
          { name: "reports", value: "yes", label: "contacts.reports", on: contact?.reports ?? false },
          { name: "staff", value: "yes", label: "contacts.staff", on: contact?.staff ?? false },
          { name: "liaison", value: "yes", label: "contacts.liaison", on: contact?.liaison ?? false },
          { name: "mqtt", value: "yes", label: "contacts.mqtt", on: contact?.mqtt ?? false },
        ]}
      />
      <Field label={tell("contacts.kinds")}>
        <input name="kinds" pattern="[a-z_ ]*" defaultValue={contact?.kinds.join(" ") ?? ""} spellcheck={false} autocapitalize="none" autocomplete="off" />
      </Field>
      <button class="primary" disabled={doing.busy}>
        {tell("contacts.go")}
      </button>
      <Trouble trouble={doing.trouble} />
    </form>
  );
}

interface Check {
  name: string;
  value: string;
  label: AdminKey;
  on: boolean;
}

function Checks({ legend, of }: { legend: AdminKey; of: readonly Check[] }): JSX.Element {
  const tell = useTell();
  return (
    <fieldset class="checks">
      <legend>{tell(legend)}</legend>
      {of.map((one) => (
        <label key={`${one.name} ${one.value}`} class="check">
          <input type="checkbox" name={one.name} value={one.value} defaultChecked={one.on} />
          {tell(one.label)}
        </label>
      ))}
    </fieldset>
  );
}

function wished(field: (name: string) => string, days: readonly string[]): ContactWish {
  const ticked = (name: string): boolean => field(name) === "yes";
  const text = (name: string): string | null => (field(name) === "" ? null : field(name));
  return {
    site: field("site"),
    step: Number(field("step")),
    liaison: ticked("liaison"),
    alarms: ticked("alarms"),
    reports: ticked("reports"),
    staff: ticked("staff"),
    kinds: field("kinds").split(" ").filter((one) => one !== ""),
    days: DAYS.filter((day) => days.includes(day)),
    duty_begins: field("begins"),
    duty_ends: field("ends"),
    mail: text("mail"),
    user: text("user"),
    webhook: text("webhook"),
    mqtt: ticked("mqtt"),
  };
}
