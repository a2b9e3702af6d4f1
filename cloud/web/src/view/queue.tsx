import type { JSX, RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Item } from "../api/types";
import { stage } from "../state/board";
import { useSay, word } from "../words/say";
import { absolute } from "../words/time";
import { Age } from "./age";
import { signOf } from "./kinds";
import { Shape } from "./shapes";
import { useHeldOrder } from "./use_held_order";

interface Props {
  /** Rows in the wanted order: open first, then taken. */
  wanted: Item[];
  items: ReadonlyMap<string, Item>;
  selected: string | null;
  select: (id: string) => void;
  shown: RefObject<string[]>;
}

export function Queue({ wanted, items, selected, select, shown }: Props): JSX.Element {
  const say = useSay();
  const held = useHeldOrder(wanted.map((item) => item.id));
  shown.current = held.order;
  const rows = held.order.map((id) => items.get(id)).filter((item) => item !== undefined);
  const open = wanted.filter((item) => stage(item) === "open").length;
  return (
    <section class="panel queue" aria-label={say("queue.title")}>
      <header>
        <h2>{say("queue.title")}</h2>
        <span class={open > 0 ? "count hot" : "count"}>{open}</span>
        {held.waiting > 0 && <span class="chip">{say("queue.waiting", { n: held.waiting })}</span>}
      </header>
      {rows.length === 0 ? (
        <Nothing items={items} />
      ) : (
        <ol class="rows" {...held.pointer}>
          {rows.map((item, at) => (
            <Row
              key={item.id}
              item={item}
              selected={item.id === selected}
              select={select}
              heading={startsTaken(rows, at) ? say("queue.taken") : null}
            />
          ))}
        </ol>
      )}
    </section>
  );
}

const startsTaken = (rows: Item[], at: number): boolean => {
  const before = rows[at - 1];
  const here = rows[at];
  return here !== undefined && stage(here) !== "open" && (before === undefined || stage(before) === "open");
};

interface RowProps {
  item: Item;
  selected: boolean;
  select: (id: string) => void;
  heading: string | null;
}

function Row({ item, selected, select, heading }: RowProps): JSX.Element {
  const say = useSay();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (selected) button.current?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  return (
    <li class={`row ${stage(item)}`} data-item={item.id} data-state={item.state}>
      {heading !== null && <h3 class="divider">{heading}</h3>}
      <button ref={button} type="button" aria-current={selected} onClick={() => select(item.id)}>
        <Shape sign={signOf(item)} />
        <span class="what">
          <strong>{word(say, "kind", item.kind)}</strong>
          <span class="where">
            {item.gate}
            {item.count > 1 && <span class="dim"> · {say("queue.times", { n: item.count })}</span>}
            <Standing item={item} />
          </span>
        </span>
        <Age since={item.raised_at} />
      </button>
    </li>
  );
}

function Standing({ item }: { item: Item }): JSX.Element | null {
  const say = useSay();
  if (stage(item) === "settled") return <span class="dim"> · {say("selected.settled")}</span>;
  if (item.state === "open" && item.returned_at !== null) return <span class="dim"> · {say("queue.otherwise")}</span>;
  if (item.state === "RTNUN") return <span class="dim"> · {say("queue.returned")}</span>;
  return item.acknowledged_by === null ? null : <span class="dim"> · {item.acknowledged_by}</span>;
}

function Nothing({ items }: { items: ReadonlyMap<string, Item> }): JSX.Element {
  const say = useSay();
  const last = [...items.values()].map((item) => item.raised_at).sort().at(-1);
  return (
    <div class="empty">
      <Shape sign="pass" />
      <p>{say("queue.empty")}</p>
      <p class="dim">{last === undefined ? say("queue.empty.none") : say("queue.empty.last", { time: absolute(last) })}</p>
    </div>
  );
}
