import type { JSX } from "preact";
import { useCallback } from "preact/hooks";
import { Trouble } from "../admin/fields";
import { useRows } from "../admin/use_doing";
import { Waiting } from "../admin/waiting";
import { Dialog } from "../view/dialog";
import { useSay, word } from "../words/say";
import type { Language } from "../words/table";
import { absolute } from "../words/time";
import { history, type History, type Place, type Written } from "./api";
import type { Part } from "./address";
import { stateOf, whatOf } from "./named";
import { LEDGER_WORDS, useTell, type LedgerKey } from "./words";

interface Props {
  part: Part;
  id: string;
  language: Language;
  open: (part: Part, id: string) => void;
  close: () => void;
}

/** Every revision, move or entry of one row: when it was stored, by whom, how late, and its place in the chain. */
export function Story({ part, id, language, open, close }: Props): JSX.Element {
  const tell = useTell();
  const read = useCallback(() => history(part, id), [part, id]);
  const { rows: told, doing, again } = useRows<History>(read);
  return (
    <Dialog title={tell("story", { id })} close={close}>
      <div class="told">
        <Trouble trouble={doing.trouble} />
        <Waiting rows={told} doing={doing} again={again} />
        {told?.erasure != null && <Erased erasure={told.erasure} />}
        {told?.written.length === 0 && <p class="dim">{tell("story.none")}</p>}
        <ol>{told?.written.map((one, at) => <Entry key={at} one={one} part={part} language={language} />)}</ol>
        {told !== null && told.linked.length > 0 && (
          <p class="buttons">
            <span class="dim">{tell("story.linked")}</span>
            {told.linked.map((name) => (
              <button key={name} type="button" class="second" data-linked={name} onClick={() => open(name.startsWith("case-") ? "cases" : "visits", name)}>
                {name}
              </button>
            ))}
          </p>
        )}
      </div>
      <form method="dialog">
        <button class="primary" autofocus>
          {tell("close")}
        </button>
      </form>
    </Dialog>
  );
}

function Erased({ erasure }: { erasure: NonNullable<History["erasure"]> }): JSX.Element {
  const tell = useTell();
  const key = `erasure.${erasure.why}`;
  const why = key in LEDGER_WORDS ? tell(key as LedgerKey) : erasure.why;
  return (
    <p class="erasure" role="note">
      {tell("erasure", { time: absolute(erasure.at), by: erasure.by === "" ? tell("story.cloud") : erasure.by })} · {why}
    </p>
  );
}

function Entry({ one, part, language }: { one: Written; part: Part; language: Language }): JSX.Element {
  const tell = useTell();
  const say = useSay();
  const reasons = one.reasons.map((reason) => word(say, "reason", reason));
  const late = one.late_s !== null && one.late_s >= 1 ? tell("story.late", { n: Math.round(one.late_s) }) : "";
  return (
    <li>
      <p>
        <time dateTime={one.at} class="dim">
          {absolute(one.at)}
        </time>{" "}
        <strong>{whatOf(say, language, part, one.what, true)}</strong> {stateOf(say, language, part, one.state)} ·{" "}
        {one.by === "" ? tell("story.cloud") : one.by} {late !== "" && <mark>{late}</mark>}
      </p>
      {(one.detail !== "" || reasons.length > 0) && <p class="dim">
          {reasons.join(" · ")} <span lang="en">{one.detail}</span>
        </p>}
      {one.erased && <p class="dim">{tell("story.erased")}</p>}
      <Sealed place={one.place} />
    </li>
  );
}

function Sealed({ place }: { place: Place | null }): JSX.Element {
  const tell = useTell();
  if (place === null) return <p class="seal broken">{tell("story.unsealed")}</p>;
  return (
    <p class={place.intact ? "seal" : "seal broken"} data-link={place.number} data-intact={place.intact}>
      <span aria-hidden="true">{place.intact ? "✓" : "✗"}</span> {tell("story.link", { n: place.number })} · {tell(place.intact ? "story.intact" : "story.broken")}{" "}
      <code title={place.link}>{place.link.slice(0, 16)}…</code>
    </p>
  );
}
