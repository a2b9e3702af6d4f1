import type { JSX } from "preact";
import { useCallback, useState } from "preact/hooks";
import { ContactForm } from "./contact_form";
import { Trouble } from "./fields";
import { contacts, removeContact, saveContact, testContact, webhooks, type Contact, type Contacts as Found, type ContactWish, type Tried, type Way } from "./telling_api";
import { Deeds, Outcome } from "./tried";
import { useDoing, useRows } from "./use_doing";
import { Waiting } from "./waiting";
import { useTell } from "./words";

/** Who is told of what, site by site, and where nobody is. */
export function Contacts({ top }: { top: string }): JSX.Element {
  const tell = useTell();
  const { rows, doing, again } = useRows(useCallback(() => Promise.all([contacts(), webhooks()]), []));
  const saving = useDoing();
  const [changing, setChanging] = useState<Contact | null>(null);
  const [tried, setTried] = useState<readonly Tried[]>([]);
  const [drawn, setDrawn] = useState(0);
  const save = async (name: string, wish: ContactWish): Promise<void> => {
    if (!(await saving.run(() => saveContact(name, wish), { 409: "contacts.refused", 422: "contacts.wrong" }))) return;
    setChanging(null);
    setDrawn(drawn + 1);
    await again();
  };
  const remove = async (name: string): Promise<void> => {
    if (await doing.run(() => removeContact(name))) await again();
  };
  const test = (name: string): Promise<boolean> => {
    setTried([]);
    return doing.run(async () => setTried(await testContact(name)));
  };
  return (
    <section class="page" aria-label={tell("tab.contacts")}>
      <p class="how">{tell("contacts.how")}</p>
      {rows !== null && <Lacking lacks={rows[0].lacks} />}
      <Trouble trouble={doing.trouble} />
      <Outcome tried={tried} />
      <Waiting rows={rows} doing={doing} again={again} />
      {rows !== null && rows[0].contacts.length > 0 && (
        <Table rows={rows[0].contacts} busy={doing.busy} change={setChanging} test={(name) => void test(name)} remove={(name) => void remove(name)} />
      )}
      <ContactForm key={`${changing?.name ?? ""} ${drawn}`} contact={changing} top={top} webhooks={rows?.[1] ?? []} doing={saving} save={save} />
    </section>
  );
}

function Lacking({ lacks }: { lacks: Found["lacks"] }): JSX.Element {
  const tell = useTell();
  const named = (nobody: boolean): string =>
    lacks.filter((one) => one.nobody === nobody).map((one) => one.site || tell("contacts.unplaced")).join(", ");
  return (
    <>
      {([["contacts.nobody", true], ["contacts.alone", false]] as const).map(([key, nobody]) =>
        named(nobody) === "" ? null : (
          <p key={key} role="alert" class="trouble">
            {tell(key, { sites: named(nobody) })}
          </p>
        ),
      )}
    </>
  );
}

interface TableProps {
  rows: readonly Contact[];
  busy: boolean;
  change: (one: Contact) => void;
  test: (name: string) => void;
  remove: (name: string) => void;
}

function Table({ rows, busy, change, test, remove }: TableProps): JSX.Element {
  const tell = useTell();
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={tell("tab.contacts")}>
      <table>
        <thead>
          <tr>
            {(["contacts.name", "site", "contacts.step", "contacts.told", "contacts.ways", "contacts.duty"] as const).map((key) => (
              <th key={key} scope="col">
                {tell(key)}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={one.name} data-contact={one.name}>
              <th scope="row">{one.name}</th>
              <td>{one.site || <span class="dim">{tell("site.all")}</span>}</td>
              <td data-label={tell("contacts.step")}>{one.step}</td>
              <td>{toldOf(tell, one)}</td>
              <td>{waysOf(one).map((way) => tell(`way.${way}`)).join(", ")}</td>
              <td>{dutyOf(tell, one)}</td>
              <td>
                <Deeds name={one.name} busy={busy} test={() => test(one.name)} remove={() => remove(one.name)}>
                  <button type="button" class="quiet" data-action="change" aria-label={tell("change.of", { name: one.name })} onClick={() => change(one)}>
                    {tell("change")}
                  </button>
                </Deeds>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Tell = ReturnType<typeof useTell>;

function toldOf(tell: Tell, one: Contact): string {
  const told = [one.alarms && (one.kinds.join(" ") || tell("told.alarms")), one.reports && tell("told.reports"), one.staff && tell("told.staff"), one.liaison && tell("told.liaison")];
  return told.filter((part) => part !== false).join(", ");
}

function waysOf(one: Contact): Way[] {
  const there: Record<Way, boolean> = { mail: one.mail !== null, push: one.user !== null, webhook: one.webhook !== null, mqtt: one.mqtt };
  return (["mail", "push", "webhook", "mqtt"] as const).filter((way) => there[way]);
}

function dutyOf(tell: Tell, one: Contact): string {
  const days = one.days.length === 7 ? tell("contacts.everyday") : one.days.map((day) => tell(`day.${day}`)).join(" ");
  return `${days}, ${one.duty_begins === one.duty_ends ? tell("contacts.allday") : `${one.duty_begins}–${one.duty_ends}`}`;
}
