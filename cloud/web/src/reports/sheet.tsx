import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { absolute } from "../words/time";
import { report, type Paper, type Receipt, type TableOf } from "./api";
import type { Shared } from "./days";
import { Failed } from "./failed";
import { Take } from "./take";
import { useRead } from "./use_read";
import { stateOf, useTell } from "./words";

/** One report as it stands on paper: on a wall, a phone, and printed. */
export function Sheet(props: Shared & { number: number; close: () => void }): JSX.Element {
  const tell = useTell();
  const { found, failed, again } = useRead<Paper>(() => report(props.number, props.language), `${props.number} ${props.language}`, props.ended);
  const first = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => first.current?.focus(), []);
  return (
    <article class="page daily" data-sheet={found?.number}>
      <p class="buttons">
        <button type="button" class="second" data-action="list" ref={first} onClick={props.close}>
          {tell("list")}
        </button>
        {props.mayTake && <Take what={`reports/${props.number}`} language={props.language} />}
        <button type="button" class="second" data-action="print" onClick={() => window.print()}>
          {tell("print")}
        </button>
      </p>
      {failed && <Failed again={again} />}
      {found === null && !failed && <p class="dim">{tell("loading")}</p>}
      {found !== null && (
        <>
          <h2>{found.title}</h2>
          <div class="gist">
            {found.notes.map((note) => (
              <p key={note}>{note}</p>
            ))}
          </div>
          {found.tables.map((table) => (
            <Section key={table.title} table={table} />
          ))}
          <Receipts receipts={found.receipts} />
        </>
      )}
    </article>
  );
}

/** What is short stands on one line; what is long may break. */
const classOf = (cell: string | number): string => (typeof cell === "number" ? "numeral" : cell.length > 20 ? "long" : "short");

export function Section({ table }: { table: TableOf }): JSX.Element {
  return (
    <section class="chapter">
      <h3>{table.title}</h3>
      {table.rows.length === 0 && <p class="dim">{table.empty}</p>}
      {table.rows.length > 0 && (
        <div class="scroll" tabIndex={0} role="region" aria-label={table.title}>
          <table>
            <thead>
              <tr>
                {table.columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row, number) => (
                <tr key={number}>
                  {row.map((cell, column) => (
                    <td key={column} class={classOf(cell)} data-label={table.columns[column]}>
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Receipts({ receipts }: { receipts: Receipt[] }): JSX.Element {
  const tell = useTell();
  const rows = receipts.map((one) => [one.contact, one.channel, stateOf(tell, one.state), one.told_at === null ? "" : absolute(one.told_at), one.answer]);
  const columns = [tell("contact"), tell("channel"), tell("state"), tell("told"), tell("answer")];
  return <Section table={{ title: tell("receipts"), columns, rows, empty: tell("receipts.none") }} />;
}
