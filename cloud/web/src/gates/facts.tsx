import type { JSX } from "preact";
import { lastVisits } from "../api/gates";
import type { Item, Visit } from "../api/types";
import { byNewest, queueOrder } from "../state/board";
import { Age, Ago } from "../view/age";
import { signOf } from "../view/kinds";
import { Shape, VerdictWord } from "../view/shapes";
import { VisitTemperature } from "../view/temperature";
import { useSay, word } from "../words/say";
import { useAsked } from "./use_asked";
import { useTell } from "./words";

const SHOWN = 8;

/** Alarms and people of this gate that nobody has settled, the most urgent first. */
export function Against({ gate, items }: { gate: string; items: ReadonlyMap<string, Item> }): JSX.Element {
  const tell = useTell();
  const say = useSay();
  const rows = queueOrder([...items.values()].filter((item) => item.gate === gate));
  if (rows.length === 0) return <p class="dim">{tell("against.none")}</p>;
  return (
    <ul class="against">
      {rows.map((item) => (
        <li key={item.id} data-against={item.id}>
          <Shape sign={signOf(item)} />
          <span>
            {word(say, "kind", item.kind)}
            {item.type === "case" && <span class="dim"> · {tell("against.case")}</span>}
            {item.acknowledged_by !== null && <span class="dim"> · {item.acknowledged_by}</span>}
          </span>
          <Age since={item.raised_at} />
        </li>
      ))}
    </ul>
  );
}

/** What the ledger has, with what the live feed brings since. */
export function LastVisits({ gate, visits, ended }: { gate: string; visits: ReadonlyMap<string, Visit>; ended: () => void }): JSX.Element {
  const tell = useTell();
  const { found, failed } = useAsked(() => lastVisits(gate, SHOWN), [gate], ended);
  const rows = new Map((found ?? []).map((visit) => [visit.visit, visit]));
  for (const visit of visits.values()) {
    if (visit.gate === gate && visit.revision >= (rows.get(visit.visit)?.revision ?? 0)) rows.set(visit.visit, visit);
  }
  const newest = byNewest([...rows.values()]).slice(0, SHOWN);
  if (newest.length === 0) return <p class="dim">{tell(failed ? "away" : found === null ? "loading" : "visits.none")}</p>;
  return (
    <ul class="came">
      {newest.map((visit) => (
        <li key={visit.visit} data-came={visit.visit}>
          <VerdictWord verdict={visit.verdict} />
          <VisitTemperature visit={visit} />
          <span class="dim">
            <Ago at={visit.decided} />
          </span>
        </li>
      ))}
    </ul>
  );
}
