import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Picture } from "./picture";
import { useTell } from "./words";

interface Props {
  gate: string;
  user: string;
  ended: () => void;
}

const PURPOSES = ["look.help", "look.crowd", "look.alarm"] as const;

/** The picture on demand: asked for with a purpose, shown for a minute. */
export function Look({ gate, user, ended }: Props): JSX.Element {
  const tell = useTell();
  const [state, setState] = useState<"closed" | "asking" | { purpose: string }>("closed");
  if (typeof state === "object") return <Picture gate={gate} user={user} purpose={state.purpose} close={() => setState("closed")} ended={ended} />;
  if (state === "closed") {
    return (
      <p>
        <button type="button" class="quiet framed" data-action="look" onClick={() => setState("asking")}>
          {tell("look")}
        </button>
      </p>
    );
  }
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    setState({ purpose: String(new FormData(event.currentTarget as HTMLFormElement).get("purpose")).trim() });
  };
  return (
    <form class="confirm" data-confirm="look" onSubmit={send}>
      <p>
        <strong>{tell("look.sure", { gate })}</strong>
      </p>
      <p>{tell("look.effect")}</p>
      <label>
        {tell("look.purpose")}
        <input name="purpose" list="look-purposes" required minLength={3} maxLength={100} autocomplete="off" ref={(field) => field?.focus()} />
      </label>
      <datalist id="look-purposes">
        {PURPOSES.map((purpose) => (
          <option key={purpose} value={tell(purpose)} />
        ))}
      </datalist>
      <p class="buttons">
        <button class="primary">{tell("yes")}</button>
        <button type="button" class="quiet framed" onClick={() => setState("closed")}>
          {tell("no")}
        </button>
        <span class="dim small">{tell("audit")}</span>
      </p>
    </form>
  );
}
