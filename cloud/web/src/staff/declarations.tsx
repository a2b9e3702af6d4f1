import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Field, sent, Trouble } from "../admin/fields";
import { useDoing, useRows } from "../admin/use_doing";
import { Waiting } from "../admin/waiting";
import { Dialog } from "../view/dialog";
import { closeDeclaration, DECLARED, declarations, declare, followUp, members, type Declaration } from "./api";
import { Choice } from "./entry";
import { Who } from "./rota";
import { useTell } from "./words";

type Act = { one: Declaration; what: "ask" | "close" };

/** What members of staff say about their travel and contacts: for supervisors alone. */
export function Declarations(): JSX.Element {
  const tell = useTell();
  const people = useRows(members);
  const { rows, doing, again } = useRows(declarations);
  const adding = useDoing();
  const [act, setAct] = useState<Act | null>(null);
  const add = async (event: Event): Promise<void> => {
    const field = sent(event);
    const form = event.currentTarget as HTMLFormElement;
    const said = { what: field("what"), until: field("until"), detail: field("detail") };
    if (!(await adding.run(() => declare(field("person"), said)))) return;
    form.reset();
    await again();
  };
  return (
    <section class="page" aria-label={tell("tab.declarations")}>
      <form class="card line" data-form="declaration" onSubmit={(event) => void add(event)}>
        <h3>{tell("declare.add")}</h3>
        <Who people={people.rows ?? []} />
        <Choice name="what" label={tell("declare.what")} values={DECLARED} room="declared" />
        <Field label={tell("declare.until")}>
          <input name="until" type="date" required />
        </Field>
        <Field label={tell("declare.detail")}>
          <input name="detail" maxLength={300} autocomplete="off" />
        </Field>
        <button class="primary" disabled={adding.busy}>
          {tell("declare.go")}
        </button>
        <Trouble trouble={adding.trouble} />
      </form>
      {people.rows?.length === 0 && <p class="dim">{tell("people.none")}</p>}
      <Trouble trouble={doing.trouble ?? people.doing.trouble} />
      <Waiting rows={rows} doing={doing} again={again} />
      {rows?.length === 0 && <p class="dim">{tell("declare.none")}</p>}
      <ul class="duty">{rows?.map((one) => <Line key={one.id} one={one} act={setAct} />)}</ul>
      {act !== null && <Words act={act} close={() => setAct(null)} again={again} />}
    </section>
  );
}

function Line({ one, act }: { one: Declaration; act: (act: Act) => void }): JSX.Element {
  const tell = useTell();
  return (
    <li data-declaration={one.id} class={one.open ? "standing" : ""}>
      <strong>{one.name}</strong>
      <span>{tell(`declared.${one.what}`)}</span>
      <span class="figure">
        {one.made_on} – {one.until}
      </span>
      <span class="dim">{one.detail}</span>
      {one.open && one.bars && <span class="wrong">{tell("declare.bars")}</span>}
      {!one.open && <span class="dim">{tell("declare.closed")}</span>}
      {one.followed_today && <span class="tag">{tell("declare.asked")}</span>}
      {one.open && (
        <span class="acts">
          {(["ask", "close"] as const).map((what) => (
            <button key={what} type="button" class="quiet" aria-label={tell(`declare.${what}.of`, { name: one.name })} onClick={() => act({ one, what })}>
              {tell(`declare.${what}`)}
            </button>
          ))}
        </span>
      )}
    </li>
  );
}

function Words({ act, close, again }: { act: Act; close: () => void; again: () => Promise<void> }): JSX.Element {
  const tell = useTell();
  const doing = useDoing();
  const { one, what } = act;
  const save = async (event: Event): Promise<void> => {
    const text = sent(event)("text");
    if (!(await doing.run(() => (what === "ask" ? followUp(one.id, text) : closeDeclaration(one.id, text))))) return;
    close();
    await again();
  };
  return (
    <Dialog title={tell(`declare.${what}.of`, { name: one.name })} close={close}>
      <form class="card plain" onSubmit={(event) => void save(event)}>
        <Field label={tell(what === "ask" ? "declare.said" : "declare.why")}>
          <input name="text" minLength={what === "ask" ? 0 : 3} required={what === "close"} maxLength={300} autocomplete="off" autofocus />
        </Field>
        <Trouble trouble={doing.trouble} />
        <div class="buttons">
          <button class="primary" disabled={doing.busy}>
            {tell("save")}
          </button>
          <button type="button" class="quiet" onClick={close}>
            {tell("close")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
