import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Field, sent, SiteField, Trouble } from "../admin/fields";
import { useDoing, useRows } from "../admin/use_doing";
import { Waiting } from "../admin/waiting";
import { addMember, members, type Member } from "./api";
import { ChangeMember } from "./change_member";
import { useTell } from "./words";

/** The register: who there is, with number, team, badge and training. */
export function People({ edits, top }: { edits: boolean; top: string }): JSX.Element {
  const tell = useTell();
  const { rows, doing, again } = useRows(members);
  const adding = useDoing();
  const [changing, setChanging] = useState<string | null>(null);
  const add = async (event: Event): Promise<void> => {
    const field = sent(event);
    const form = event.currentTarget as HTMLFormElement;
    const badge = field("badge");
    const wish = { name: field("name"), number: field("number"), team: field("team"), site: field("site"), ...(badge !== "" && { badge }) };
    if (!(await adding.run(() => addMember(wish), { 409: "accounts.taken" }))) return;
    form.reset();
    await again();
  };
  const one = rows?.find((row) => row.id === changing);
  return (
    <section class="page" aria-label={tell("tab.people")}>
      {edits && (
        <form class="card line" onSubmit={(event) => void add(event)}>
          <h3>{tell("people.add")}</h3>
          <Of name="name" required />
          <Of name="number" required />
          <TeamField team="hall" />
          <SiteField site={top} known={[...new Set((rows ?? []).map((row) => row.site).filter((site) => site !== ""))]} />
          <Of name="badge" />
          <button class="primary" disabled={adding.busy}>
            {tell("people.go")}
          </button>
          <Trouble trouble={adding.trouble} />
        </form>
      )}
      <Trouble trouble={doing.trouble} />
      <Waiting rows={rows} doing={doing} again={again} />
      {rows?.length === 0 && <p class="dim">{tell("people.none")}</p>}
      {rows !== null && rows.length > 0 && <Table rows={rows} {...(edits && { change: setChanging })} />}
      {one !== undefined && <ChangeMember member={one} close={() => setChanging(null)} again={again} />}
    </section>
  );
}

export function Of({ name, value = "", required = false }: { name: "name" | "number" | "badge" | "account" | "contact"; value?: string; required?: boolean }): JSX.Element {
  const tell = useTell();
  return (
    <Field label={tell(name)}>
      <input name={name} defaultValue={value} required={required} maxLength={80} autocomplete="off" spellcheck={false} />
    </Field>
  );
}

export function TeamField({ team }: { team: string }): JSX.Element {
  const tell = useTell();
  return (
    <Field label={tell("team")}>
      <input name="team" defaultValue={team} pattern="[a-z][a-z0-9_\-]{0,39}" required title={tell("team.hint")} autocapitalize="none" autocomplete="off" spellcheck={false} />
    </Field>
  );
}

function Table({ rows, change }: { rows: Member[]; change?: (id: string) => void }): JSX.Element {
  const tell = useTell();
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={tell("tab.people")}>
      <table>
        <thead>
          <tr>
            {(["name", "number", "team", "site", "badge", "trained"] as const).map((key) => (
              <th key={key} scope="col">
                {tell(key)}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={one.id} data-member={one.id}>
              <th scope="row">{one.name}</th>
              <td>{one.number}</td>
              <td>{one.team}</td>
              <td>{one.site || <span class="dim">{tell("site.all")}</span>}</td>
              <td {...(one.badge && { "data-label": tell("badge") })}>{one.badge}</td>
              <td {...(one.trained_on !== null && { "data-label": tell("trained") })}>{one.trained_on ?? <span class="wrong">{tell("trained.not")}</span>}</td>
              <td>
                {change && (
                  <button type="button" class="quiet" aria-label={tell("change.of", { name: one.name })} onClick={() => change(one.id)}>
                    {tell("change")}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
