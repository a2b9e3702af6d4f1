import type { JSX, RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Item } from "../api/types";
import { stage } from "../state/board";
import type { Entry, Group } from "../state/flood";
import { idOf } from "../state/flood";
import { urgency } from "../state/sound";
import { useSay, word } from "../words/say";
import { absolute } from "../words/time";
import { Age } from "./age";
import { GroupRow } from "./group";
import { signOf } from "./kinds";
import { Shape } from "./shapes";
import { useHeldOrder } from "./use_held_order";

interface Props {
  /** Rows in the wanted order: open first, then taken; in a flood some are folded into groups. */
  entries: Entry[];
  open: number;
  flooded: boolean;
  unfolded: ReadonlySet<string>;
  unfold: (group: string) => void;
  withheld: number;
  showWithheld: () => void;
  items: ReadonlyMap<string, Item>;
  selected: string | null;
  select: (id: string) => void;
  shown: RefObject<string[]>;
  knowledge: Knowledge;
}

/** What is known of the gates: nothing yet, no more, of no gate at all, or how they are. */
export type Knowledge = "unheard" | "silent" | "gateless" | "heard";

export function Queue(props: Props): JSX.Element {
  const { entries, items, selected, open } = props;
  const say = useSay();
  const held = useHeldOrder(entries.map(idOf));
  props.shown.current = held.order;
  const groups = new Map(entries.flatMap((entry) => ("group" in entry ? [[entry.group.id, entry.group] as const] : [])));
  const rows = held.order.map((id) => items.get(id) ?? groups.get(id)).filter((row) => row !== undefined);
  return (
    <section class="panel queue" aria-label={say("queue.title")}>
      <header>
        <h2>{say("queue.title")}</h2>
        <span class={open > 0 ? "count hot" : "count"}>{open}</span>
        {held.waiting > 0 && <span class="chip">{say("queue.waiting", { n: held.waiting })}</span>}
        <span class="space" />
        {props.withheld > 0 && (
          <button type="button" class="quiet framed" data-action="withheld" onClick={props.showWithheld}>
            {say("withheld.count", { n: props.withheld })}
          </button>
        )}
      </header>
      {props.flooded && <p class="flood dim">{say("queue.group.hint")}</p>}
      {rows.length === 0 ? (
        <Nothing items={items} knowledge={props.knowledge} />
      ) : (
        <ol class="rows" {...held.pointer}>
          {rows.map((row, at) =>
            "items" in row ? (
              <GroupRow key={row.id} group={row} selected={row.id === selected} open={props.unfolded.has(row.id)} turn={props.unfold} />
            ) : (
              <Row
                key={row.id}
                item={row}
                selected={row.id === selected}
                select={props.select}
                heading={startsTaken(rows, at) ? say("queue.taken") : null}
              />
            ),
          )}
        </ol>
      )}
    </section>
  );
}

const isOpen = (row: Item | Group | undefined): boolean => row === undefined || "items" in row || stage(row) === "open";

const startsTaken = (rows: (Item | Group)[], at: number): boolean => !isOpen(rows[at]) && isOpen(rows[at - 1]);

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
          <strong>
            <Priority item={item} /> {word(say, "kind", item.kind)}
          </strong>
          <span class="where">
            {item.gate}
            {item.count > 1 && <span class="dim"> · {say("queue.times", { n: item.count })}</span>}
            <Standing item={item} />
          </span>
          <Marks item={item} />
        </span>
        <Age since={item.raised_at} />
      </button>
    </li>
  );
}

/** How urgent, in one sign that is read as a word. */
function Priority({ item }: { item: Item }): JSX.Element {
  const say = useSay();
  const level = urgency(item);
  return (
    <span class={`priority p${level}`} title={say("priority")}>
      {word(say, "priority", String(level))}
    </span>
  );
}

function Marks({ item }: { item: Item }): JSX.Element | null {
  const say = useSay();
  if (item.chattering !== true && item.alarmed_why == null) return null;
  return (
    <span class="flags">
      {item.chattering === true && <span class="flag">{say("queue.chattering")}</span>}
      {item.alarmed_why != null && stage(item) === "open" && <span class="flag hot">{word(say, "queue", item.alarmed_why)}</span>}
    </span>
  );
}

function Standing({ item }: { item: Item }): JSX.Element | null {
  const say = useSay();
  if (stage(item) === "settled") return <span class="dim"> · {say("selected.settled")}</span>;
  if (item.state === "open" && item.returned_at !== null) return <span class="dim"> · {say("queue.otherwise")}</span>;
  if (item.state === "RTNUN") return <span class="dim"> · {say("queue.returned")}</span>;
  return item.acknowledged_by === null ? null : <span class="dim"> · {item.acknowledged_by}</span>;
}

function Nothing({ items, knowledge }: Pick<Props, "items" | "knowledge">): JSX.Element {
  const say = useSay();
  if (knowledge !== "heard") {
    return (
      <div class="empty" data-knowledge={knowledge}>
        <Shape sign="unknown" />
        <p>{say(`queue.empty.${knowledge}`)}</p>
      </div>
    );
  }
  const last = [...items.values()].map((item) => item.raised_at).sort().at(-1);
  return (
    <div class="empty">
      <Shape sign="pass" />
      <p>{say("queue.empty")}</p>
      <p class="dim">{last === undefined ? say("queue.empty.none") : say("queue.empty.last", { time: absolute(last) })}</p>
    </div>
  );
}
