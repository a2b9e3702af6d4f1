import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Group } from "../state/flood";
import { useSay, word } from "../words/say";
import { Age } from "./age";
import { Shape } from "./shapes";

interface Props {
  group: Group;
  selected: boolean;
  open: boolean;
  turn: (id: string) => void;
}

/** What one gate's equipment says, in one row; it opens into its alarms. */
export function GroupRow({ group, selected, open, turn }: Props): JSX.Element {
  const say = useSay();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (selected) button.current?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  const kinds = group.items.map((item) => word(say, "kind", item.kind)).join(", ");
  const oldest = group.items.reduce((first, item) => (item.raised_at < first ? item.raised_at : first), group.items[0]?.raised_at ?? "");
  return (
    <li class="row group" data-group={group.gate}>
      <button ref={button} type="button" aria-expanded={open} aria-current={selected} onClick={() => turn(group.id)}>
        <Shape sign="unknown" />
        <span class="what">
          <strong>
            {group.gate} · {say("queue.group", { n: group.items.length })}
          </strong>
          <span class="where dim">{kinds}</span>
        </span>
        <span class="fold">{say(open ? "queue.group.close" : "queue.group.open")}</span>
        <Age since={oldest} />
      </button>
    </li>
  );
}
