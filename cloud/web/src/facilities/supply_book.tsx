import type { JSX } from "preact";
import { useCallback, useState } from "preact/hooks";
import { Field, sent, Trouble } from "../admin/fields";
import { useDoing, useRows } from "../admin/use_doing";
import { Waiting } from "../admin/waiting";
import { dayAndClock } from "../staff/times";
import { Dialog } from "../view/dialog";
import { differs } from "./stock_table";
import { book, changeSupply, type Line, type Stock } from "./supplies_api";
import { supplyWord, useTellOfSupplies } from "./supplies_words";

interface Props {
  id: string;
  manages: boolean;
  close: () => void;
  changed: () => Promise<void>;
}

/** One stock and every line of its book, the newest first. */
export function SupplyBook({ id, manages, close, changed }: Props): JSX.Element {
  const tell = useTellOfSupplies();
  const { rows, doing, again } = useRows(useCallback(() => book(id), [id]));
  const [changing, setChanging] = useState(false);
  return (
    <>
      <div class="buttons">
        <button type="button" class="second" data-action="list" onClick={close}>
          ← {tell("back")}
        </button>
        {rows !== null && manages && (
          <button type="button" class="second" data-action="change" onClick={() => setChanging(true)}>
            {tell("change")}
          </button>
        )}
      </div>
      <Trouble trouble={doing.trouble} />
      <Waiting rows={rows} doing={doing} again={again} />
      {rows !== null && (
        <>
          <h2>{tell("story.of", { name: rows.stock.name })}</h2>
          {rows.lines.length === 0 ? <p class="dim">{tell("story.none")}</p> : <Lines lines={rows.lines} />}
        </>
      )}
      {changing && rows !== null && (
        <ChangeSupply
          stock={rows.stock}
          close={() => setChanging(false)}
          changed={async (ended) => {
            await changed();
            if (ended) close();
            else await again();
          }}
        />
      )}
    </>
  );
}

function Lines({ lines }: { lines: readonly Line[] }): JSX.Element {
  const tell = useTellOfSupplies();
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={tell("story")}>
      <table>
        <thead>
          <tr>
            {(["when", "what", "amount", "after", "by", "why"] as const).map((key) => (
              <th key={key} scope="col">
                {tell(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((one) => (
            <tr key={one.id} data-line={one.id}>
              <th scope="row">{dayAndClock(one.at)}</th>
              <td>{supplyWord(tell, "line", one.kind)}</td>
              <td class="figure" data-label={tell("amount")}>
                {one.amount}
                {one.kind === "counted" && <span class={one.difference ? "wrong below" : "dim below"}>{differs(one.difference, tell)}</span>}
              </td>
              <td class="figure" data-label={tell("after")}>
                {one.book}
              </td>
              <td data-label={tell("by")}>{one.by}</td>
              <td {...(one.why !== "" && { "data-label": tell("why") })}>{one.why}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ChangeSupply({ stock, close, changed }: { stock: Stock; close: () => void; changed: (ended: boolean) => Promise<void> }): JSX.Element {
  const tell = useTellOfSupplies();
  const doing = useDoing();
  const [sure, setSure] = useState(false);
  const finish = async (wish: Readonly<Record<string, string | number | boolean>>): Promise<void> => {
    if (!(await doing.run(() => changeSupply(stock.id, wish)))) return;
    close();
    await changed("ended" in wish);
  };
  const save = (event: Event): Promise<void> => {
    const field = sent(event);
    return finish({ name: field("name"), minimum: Number(field("minimum")) });
  };
  return (
    <Dialog title={tell("change.of", { name: stock.name })} close={close}>
      <form class="card plain" data-form="change" onSubmit={(event) => void save(event)}>
        <Field label={tell("name")}>
          <input name="name" defaultValue={stock.name} required maxLength={80} autocomplete="off" />
        </Field>
        <Field label={`${tell("minimum")} (${stock.unit})`}>
          <input name="minimum" type="number" inputMode="numeric" defaultValue={String(stock.minimum)} required min={0} max={1_000_000_000} step={1} />
        </Field>
        <Trouble trouble={doing.trouble} />
        <div class="buttons">
          <button class="primary" disabled={doing.busy}>
            {tell("save")}
          </button>
          <button type="button" class="second" data-action="end" onClick={() => (sure ? void finish({ ended: true }) : setSure(true))}>
            {tell(sure ? "end.sure" : "end")}
          </button>
          <button type="button" class="quiet" onClick={close}>
            {tell("close")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
