import type { ComponentChildren, JSX, TargetedEvent } from "preact";
import { createContext } from "preact";
import { useContext, useRef, useState } from "preact/hooks";
import type { CaseView, Deed } from "../api/cases";
import { refusalHere } from "../words/refusal";
import type { Step } from "./steps";
import type { Working } from "./use_case";
import { useTell, type CaseKey } from "./words";

/** What was typed and not sent, by case and step: kept while somebody looks at another row, gone when they sign out. */
export type Drafts = Map<string, FormData>;

export interface Work extends Omit<Working, "view"> {
  view: CaseView;
  drafts: Drafts;
  /** After something was taken. */
  goOn: () => void;
}

export const AtWork = createContext<Work | null>(null);

export function useWork(): Work {
  const work = useContext(AtWork);
  if (work === null) throw new Error("a step of a case outside a case");
  return work;
}

const keyOf = (view: CaseView, step: Step): string => `${view.item.id} ${step}`;

/** What was typed before, if anything was. */
export function useDraft(step: Step): FormData | undefined {
  const { view, drafts } = useWork();
  return drafts.get(keyOf(view, step));
}

interface Props {
  step: Step;
  deed: Deed;
  go: CaseKey;
  /** What to say where something is not filled in. */
  lacks: string;
  disabled?: boolean;
  /** What is sent; null where something is still missing. */
  body: (said: FormData) => unknown;
  children: ComponentChildren;
}

/** One step: its fields, one button under Enter, and what the cloud said beside it. Nothing typed is lost by a refusal. */
export function StepForm({ step, deed, go, lacks, disabled = false, body, children }: Props): JSX.Element {
  const tell = useTell();
  const { view, busy, trouble, run, drafts, goOn } = useWork();
  const form = useRef<HTMLFormElement>(null);
  const [lacking, setLacking] = useState(false);
  const key = keyOf(view, step);
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    const place = form.current;
    if (place === null || disabled) return;
    const filled = place.checkValidity() ? body(new FormData(place)) : null;
    setLacking(filled === null);
    if (filled === null) return place.querySelector<HTMLElement>("input:invalid, textarea:invalid, input")?.focus();
    if (!(await run(deed, filled))) return;
    drafts.delete(key);
    goOn();
  };
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => void send(event)}
      onInput={() => form.current !== null && drafts.set(key, new FormData(form.current))}
      // A key that is held down must not send the next step, too.
      onKeyDown={(event) => event.key === "Enter" && event.repeat && event.preventDefault()}
    >
      {children}
      <div class="go">
        <button class="primary" disabled={busy || disabled}>
          {tell(busy ? "busy" : go)} <kbd>⏎</kbd>
        </button>
        {(lacking || disabled) && (
          <p role={lacking ? "alert" : undefined} class={lacking ? "trouble" : "dim small"}>
            {lacks}
          </p>
        )}
        {trouble?.deed === deed && <Said trouble={trouble} />}
      </div>
    </form>
  );
}

export function Said({ trouble }: { trouble: NonNullable<Working["trouble"]> }): JSX.Element {
  const tell = useTell();
  return (
    <p role="alert" class="trouble">
      {tell(trouble.key)} {trouble.exactly !== null && refusalHere(trouble.exactly)}
    </p>
  );
}

interface ChoiceProps {
  type: "radio" | "checkbox";
  name: string;
  value: string;
  checked: boolean;
  disabled?: boolean;
  children: ComponentChildren;
  onChange?: (event: TargetedEvent<HTMLInputElement>) => void;
}

/** A choice as a button; arrows and the space bar choose, Enter sends. */
export function Choice({ type, name, value, checked, disabled = false, children, onChange }: ChoiceProps): JSX.Element {
  return (
    <label class="pick">
      <input type={type} name={name} value={value} defaultChecked={checked} disabled={disabled} required={type === "radio"} onChange={onChange} />
      <span>{children}</span>
    </label>
  );
}

interface TextProps {
  name: string;
  label: string;
  value: string;
  required?: boolean;
  minLength?: number;
}

export function Text({ name, label, value, required = false, minLength }: TextProps): JSX.Element {
  const tell = useTell();
  return (
    <label class="said">
      <span>
        {label} {!required && <span class="dim">({tell("optional")})</span>}
      </span>
      <input name={name} defaultValue={value} required={required} minLength={minLength} maxLength={500} autocomplete="off" />
    </label>
  );
}

/** A field's text; empty where there is no such field. */
export const text = (said: FormData | undefined, name: string): string => String(said?.get(name) ?? "").trim();
