import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Trouble } from "../admin/fields";
import { useDoing } from "../admin/use_doing";
import { caseNumber } from "../words/case_number";
import { Detail } from "../words/detail";
import { useSay, word } from "../words/say";
import type { Language } from "../words/table";
import { absolute } from "../words/time";
import { exported, rows as ask, type Found, type Rows } from "./api";
import type { Filter, Part } from "./address";
import { Search } from "./filter";
import { stateOf, whatOf } from "./named";
import { useTell } from "./words";

const FORMS = ["csv", "xlsx", "pdf"] as const;
const COLUMNS = ["at", "id", "gate", "what", "state", "who", "detail"] as const;

interface Props {
  filter: Filter;
  seek: (filter: Filter) => void;
  open: (part: Part, id: string) => void;
  language: Language;
  takes: boolean;
}

/** Rows of one part, newest first; older ones are asked for behind the last that is shown. */
export function List({ filter, seek, open, language, takes }: Props): JSX.Element {
  const tell = useTell();
  const doing = useDoing();
  const [rows, setRows] = useState<Found[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [tries, setTries] = useState(0);
  const { run } = doing;
  const take = (page: Rows, before: Found[]): void => {
    setRows([...before, ...page.rows]);
    setNext(page.next);
  };
  useEffect(() => {
    let wanted = true; // an answer to an earlier question may come later
    setRows(null);
    setNext(null);
    void run(async () => {
      const page = await ask(filter, null);
      if (wanted) take(page, []);
    });
    return () => {
      wanted = false;
    };
  }, [tries, run]); // each question has a list of its own: `key` in ledger.tsx
  return (
    <section class="page" aria-label={tell(`part.${filter.part}`)}>
      <Search filter={filter} seek={seek} />
      <Trouble trouble={doing.trouble} />
      {doing.trouble !== null && rows === null && (
        <button type="button" class="second" data-action="again" onClick={() => setTries(tries + 1)}>
          {tell("again")}
        </button>
      )}
      {rows === null && doing.trouble === null && <p class="dim">{tell("loading")}</p>}
      {rows?.length === 0 && (
        <p class="dim" role="status">
          {tell("none")}
        </p>
      )}
      {rows !== null && rows.length > 0 && (
        <>
          <p class="buttons taken">
            <span class="dim" role="status">
              {tell("count", { n: rows.length })}
            </span>
            {takes && <span class="dim">{tell("export")}</span>}
            {takes &&
              FORMS.map((form) => (
                <a key={form} class="second" data-form={form} href={exported(filter, form, language)} download>
                  {form.toUpperCase()}
                </a>
              ))}
          </p>
          <Table rows={rows} part={filter.part} open={open} language={language} />
        </>
      )}
      {next !== null && (
        <button type="button" class="second" data-action="older" disabled={doing.busy} onClick={() => void run(async () => take(await ask(filter, next), rows ?? []))}>
          {tell("older")}
        </button>
      )}
    </section>
  );
}

/** Up and down between the rows; Enter opens one. */
function move(event: KeyboardEvent): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  const all = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>("[data-row]")];
  const at = all.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  event.preventDefault();
  all[at + step]?.focus();
}

function Table({ rows, part, open, language }: { rows: Found[]; part: Part; open: Props["open"]; language: Language }): JSX.Element {
  const tell = useTell();
  const columns = COLUMNS.filter((name) => part !== "audit" || (name !== "gate" && name !== "state"));
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={tell(`part.${part}`)}>
      <table>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {tell(`col.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={move}>
          {rows.map((row) => (
            <Row key={row.id} row={row} open={open} language={language} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row, open, language }: { row: Found; open: Props["open"]; language: Language }): JSX.Element {
  const tell = useTell();
  const say = useSay();
  const reasons = row.reasons.map((one) => word(say, "reason", one));
  const many = row.revisions > 1 ? tell(row.part === "visits" ? "revisions" : "times", { n: row.revisions }) : "";
  return (
    <tr class="row" onClick={() => open(row.part, row.id)}>
      <td class="when">
        {absolute(row.at)} {row.late && <mark>{tell("late")}</mark>}
      </td>
      <td>
        <button type="button" class="link" data-row={row.id}>
          {row.part === "cases" ? caseNumber(row.id, row.at) : row.id}
        </button>{" "}
        {row.part === "cases" && <span class="dim small">{row.id}</span>}
      </td>
      {row.part !== "audit" && <td>{row.gate}</td>}
      <td data-what={row.what}>{whatOf(say, language, row.part, row.what)}</td>
      {row.part !== "audit" && <td class="dim">{stateOf(say, language, row.part, row.state)}</td>}
      <td>{row.who}</td>
      <td class="dim">
        <Detail of={row} /> {[...reasons, many].filter((one) => one !== "").join(" · ")}
      </td>
    </tr>
  );
}
