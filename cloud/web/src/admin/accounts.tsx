import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { accounts, addAccount, type Account } from "./api";
import { ChangeAccount } from "./change_account";
import { Field, NAME, Once, RoleField, sent, SiteField, Trouble } from "./fields";
import { useDoing, useRows } from "./use_doing";
import { Waiting } from "./waiting";
import { useTell, type AdminKey } from "./words";

export interface FirstPassword {
  user: string;
  password: string;
}

export function Accounts({ top }: { top: string }): JSX.Element {
  const tell = useTell();
  const { rows, doing, again } = useRows(accounts);
  const adding = useDoing();
  const [shown, setShown] = useState<FirstPassword | null>(null);
  const [changing, setChanging] = useState<string | null>(null);
  const add = async (event: Event): Promise<void> => {
    const field = sent(event);
    const form = event.currentTarget as HTMLFormElement;
    const user = field("user");
    const make = async (): Promise<void> => setShown({ user, ...(await addAccount(user, field("role"), field("site"))) });
    if (!(await adding.run(make, { 409: "accounts.taken" }))) return;
    form.reset();
    await again();
  };
  const changed = rows?.find((one) => one.user === changing);
  return (
    <section class="page" aria-label={tell("tab.accounts")}>
      <form class="card line" onSubmit={(event) => void add(event)}>
        <h3>{tell("accounts.add")}</h3>
        <Field label={tell("user")}>
          <input name="user" pattern={NAME} required spellcheck={false} autocapitalize="none" autocomplete="off" />
        </Field>
        <RoleField role="guard" />
        <SiteField site={top} known={[...new Set((rows ?? []).map((one) => one.site).filter((site) => site !== ""))]} />
        <button class="primary" disabled={adding.busy}>
          {tell("accounts.go")}
        </button>
        <Trouble trouble={adding.trouble} />
      </form>
      {shown !== null && <Once label={tell("accounts.password", { name: shown.user })} secret={shown.password} />}
      <Trouble trouble={doing.trouble} />
      <Waiting rows={rows} doing={doing} again={again} />
      {rows !== null && <Table rows={rows} change={setChanging} />}
      {changed !== undefined && <ChangeAccount account={changed} close={() => setChanging(null)} again={again} show={setShown} />}
    </section>
  );
}

function Table({ rows, change }: { rows: Account[]; change: (user: string) => void }): JSX.Element {
  const tell = useTell();
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={tell("tab.accounts")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{tell("user")}</th>
            <th scope="col">{tell("role")}</th>
            <th scope="col">{tell("site")}</th>
            <th scope="col">{tell("state")}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={one.user} data-account={one.user} class={one.disabled_since === null ? "" : "over"}>
              <th scope="row">{one.user}</th>
              <td>{tell(`role.${one.role}`)}</td>
              <td>{one.site || <span class="dim">{tell("site.all")}</span>}</td>
              <td>{tell(stateOf(one))}</td>
              <td>
                <button type="button" class="quiet" aria-label={tell("change.of", { name: one.user })} onClick={() => change(one.user)}>
                  {tell("change")}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function stateOf(one: Account): AdminKey {
  if (one.disabled_since !== null) return "state.disabled";
  if (one.source !== "local") return "state.oidc";
  return one.must_change ? "state.first" : "state.good";
}
