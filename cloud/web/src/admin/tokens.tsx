import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { absolute } from "../words/time";
import { addToken, revokeToken, tokens, type Token } from "./api";
import { Field, NAME, Once, RoleField, sent, SiteField, Trouble } from "./fields";
import { useDoing, useRows } from "./use_doing";
import { Sure } from "./sure";
import { Waiting } from "./waiting";
import { useTell, type AdminKey } from "./words";

export function Tokens({ top }: { top: string }): JSX.Element {
  const tell = useTell();
  const { rows, doing, again } = useRows(tokens);
  const adding = useDoing();
  const [shown, setShown] = useState<{ name: string; token: string } | null>(null);
  const add = async (event: Event): Promise<void> => {
    const field = sent(event);
    const form = event.currentTarget as HTMLFormElement;
    const name = field("name");
    const make = async (): Promise<void> => {
      const made = await addToken(name, field("role"), field("site"), Number(field("days")));
      setShown({ name, token: made.token });
    };
    if (!(await adding.run(make, { 409: "tokens.taken" }))) return;
    form.reset();
    await again();
  };
  const revoke = async (number: number): Promise<void> => {
    if (await doing.run(() => revokeToken(number))) await again();
  };
  return (
    <section class="page" aria-label={tell("tab.tokens")}>
      <form class="card line" onSubmit={(event) => void add(event)}>
        <h3>{tell("tokens.add")}</h3>
        <Field label={tell("tokens.name")}>
          <input name="name" pattern={NAME} required spellcheck={false} autocapitalize="none" autocomplete="off" />
        </Field>
        <RoleField role="inspector" />
        <SiteField site={top} />
        <Field label={tell("tokens.days")}>
          <input name="days" type="number" min={1} max={366} defaultValue={90} required class="short" />
        </Field>
        <button class="primary" disabled={adding.busy}>
          {tell("tokens.go")}
        </button>
        <Trouble trouble={adding.trouble} />
      </form>
      {shown !== null && <Once label={tell("tokens.shown", { name: shown.name })} secret={shown.token} />}
      <Trouble trouble={doing.trouble} />
      <Waiting rows={rows} doing={doing} again={again} />
      {rows !== null && rows.length === 0 && <p class="dim">{tell("empty")}</p>}
      {rows !== null && rows.length > 0 && <Table rows={rows} busy={doing.busy} revoke={(number) => void revoke(number)} />}
    </section>
  );
}

function Table({ rows, busy, revoke }: { rows: Token[]; busy: boolean; revoke: (number: number) => void }): JSX.Element {
  const tell = useTell();
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={tell("tab.tokens")}>
      <table>
        <thead>
          <tr>
            {(["tokens.name", "role", "site", "tokens.by", "tokens.expires", "tokens.used", "state"] as const).map((key) => (
              <th key={key} scope="col">
                {tell(key)}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={one.number} data-token={one.name} class={stateOf(one) === "tokens.good" ? "" : "over"}>
              <th scope="row">{one.name}</th>
              <td>{tell(`role.${one.role}`)}</td>
              <td>{one.site || <span class="dim">{tell("site.all")}</span>}</td>
              <td data-label={tell("tokens.by")}>{one.made_by}</td>
              <td data-label={tell("tokens.expires")}>{absolute(one.expires)}</td>
              <td data-label={tell("tokens.used")}>{one.used === null ? <span class="dim">{tell("tokens.never")}</span> : absolute(one.used)}</td>
              <td>{tell(stateOf(one))}</td>
              <td>
                {stateOf(one) === "tokens.good" && (
                  <Sure what="tokens.revoke" label={tell("tokens.revoke.of", { name: one.name })} name={one.name} action="revoke" busy={busy} deed={() => revoke(one.number)} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function stateOf(one: Token): AdminKey {
  if (one.revoked !== null) return "tokens.revoked";
  return Date.parse(one.expires) <= Date.now() ? "tokens.over" : "tokens.good";
}
