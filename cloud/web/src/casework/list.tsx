/** The cases there were, and how often the gates were wrong: loaded when somebody opens it. */
import type { JSX } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { caseList, STATES, type CaseRow, type CaseState } from "../api/cases";
import { Refused } from "../api/client";
import { caseNumber } from "../words/case_number";
import { useSay, word } from "../words/say";
import { absolute } from "../words/time";
import { Dialog } from "../view/dialog";
import Case, { type CaseProps } from "./case";
import { Mistakes } from "./mistakes";
import { teller, Told, useTell } from "./words";

type Shared = Omit<CaseProps, "id" | "changed">;
const PAGE = 50;

export default function Cases({ close, ...shared }: Shared & { close: () => void }): JSX.Element {
  const tell = teller(shared.language);
  const [tab, setTab] = useState<"cases" | "statistics">("cases");
  const [one, setOne] = useState<string | null>(null);
  return (
    <Told.Provider value={tell}>
      <Dialog title={tell("list.title")} close={close}>
        <div class="case-list">
          {one === null ? (
            <p class="buttons">
              {(["cases", "statistics"] as const).map((name) => (
                <button key={name} type="button" class="quiet framed" data-tab={name} aria-pressed={name === tab} onClick={() => setTab(name)}>
                  {tell(`list.${name}`)}
                </button>
              ))}
            </p>
          ) : (
            <p class="buttons">
              <button type="button" class="quiet framed" data-action="back" autofocus onClick={() => setOne(null)}>
                {tell("list.back")}
              </button>
              <strong>{one}</strong>
            </p>
          )}
          {one !== null && <Case key={one} {...shared} id={one} changed={null} />}
          {one === null && tab === "cases" && <List choose={setOne} ended={shared.ended} />}
          {one === null && tab === "statistics" && <Mistakes ended={shared.ended} />}
        </div>
        <form method="dialog">
          <button class="primary">{tell("close")}</button>
        </form>
      </Dialog>
    </Told.Provider>
  );
}

function List({ choose, ended }: { choose: (id: string) => void; ended: () => void }): JSX.Element {
  const tell = useTell();
  const [state, setState] = useState<CaseState | null>(null);
  const [rows, setRows] = useState<CaseRow[] | null>(null);
  const [more, setMore] = useState(false);
  const [failed, setFailed] = useState(false);
  const read = useCallback(
    async (before: CaseRow[], wanted: CaseState | null): Promise<void> => {
      try {
        const found = await caseList(wanted, before.at(-1)?.id ?? null, PAGE);
        setRows([...before, ...found]);
        setMore(found.length === PAGE);
        setFailed(false);
      } catch (error) {
        if (error instanceof Refused && error.status === 401) ended();
        setFailed(true);
      }
    },
    [ended],
  );
  useEffect(() => void read([], state), [state]);
  return (
    <>
      <p class="buttons">
        {[null, ...STATES].map((one) => (
          <button key={one} type="button" class="quiet framed" data-state={one ?? "all"} aria-pressed={one === state} onClick={() => setState(one)}>
            {one === null ? tell("list.all") : tell(`state.${one}`)}
          </button>
        ))}
      </p>
      {failed && (
        <p role="alert" class="trouble">
          {tell("fail.away")}
        </p>
      )}
      {rows === null && !failed && <p class="dim">{tell("loading")}</p>}
      {rows?.length === 0 && <p class="dim">{tell("list.none")}</p>}
      <ul class="found">{rows?.map((row) => <Row key={row.id} row={row} choose={choose} />)}</ul>
      {more && (
        <button type="button" class="quiet framed" onClick={() => void read(rows ?? [], state)}>
          {tell("list.older")}
        </button>
      )}
    </>
  );
}

function Row({ row, choose }: { row: CaseRow; choose: (id: string) => void }): JSX.Element {
  const tell = useTell();
  const say = useSay();
  return (
    <li>
      <button type="button" data-row={row.id} onClick={() => choose(row.id)}>
        <strong>{caseNumber(row.id, row.raised_at)}</strong>
        <span>
          {word(say, "kind", row.kind)} <span class="dim">{row.gate}</span>
        </span>
        <span>
          {row.outcome === null ? tell(`state.${row.state}`) : tell(`outcome.${row.outcome}`)} <span class="dim">{row.owner}</span>
        </span>
        <time dateTime={row.raised_at} class="dim">
          {absolute(row.raised_at)}
        </time>
      </button>
    </li>
  );
}
