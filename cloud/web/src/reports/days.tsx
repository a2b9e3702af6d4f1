import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { absolute } from "../words/time";
import type { Language } from "../words/table";
import { reports, type Page, type ReportRow } from "./api";
import { Failed } from "./failed";
import { Sheet } from "./sheet";
import { useRead } from "./use_read";
import { useTell } from "./words";

export interface Shared {
  language: Language;
  mayTake: boolean;
  ended: () => void;
}

/** The list, newest first, and one of them opened. */
export function Days(props: Shared): JSX.Element {
  const tell = useTell();
  const [before, setBefore] = useState<number | null>(null);
  const [rows, setRows] = useState<ReportRow[]>([]);
  const [opened, setOpened] = useState<number | null>(null);
  const read = useRead<Page>(() => reports(props.language, before), `${props.language} ${before}`, props.ended);
  useEffect(() => setBefore(null), [props.language]);
  useEffect(() => {
    const page = read.found?.reports ?? [];
    setRows((known) => (before === null ? page : [...known.filter((one) => one.number >= before), ...page]));
  }, [read.found]);
  if (opened !== null) return <Sheet {...props} number={opened} close={() => setOpened(null)} />;
  return (
    <section class="page" aria-label={tell("tab.reports")}>
      {read.failed && <Failed again={read.again} />}
      {read.found === null && !read.failed && <p class="dim">{tell("loading")}</p>}
      {read.found !== null && rows.length === 0 && <p class="dim">{tell("none")}</p>}
      <ul class="days">
        {rows.map((row) => (
          <li key={row.number}>
            <Day row={row} open={() => setOpened(row.number)} />
          </li>
        ))}
      </ul>
      {read.found !== null && read.found.next !== null && (
        <button type="button" class="second" data-action="older" onClick={() => setBefore(read.found?.next ?? null)}>
          {tell("older")}
        </button>
      )}
    </section>
  );
}

function Day({ row, open }: { row: ReportRow; open: () => void }): JSX.Element {
  const tell = useTell();
  return (
    <button type="button" class="day" data-report={row.number} onClick={open}>
      <strong>{row.day}</strong>
      <span class="marks">
        {row.zero && <em>{tell("zero")}</em>}
        {row.late && <em class="warns">{tell("late")}</em>}
        {!row.whole && <em class="warns">{tell("broken")}</em>}
        {row.corrects.length > 0 && <em>{tell("corrects", { numbers: row.corrects.join(", ") })}</em>}
      </span>
      <span class="dim">
        {tell("number", { number: row.number })} · {absolute(row.made)}
      </span>
      <span class="said">{row.said.join(" ")}</span>
    </button>
  );
}
