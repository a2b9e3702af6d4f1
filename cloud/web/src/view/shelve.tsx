import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { outOfService, Refused, shelve } from "../api/client";
import type { Item } from "../api/types";
import { useSay, word, type Say } from "../words/say";
import { isExact, refusalHere } from "../words/refusal";
import { Dialog } from "./dialog";
import { isSafety } from "./kinds";

/** Minutes to choose from, by priority; the longest is what the cloud allows. */
const MINUTES: Readonly<Record<number, readonly number[]>> = { 1: [5, 15], 2: [15, 60, 120], 3: [60, 240, 480] };
const REASONS = ["shelve.repair", "shelve.known", "shelve.cleaning"] as const;

interface Props {
  item: Item;
  supervises: boolean;
  close: () => void;
  ended: () => void;
}

/** Put an alarm out of sight, with why and for how long. */
export function Shelve({ item, supervises, close, ended }: Props): JSX.Element {
  const say = useSay();
  const [trouble, setTrouble] = useState<Refused | null>(null);
  const send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const reason = String(form.get("reason")).trim();
    const minutes = Number(form.get("minutes"));
    try {
      await (minutes === 0 ? outOfService(item.id, reason) : shelve(item.id, reason, minutes));
      close();
    } catch (error) {
      const no = error instanceof Refused ? error : new Refused(0);
      if (no.status === 401) ended();
      else if (no.status === 409) close(); // somebody was faster; the stream brings the row as it is now
      else setTrouble(no);
    }
  };
  const choices = isSafety(item) ? [] : (MINUTES[item.priority] ?? [15]);
  return (
    <Dialog title={say("shelve.title")} close={close}>
      <form class="sheet" onSubmit={(event) => void send(event)}>
        <p>
          <strong>{word(say, "kind", item.kind)}</strong> · {item.gate}
        </p>
        <p class="dim">{say("shelve.how")}</p>
        <label>
          {say("shelve.why")}
          <input name="reason" list="shelve-reasons" required minLength={3} maxLength={200} autocomplete="off" autofocus />
        </label>
        <datalist id="shelve-reasons">
          {REASONS.map((reason) => (
            <option key={reason} value={say(reason)} />
          ))}
        </datalist>
        <fieldset>
          <legend>{say("shelve.long")}</legend>
          {choices.map((minutes, at) => (
            <label key={minutes} class="choice">
              <input type="radio" name="minutes" value={minutes} defaultChecked={at === 0} />
              {span(say, minutes)}
            </label>
          ))}
          {supervises && (
            <label class="choice">
              <input type="radio" name="minutes" value={0} defaultChecked={choices.length === 0} />
              {say("shelve.out")}
            </label>
          )}
        </fieldset>
        {trouble !== null && (
          <p role="alert" class="trouble">
            {isExact(trouble) ? refusalHere(trouble) : say(trouble.status === 403 ? "action.forbidden" : "action.failed")}
          </p>
        )}
        <p class="buttons">
          <button class="primary">{say("shelve.go")}</button>
          <button type="button" class="quiet" onClick={close}>
            {say("shelve.cancel")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

const span = (say: Say, minutes: number): string =>
  minutes % 60 === 0 ? say("shelve.hours", { n: minutes / 60 }) : say("shelve.minutes", { n: minutes });
