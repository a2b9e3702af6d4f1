import type { JSX } from "preact";
import type { Refused } from "../api/client";
import type { Item, Move, Visit } from "../api/types";
import { stage } from "../state/board";
import { caseNumber } from "../words/case_number";
import { Detail } from "../words/detail";
import { isExact, refusalHere } from "../words/refusal";
import { useSay, word, type Say } from "../words/say";
import { absolute, ofDay } from "../words/time";
import { Age } from "./age";
import { about, signOf } from "./kinds";
import { ReadingCard } from "./reading";
import { Told } from "./receipts";
import { Shape } from "./shapes";
import { useMoves } from "./use_moves";

export type Sending = { id: string; state: "busy" } | { id: string; state: "failed"; no: Refused } | null;

interface Props {
  item: Item | undefined;
  visit: Visit | undefined;
  sending: Sending;
  acknowledge: (item: Item) => void;
  /** Undefined where this alarm cannot be put aside by whoever looks. */
  shelve: (() => void) | undefined;
  /** The work on a case that is taken, or was. */
  inHand: JSX.Element | null;
}

export function Selected({ item, visit, sending, acknowledge, shelve, inHand }: Props): JSX.Element {
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
            {item.gate} · {say(item.type)} {item.type === "case" && <strong data-number>{caseNumber(item.id, item.raised_at)}</strong>} · {say("priority")} {word(say, "priority", String(item.priority))} ·{" "}
            <Age since={item.raised_at} />
            {item.owner != null && <span data-owner={item.owner}> · {say("owner", { user: item.owner })}</span>}
          </p>
        </div>
      </header>
      <div class={inHand === null ? "story" : "story working"}>
        <div>
          <h3>{say("selected.what")}</h3>
          <p>{about(say, "what", item.kind)}</p>
          {/* What a gate adds to a case says the same in one language only. */}
          {item.type === "alarm" && item.detail !== "" && <p class="detail"><Detail of={item} /></p>}
          {item.reading === null ? <NoReading item={item} /> : <ReadingCard reading={item.reading} />}
        </div>
        <div>
          <div class="todo">
            <h3>{say("selected.todo")}</h3>
            <p>{about(say, "todo", item.kind)}</p>
            {inHand ?? <Primary item={item} sending={sending} acknowledge={acknowledge} />}
            {shelve !== undefined && (
              <button type="button" class="quiet framed" data-action="shelve" onClick={shelve}>
                {say("shelve.action")} <kbd>S</kbd>
              </button>
            )}
          </div>
          <Told item={item} />
          <Timeline item={item} visit={visit} />
        </div>
      </div>
    </section>
  );
}

function Primary({ item, sending, acknowledge }: Pick<Props, "sending" | "acknowledge"> & { item: Item }): JSX.Element {
  const say = useSay();
  const mine = sending?.id === item.id ? sending : null;
  if (stage(item) === "withheld") return <p class="done">{say(item.state === "OOSRV" ? "withheld.service" : "withheld.title")}</p>;
  if (stage(item) === "settled") return <p class="done">{say("selected.settled")}</p>;
  if (stage(item) === "taken") {
    const key = item.type === "case" ? "action.taken" : "action.acked";
    return <p class="done">{say(key, { user: item.acknowledged_by ?? "–" })}</p>;
  }
  return (
    <>
      <button type="button" class="primary" disabled={mine?.state === "busy"} onClick={() => acknowledge(item)}>
        {say(mine?.state === "busy" ? "action.busy" : `action.${item.type}`)} <kbd>⏎</kbd>
      </button>
      {mine?.state === "failed" && (
        <p role="alert" class="trouble">
          {isExact(mine.no) ? refusalHere(mine.no) : say(mine.no.status === 403 ? "action.forbidden" : "action.failed")}
        </p>
      )}
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

/** What the row itself tells, of a person and where the moves are not there. */
function ofRow(say: Say, item: Item): Moment[] {
  const moments = [{ at: item.raised_at, text: say("line.raised") }];
  if (item.acknowledged_at !== null) {
    moments.push({ at: item.acknowledged_at, text: say("line.acknowledged", { user: item.acknowledged_by ?? "–" }) });
  }
  if (item.returned_at !== null) moments.push({ at: item.returned_at, text: say("line.returned") });
  return moments;
}

function said(say: Say, move: Move): string {
  const what = word(say, "move", move.move);
  const who = move.user === "" ? what : say("move.by", { what, user: move.user });
  return move.why === "" ? who : say("move.why", { what: who, why: move.why });
}

function Timeline({ item, visit }: { item: Item; visit: Visit | undefined }): JSX.Element {
  const say = useSay();
  const moves = useMoves(item);
  const moments: Moment[] = moves.length > 0 ? moves.map((move) => ({ at: move.at, text: said(say, move) })) : ofRow(say, item);
  if (visit !== undefined) {
    const verdict = word(say, "verdict", visit.verdict);
    moments.push({ at: visit.first_seen, text: say("line.seen") });
    moments.push({ at: visit.decided, text: say("line.decided", { n: visit.revision + 1, verdict }) });
  }
  moments.sort((one, other) => one.at.localeCompare(other.at));
  return (
    <section class="timeline">
      <h3>{say("selected.timeline")}</h3>
      <ol>
        {moments.map((moment) => (
          <li key={`${moment.at} ${moment.text}`}>
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
