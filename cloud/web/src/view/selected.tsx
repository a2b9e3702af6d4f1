import type { JSX } from "preact";
import type { Item, Visit } from "../api/types";
import { stage } from "../state/board";
import { useSay, word } from "../words/say";
import { absolute, ofDay } from "../words/time";
import { Age } from "./age";
import { about, signOf } from "./kinds";
import { ReadingCard } from "./reading";
import { Shape } from "./shapes";

export type Sending = { id: string; state: "busy" | "failed" | "forbidden" } | null;

interface Props {
  item: Item | undefined;
  visit: Visit | undefined;
  sending: Sending;
  acknowledge: (item: Item) => void;
}

export function Selected({ item, visit, sending, acknowledge }: Props): JSX.Element {
  const say = useSay();
  if (item === undefined) {
    return (
      <section class="panel selected none" aria-label={say("selected.title")}>
        <p class="empty dim">{say("selected.none")}</p>
      </section>
    );
  }
  return (
    <section class="panel selected" aria-label={say("selected.title")} data-selected={item.id}>
      <header class="head">
        <Shape sign={signOf(item)} />
        <div>
          <h2>{word(say, "kind", item.kind)}</h2>
          <p class="dim">
            {item.gate} · {say(item.type)} · {say("priority")} {word(say, "priority", String(item.priority))} ·{" "}
            <Age since={item.raised_at} />
          </p>
        </div>
      </header>
      <div class="story">
        <div>
          <h3>{say("selected.what")}</h3>
          <p>{about(say, "what", item.kind)}</p>
          {/* What a gate adds to a case says the same in one language only. */}
          {item.type === "alarm" && item.detail !== "" && <p class="detail">{item.detail}</p>}
          {item.reading === null ? <NoReading item={item} /> : <ReadingCard reading={item.reading} />}
        </div>
        <div>
          <div class="todo">
            <h3>{say("selected.todo")}</h3>
            <p>{about(say, "todo", item.kind)}</p>
            <Primary item={item} sending={sending} acknowledge={acknowledge} />
          </div>
          <Timeline item={item} visit={visit} />
        </div>
      </div>
    </section>
  );
}

function Primary({ item, sending, acknowledge }: Omit<Props, "item" | "visit"> & { item: Item }): JSX.Element {
  const say = useSay();
  const mine = sending?.id === item.id ? sending.state : null;
  if (stage(item) === "settled") return <p class="done">{say("selected.settled")}</p>;
  if (stage(item) === "taken") {
    const key = item.type === "case" ? "action.taken" : "action.acked";
    return <p class="done">{say(key, { user: item.acknowledged_by ?? "–" })}</p>;
  }
  return (
    <>
      <button type="button" class="primary" disabled={mine === "busy"} onClick={() => acknowledge(item)}>
        {say(mine === "busy" ? "action.busy" : `action.${item.type}`)} <kbd>⏎</kbd>
      </button>
      {mine === "failed" && <p role="alert" class="trouble">{say("action.failed")}</p>}
      {mine === "forbidden" && <p role="alert" class="trouble">{say("action.forbidden")}</p>}
    </>
  );
}

function NoReading({ item }: { item: Item }): JSX.Element | null {
  const say = useSay();
  return item.type === "case" ? <p class="dim">{say("selected.noreading")}</p> : null;
}

interface Moment {
  at: string;
  text: string;
}

function Timeline({ item, visit }: { item: Item; visit: Visit | undefined }): JSX.Element {
  const say = useSay();
  const moments: Moment[] = [{ at: item.raised_at, text: say("line.raised") }];
  if (visit !== undefined) {
    const verdict = word(say, "verdict", visit.verdict);
    moments.push({ at: visit.first_seen, text: say("line.seen") });
    moments.push({ at: visit.decided, text: say("line.decided", { n: visit.revision + 1, verdict }) });
  }
  if (item.acknowledged_at !== null) {
    moments.push({ at: item.acknowledged_at, text: say("line.acknowledged", { user: item.acknowledged_by ?? "–" }) });
  }
  if (item.returned_at !== null) moments.push({ at: item.returned_at, text: say("line.returned") });
  moments.sort((one, other) => one.at.localeCompare(other.at));
  return (
    <section class="timeline">
      <h3>{say("selected.timeline")}</h3>
      <ol>
        {moments.map((moment) => (
          <li key={moment.text}>
            <time dateTime={moment.at} title={absolute(moment.at)}>
              {ofDay(moment.at)}
            </time>
            <span>{moment.text}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
