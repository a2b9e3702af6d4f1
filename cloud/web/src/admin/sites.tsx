import type { JSX } from "preact";
import { closeGate, placeGate, sites } from "./api";
import { Field, sent, SiteField, Trouble } from "./fields";
import { useDoing, useRows } from "./use_doing";
import { Waiting } from "./waiting";
import { useTell } from "./words";

export function Sites(): JSX.Element {
  const tell = useTell();
  const { rows, doing, again } = useRows(sites);
  const placing = useDoing();
  const gates = (rows ?? []).flatMap((one) => one.gates).sort();
  const place = async (event: Event): Promise<void> => {
    const field = sent(event);
    if (await placing.run(() => placeGate(field("gate"), field("site")), { 409: "sites.beyond" })) await again();
  };
  const closing = useDoing();
  const turn = async (event: SubmitEvent): Promise<void> => {
    const field = sent(event);
    const shut = (event.submitter as HTMLButtonElement | null)?.value !== "reopen";
    if (await closing.run(() => closeGate(field("closing"), shut, field("why")))) await again();
  };
  return (
    <section class="page" aria-label={tell("tab.sites")}>
      <form class="card line" onSubmit={(event) => void place(event)}>
        <h3>{tell("sites.place")}</h3>
        <Field label={tell("sites.gate")}>
          <select name="gate" required>
            {gates.map((gate) => (
              <option key={gate}>{gate}</option>
            ))}
          </select>
        </Field>
        <SiteField site="" label="site.place" known={(rows ?? []).map((one) => one.site).filter((site) => site !== "")} />
        <button class="primary" disabled={placing.busy || gates.length === 0}>
          {tell("sites.go")}
        </button>
        <Trouble trouble={placing.trouble} />
      </form>
      <form class="card line" data-form="close" onSubmit={(event) => void turn(event)}>
        <h3>{tell("sites.close")}</h3>
        <Field label={tell("sites.gate")}>
          <select name="closing" required>
            {gates.map((gate) => (
              <option key={gate}>{gate}</option>
            ))}
          </select>
        </Field>
        <Field label={tell("sites.why")}>
          <input name="why" required minLength={3} maxLength={200} autocomplete="off" />
        </Field>
        <button class="primary" value="shut" disabled={closing.busy || gates.length === 0}>
          {tell("sites.shut")}
        </button>
        <button class="quiet framed" value="reopen" disabled={closing.busy || gates.length === 0}>
          {tell("sites.reopen")}
        </button>
        <Trouble trouble={closing.trouble} />
      </form>
      <Trouble trouble={doing.trouble} />
      <Waiting rows={rows} doing={doing} again={again} />
      {rows !== null && rows.length === 0 && <p class="dim">{tell("empty")}</p>}
      <ul class="tree">
        {(rows ?? []).map((one) => (
          <li key={one.site} data-site={one.site} data-depth={one.site === "" ? 0 : one.site.split("/").length - 1}>
            <span class="path">{one.site === "" ? tell("site.none") : <Path site={one.site} />}</span>
            <span class="gates-there">
              {one.gates.map((gate) => (
                <code key={gate} data-closed={one.closed.includes(gate)}>
                  {gate}
                  {one.closed.includes(gate) && ` · ${tell("sites.closed")}`}
                </code>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The path, its last part readable at a glance. */
function Path({ site }: { site: string }): JSX.Element {
  const cut = site.lastIndexOf("/") + 1;
  return (
    <>
      <span class="dim">{site.slice(0, cut)}</span>
      <strong>{site.slice(cut)}</strong>
    </>
  );
}
