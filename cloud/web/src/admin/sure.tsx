import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useTell, type AdminKey } from "./words";

interface Props {
  /** What is done: on the button, and in the question. */
  what: AdminKey;
  /** To whom or to what, as a person reading aloud hears it. */
  label: string;
  name: string;
  action: string;
  busy: boolean;
  deed: () => void;
}

/** Something that is not undone: asked about once, by name, in place; the safe answer has the focus. */
export function Sure({ what, label, name, action, busy, deed }: Props): JSX.Element {
  const tell = useTell();
  const [asking, setAsking] = useState(false);
  const safe = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => safe.current?.focus(), [asking]);
  if (!asking) {
    return (
      <button type="button" class="quiet" data-action={action} aria-label={label} disabled={busy} onClick={() => setAsking(true)}>
        {tell(what)}
      </button>
    );
  }
  return (
    <span class="deeds" role="group" aria-label={label}>
      <span>{tell("sure", { what: tell(what), name })}</span>
      <button type="button" class="quiet" ref={safe} onClick={() => setAsking(false)}>
        {tell("sure.no")}
      </button>
      <button type="button" class="quiet" data-action="sure" disabled={busy} onClick={deed}>
        {tell(what)}
      </button>
    </span>
  );
}
