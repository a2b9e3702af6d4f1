import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Field, sent, Trouble } from "../admin/fields";
import { useDoing } from "../admin/use_doing";
import { Dialog } from "../view/dialog";
import { LINES, writeLine, type LineKind, type Stock } from "./supplies_api";
import { useTellOfSupplies } from "./supplies_words";

interface Props {
  stock: Stock;
  others: readonly Stock[];
  close: () => void;
  entered: () => Promise<void>;
}

/** Something came, was used, was moved or counted. Before the first count nothing else can be entered. */
export function EnterLine({ stock, others, close, entered }: Props): JSX.Element {
  const tell = useTellOfSupplies();
  const doing = useDoing();
  const uncounted = stock.book === null;
  const targets = others.filter((one) => one.id !== stock.id && one.kind === stock.kind && one.unit === stock.unit);
  const open = LINES.filter((one) => (uncounted ? one === "counted" : one !== "moved" || targets.length > 0));
  const [kind, setKind] = useState<LineKind>(uncounted ? "counted" : "used");
  const enter = async (event: Event): Promise<void> => {
    const field = sent(event);
    const line = { kind, amount: Number(field("amount")), why: field("why"), ...(kind === "moved" && { to: field("to") }) };
    if (!(await doing.run(() => writeLine(stock.id, line)))) return;
    close();
    await entered();
  };
  return (
    <Dialog title={tell("enter.of", { name: stock.name })} close={close}>
      <form class="card plain" data-form="line" onSubmit={(event) => void enter(event)}>
        {uncounted && <p class="dim">{tell("enter.first")}</p>}
        <Field label={tell("enter.what")}>
          <select name="kind" value={kind} onChange={(event) => setKind(event.currentTarget.value as LineKind)}>
            {open.map((one) => (
              <option key={one} value={one}>
                {tell(`line.${one}`)}
              </option>
            ))}
          </select>
        </Field>
        {kind === "moved" && (
          <Field label={tell("enter.to")}>
            <select name="to">
              {targets.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name} · {one.site}
                </option>
              ))}
            </select>
          </Field>
        )}
        <Field label={tell(kind === "counted" ? "enter.found" : "enter.amount", { unit: stock.unit })}>
          <input name="amount" type="number" inputMode="numeric" required min={kind === "counted" ? 0 : 1} max={1_000_000_000} step={1} />
        </Field>
        <Field label={tell("enter.why")}>
          <input name="why" maxLength={200} autocomplete="off" />
        </Field>
        <Trouble trouble={doing.trouble} />
        <div class="buttons">
          <button class="primary" disabled={doing.busy}>
            {tell("enter")}
          </button>
          <button type="button" class="second" onClick={close}>
            {tell("close")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
