import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { caseStatistics, type Statistics } from "../api/cases";
import { Refused } from "../api/client";
import { named, useTell, type Tell } from "./words";

/** How cases ended, gate by gate, and why the gate was wrong where it was. */
export function Mistakes({ ended }: { ended: () => void }): JSX.Element {
  const tell = useTell();
  const [days, setDays] = useState(7);
  const [rows, setRows] = useState<Statistics[] | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let current = true;
    caseStatistics(days).then(
      (found) => void (current && (setRows(found), setFailed(false))),
      (error: unknown) => {
        if (error instanceof Refused && error.status === 401) ended();
        if (current) setFailed(true);
      },
    );
    return () => {
      current = false;
    };
  }, [days]);
  return (
    <>
      <p class="buttons">
        {[1, 7, 30].map((choice) => (
          <button key={choice} type="button" class="quiet framed" aria-pressed={choice === days} onClick={() => setDays(choice)}>
            {choice === 1 ? tell("stat.day") : tell("stat.days", { n: choice })}
          </button>
        ))}
      </p>
      {failed && (
        <p role="alert" class="trouble">
          {tell("fail.away")}
        </p>
      )}
      {rows === null && !failed && <p class="dim">{tell("loading")}</p>}
      {rows?.length === 0 && <p class="dim">{tell("stat.none")}</p>}
      {rows !== null && rows.length > 0 && <Table rows={rows} />}
    </>
  );
}

function Table({ rows }: { rows: Statistics[] }): JSX.Element {
  const tell = useTell();
  return (
    <table>
      <thead>
        <tr>
          {(["stat.gate", "stat.cases", "stat.false", "stat.ended", "stat.why"] as const).map((key) => (
            <th key={key} scope="col">
              {tell(key)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.gate} data-gate={row.gate}>
            <th scope="row">{row.gate}</th>
            <td>{row.cases}</td>
            <td>
              <strong>{row.outcomes.false_alarm ?? 0}</strong> <span class="dim">{share(row)}</span>
            </td>
            <td>{counted(tell, "outcome", row.outcomes)}</td>
            <td>{counted(tell, "mistake", row.mistakes)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const share = (row: Statistics): string => `${((100 * (row.outcomes.false_alarm ?? 0)) / row.cases).toFixed(0)} %`;

/** The most frequent first. */
function counted(tell: Tell, room: string, counts: Readonly<Record<string, number>>): string {
  const most = Object.entries(counts).sort(([, one], [, other]) => other - one);
  return most.map(([name, count]) => `${named(tell, room, name)} ${count}`).join(tell("close.join")) || "–";
}
