import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { absolute } from "../words/time";
import { Field, NAME, Once, sent, SiteField, Trouble } from "./fields";
import { addWebhook, EVENTS, removeWebhook, testWebhook, turnWebhook, webhooks, type Tried, type Webhook } from "./telling_api";
import { Deeds, Outcome } from "./tried";
import { useDoing, useRows } from "./use_doing";
import { Waiting } from "./waiting";
import { useTell } from "./words";

export function Webhooks({ top }: { top: string }): JSX.Element {
  const tell = useTell();
  const { rows, doing, again } = useRows(webhooks);
  const adding = useDoing();
  const [shown, setShown] = useState<{ name: string; secret: string } | null>(null);
  const [tried, setTried] = useState<readonly Tried[]>([]);
  const add = async (event: Event): Promise<void> => {
    const field = sent(event);
    const form = event.currentTarget as HTMLFormElement;
    const wish = { name: field("name"), url: field("url"), site: field("site"), events: new FormData(form).getAll("events").map(String) };
    const make = async (): Promise<void> => setShown({ name: wish.name, secret: (await addWebhook(wish)).secret });
    if (!(await adding.run(make, { 409: "webhooks.taken" }))) return;
    form.reset();
    await again();
  };
  const then = async (deed: () => Promise<unknown>): Promise<void> => {
    setTried([]);
    if (await doing.run(deed)) await again();
  };
  return (
    <section class="page" aria-label={tell("tab.webhooks")}>
      <p class="how">{tell("webhooks.how")}</p>
      <form class="card line" onSubmit={(event) => void add(event)}>
        <h3>{tell("webhooks.add")}</h3>
        <Field label={tell("contacts.name")}>
          <input name="name" pattern={NAME} required spellcheck={false} autocapitalize="none" autocomplete="off" />
        </Field>
        <Field label={tell("webhooks.url")}>
          <input name="url" type="url" pattern="https://.+" placeholder="https://" required spellcheck={false} autocomplete="off" />
        </Field>
        <SiteField site={top} />
        <fieldset class="checks">
          <legend>{tell("webhooks.events")}</legend>
          {EVENTS.map((one) => (
            <label key={one} class="check">
              <input type="checkbox" name="events" value={one} />
              {tell(`event.${one}`)}
            </label>
          ))}
        </fieldset>
        <button class="primary" disabled={adding.busy}>
          {tell("webhooks.go")}
        </button>
        <Trouble trouble={adding.trouble} />
      </form>
      {shown !== null && <Once label={tell("webhooks.secret", { name: shown.name })} secret={shown.secret} />}
      <Trouble trouble={doing.trouble} />
      <Outcome tried={tried} />
      <Waiting rows={rows} doing={doing} again={again} />
      {rows !== null && rows.length === 0 && <p class="dim">{tell("empty")}</p>}
      {rows !== null && rows.length > 0 && (
        <Table
          rows={rows}
          busy={doing.busy}
          turn={(one) => void then(() => turnWebhook(one.name, one.disabled === null))}
          test={(one) => void then(async () => setTried(await testWebhook(one.name)))}
          remove={(one) => void then(() => removeWebhook(one.name))}
        />
      )}
    </section>
  );
}

interface TableProps {
  rows: readonly Webhook[];
  busy: boolean;
  turn: (one: Webhook) => void;
  test: (one: Webhook) => void;
  remove: (one: Webhook) => void;
}

function Table({ rows, busy, turn, test, remove }: TableProps): JSX.Element {
  const tell = useTell();
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={tell("tab.webhooks")}>
      <table>
        <thead>
          <tr>
            {(["contacts.name", "webhooks.url", "site", "webhooks.events", "webhooks.last", "state"] as const).map((key) => (
              <th key={key} scope="col">
                {tell(key)}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={one.name} data-webhook={one.name} class={one.disabled === null ? "" : "over"}>
              <th scope="row">{one.name}</th>
              <td>{one.url}</td>
              <td>{one.site || <span class="dim">{tell("site.all")}</span>}</td>
              <td>{one.events.length === 0 ? <span class="dim">{tell("webhooks.contacts")}</span> : one.events.map((event) => tell(`event.${event}`)).join(", ")}</td>
              <td data-label={tell("webhooks.last")}>{one.last === null ? <span class="dim">{tell("webhooks.never")}</span> : <Answer at={one.last} answer={one.answer} />}</td>
              <td>
                {stateOf(tell, one)} <span lang="en">{one.disabled_why}</span>
              </td>
              <td>
                <Deeds name={one.name} busy={busy} test={() => test(one)} remove={() => remove(one)}>
                  <button
                    type="button"
                    class="quiet"
                    data-action="turn"
                    aria-label={tell(one.disabled === null ? "webhooks.disable.of" : "webhooks.enable.of", { name: one.name })}
                    disabled={busy}
                    onClick={() => turn(one)}
                  >
                    {tell(one.disabled === null ? "webhooks.disable" : "webhooks.enable")}
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

/** When it was last told, and what it answered, in its own words. */
function Answer({ at, answer }: { at: string; answer: string }): JSX.Element {
  return (
    <>
      {absolute(at)} <span lang="en">{answer}</span>
    </>
  );
}

function stateOf(tell: ReturnType<typeof useTell>, one: Webhook): string {
  if (one.disabled !== null) return tell(one.disabled_why === "" ? "webhooks.disabled" : "webhooks.disabled.why");
  return one.failures > 0 ? tell("webhooks.failures", { n: one.failures }) : tell("webhooks.works");
}
