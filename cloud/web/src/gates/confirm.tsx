import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Verb } from "../api/gates";
import { MESSAGES, useTell, verbKey } from "./words";

interface Props {
  gate: string;
  verb: Verb;
  give: (said: Record<string, string>) => void;
  cancel: () => void;
}

const text = (form: FormData, name: string): string => String(form.get(name) ?? "").trim();

/** Asks once more: which gate, what will happen, and why. */
export function Confirm({ gate, verb, give, cancel }: Props): JSX.Element {
  const tell = useTell();
  const key = verbKey(verb);
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const reason = text(form, "reason");
    give(verb === "message" ? lines(form) : reason === "" ? {} : { reason });
  };
  return (
    <form class="confirm" data-confirm={verb} onSubmit={send}>
      <p>
        <strong>{tell(`sure.${key}`, { gate })}</strong>
      </p>
      <p>{tell(`effect.${key}`)}</p>
      {verb === "message" ? <Lines /> : <Reason needed={verb === "open_once"} />}
      <p class="buttons">
        <button class="primary">{tell("yes")}</button>
        <button type="button" class="quiet framed" onClick={cancel}>
          {tell("no")}
        </button>
        <span class="dim small">{tell("audit")}</span>
      </p>
    </form>
  );
}

/** The chosen pair of the catalogue, or what was written. */
function lines(form: FormData): Record<string, string> {
  const ready = MESSAGES[Number(form.get("line"))];
  return ready === undefined ? { zh: text(form, "zh"), en: text(form, "en") } : { ...ready };
}

function Reason({ needed }: { needed: boolean }): JSX.Element {
  const tell = useTell();
  return (
    <label>
      {tell(needed ? "why.needed" : "why")}
      <input name="reason" required={needed} maxLength={200} pattern={needed ? ".*\\S.*" : ".*"} autocomplete="off" autofocus ref={focus} />
    </label>
  );
}

/** The field has the focus as soon as the question is there. */
const focus = (field: HTMLInputElement | null): void => field?.focus();

function Lines(): JSX.Element {
  const tell = useTell();
  const [own, setOwn] = useState(false);
  return (
    <fieldset>
      <legend class="unseen">{tell("message")}</legend>
      {MESSAGES.map((line, at) => (
        <label key={line.en} class="choice">
          <input type="radio" name="line" value={at} defaultChecked={at === 0} autofocus={at === 0} ref={at === 0 ? focus : null} onChange={() => setOwn(false)} />
          <span lang="zh">{line.zh}</span> <span lang="en" class="dim">{line.en}</span>
        </label>
      ))}
      <label class="choice">
        <input type="radio" name="line" value="own" onChange={() => setOwn(true)} />
        {tell("own")}
      </label>
      {own &&
        (["zh", "en"] as const).map((language) => (
          <label key={language}>
            {tell(`own.${language}`)}
            <input name={language} lang={language} required maxLength={60} pattern=".*\S.*" autocomplete="off" />
          </label>
        ))}
    </fieldset>
  );
}
