import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Field, sent, SiteField, Trouble } from "../admin/fields";
import { useDoing } from "../admin/use_doing";
import { Waiting } from "../admin/waiting";
import { clock } from "../staff/times";
import { usePolled } from "../staff/use_polled";
import type { Language } from "../words/table";
import { addSupply, stocks, SUPPLY_KINDS, type Stock } from "./supplies_api";
import { StockTable } from "./stock_table";
import { SupplyBook } from "./supply_book";
import { EnterLine } from "./supply_line";
import "./supplies.css";
import { supplyTeller, ToldOfSupplies, useTellOfSupplies } from "./supplies_words";

interface Props {
  enters: boolean;
  manages: boolean;
  top: string;
}

/** What there is of masks, gloves and disinfectant: what is short first. */
export function Supplies({ language, ...props }: Props & { language: Language }): JSX.Element {
  return (
    <ToldOfSupplies.Provider value={supplyTeller(language)}>
      <SuppliesPage {...props} />
    </ToldOfSupplies.Provider>
  );
}

function SuppliesPage({ enters, manages, top }: Props): JSX.Element {
  const tell = useTellOfSupplies();
  const { rows, doing, again } = usePolled(stocks);
  const [entering, setEntering] = useState<Stock | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const count = (...lights: string[]): number => rows?.stocks.filter((one) => lights.includes(one.light)).length ?? 0;
  const entered = async (): Promise<void> => void (await again());
  return (
    <section class="page supplies" aria-label={tell("tab.supplies")}>
      <Trouble trouble={doing.trouble} />
      {doing.trouble !== null && rows !== null && <p class="dim">{tell("stale", { when: clock(rows.at) })}</p>}
      <Waiting rows={rows} doing={doing} again={again} />
      {open !== null && <SupplyBook id={open} manages={manages} close={() => setOpen(null)} changed={entered} />}
      {open === null && rows !== null && (
        <>
          <h2 class="day" aria-live="polite">
            {tell("count", { short: count("short"), doubtful: rows.stocks.length - count("short", "fine"), all: rows.stocks.length })}
          </h2>
          {rows.stocks.length === 0 ? (
            <p class="dim">{tell("none")}</p>
          ) : (
            <StockTable rows={rows} open={setOpen} {...(enters && { enter: setEntering })} />
          )}
          <p class="dim">{tell("house")}</p>
          {manages && <AddSupply top={top} known={rows.stocks} added={entered} />}
        </>
      )}
      {entering !== null && <EnterLine stock={entering} others={rows?.stocks ?? []} close={() => setEntering(null)} entered={entered} />}
    </section>
  );
}

function AddSupply({ top, known, added }: { top: string; known: readonly Stock[]; added: () => Promise<void> }): JSX.Element {
  const tell = useTellOfSupplies();
  const doing = useDoing();
  const add = async (event: Event): Promise<void> => {
    const field = sent(event);
    const form = event.currentTarget as HTMLFormElement;
    const wish = { kind: field("kind"), name: field("name"), site: field("site"), unit: field("unit"), minimum: Number(field("minimum")) };
    if (!(await doing.run(() => addSupply(wish)))) return;
    form.reset();
    await added();
  };
  return (
    <form class="card line" data-form="add" onSubmit={(event) => void add(event)}>
      <h3>{tell("add")}</h3>
      <Field label={tell("kind")}>
        <select name="kind">
          {SUPPLY_KINDS.map((one) => (
            <option key={one} value={one}>
              {tell(`kind.${one}`)}
            </option>
          ))}
        </select>
      </Field>
      <Field label={tell("name")}>
        <input name="name" required maxLength={80} autocomplete="off" />
      </Field>
      <SiteField site={top} known={[...new Set(known.map((one) => one.site).filter((site) => site !== ""))]} />
      <Field label={tell("unit")}>
        <input name="unit" required maxLength={80} autocomplete="off" />
      </Field>
      <Field label={tell("minimum")}>
        <input name="minimum" type="number" inputMode="numeric" required min={0} max={1_000_000_000} step={1} />
      </Field>
      <button class="primary" disabled={doing.busy}>
        {tell("add.go")}
      </button>
      <Trouble trouble={doing.trouble} />
    </form>
  );
}
