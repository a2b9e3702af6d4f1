import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { absolute } from "../words/time";
import { Field, Once, sent, Trouble } from "./fields";
import { anotherLink, badges, issueBadge, receptions, revokeBadge, type Badge } from "./passes_api";
import { useDoing, useRows } from "./use_doing";
import { Sure } from "./sure";
import { Waiting } from "./waiting";
import { useTell } from "./words";

const HOLDER = "[A-Za-z0-9][A-Za-z0-9_.:\\-]{0,31}";

export function Badges(): JSX.Element {
  const tell = useTell();
  const { rows, doing, again } = useRows(badges);
  const places = useRows(receptions);
  const issuing = useDoing();
  const [shown, setShown] = useState<{ name: string; page: string } | null>(null);
  const tellPage = (made: { holder: string; page: string }): void => setShown({ name: made.holder, page: `${location.origin}${made.page}` });
  const issue = async (event: Event): Promise<void> => {
    const field = sent(event);
    const form = event.currentTarget as HTMLFormElement;
    const make = async (): Promise<void> => tellPage(await issueBadge(field("holder"), field("reception")));
    if (!(await issuing.run(make, { 409: "badge.taken", 503: "badge.off" }))) return;
    form.reset();
    await again();
  };
  const change = async (deed: () => Promise<unknown>): Promise<void> => {
    if (await doing.run(deed)) await again();
  };
  const empty = places.rows !== null && places.rows.length === 0;
  return (
    <section class="page" aria-label={tell("tab.badges")}>
      {empty && <p class="dim">{tell("reception.none")}</p>}
      {!empty && (
        <form class="card line" onSubmit={(event) => void issue(event)}>
          <h3>{tell("badge.new")}</h3>
          <Field label={tell("badge.holder")}>
            <input name="holder" pattern={HOLDER} required spellcheck={false} autocapitalize="none" autocomplete="off" />
          </Field>
          <Field label={tell("reception")}>
            <select name="reception" required>
              {(places.rows ?? []).map((one) => (
                <option key={one.name}>{one.name}</option>
              ))}
            </select>
          </Field>
          <button class="primary" disabled={issuing.busy}>
            {tell("badge.issue")}
          </button>
          <Trouble trouble={issuing.trouble} />
        </form>
      )}
      {shown !== null && <Once label={tell("badge.shown", { name: shown.name })} secret={shown.page} />}
      <Trouble trouble={doing.trouble ?? places.doing.trouble} />
      <Waiting rows={rows} doing={doing} again={again} />
      {rows !== null && rows.length === 0 && !empty && <p class="dim">{tell("empty")}</p>}
      {rows !== null && rows.length > 0 && (
        <Table
          rows={rows}
          busy={doing.busy}
          link={(holder) => void change(async () => tellPage(await anotherLink(holder)))}
          revoke={(holder) => void change(() => revokeBadge(holder))}
        />
      )}
    </section>
  );
}

interface TableProps {
  rows: Badge[];
  busy: boolean;
  link: (holder: string) => void;
  revoke: (holder: string) => void;
}

function Table({ rows, busy, link, revoke }: TableProps): JSX.Element {
  const tell = useTell();
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={tell("tab.badges")}>
      <table>
        <thead>
          <tr>
            {(["badge.number", "reception", "badge.since", "tokens.by", "state"] as const).map((key) => (
              <th key={key} scope="col">
                {tell(key)}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={one.holder} data-badge={one.holder} class={one.revoked === null ? "" : "over"}>
              <th scope="row">{one.holder}</th>
              <td>{one.reception}</td>
              <td data-label={tell("badge.since")}>{absolute(one.made)}</td>
              <td data-label={tell("tokens.by")}>{one.made_by}</td>
              <td>{tell(one.revoked === null ? "badge.good" : "badge.over")}</td>
              <td>
                {one.revoked === null && (
                  <>
                    <button type="button" class="quiet" aria-label={tell("badge.link.of", { name: one.holder })} onClick={() => link(one.holder)}>
                      {tell("badge.link")}
                    </button>
                    <Sure what="badge.revoke" label={tell("badge.revoke.of", { name: one.holder })} name={one.holder} action="revoke" busy={busy} deed={() => revoke(one.holder)} />
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
