import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import type { Tried } from "./telling_api";
import { useTell } from "./words";

/** What became of a test, way by way. */
export function Outcome({ tried }: { tried: readonly Tried[] }): JSX.Element | null {
  const tell = useTell();
  if (tried.length === 0) return null;
  return (
    <div role="status">
      <ul class="tried">
        {tried.map((one) => (
          <li key={one.channel} data-taken={one.taken} class={one.taken ? "" : "trouble"}>
            {tell(one.taken ? "test.taken" : "test.refused", { way: tell(`way.${one.channel}`), answer: one.answer })}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface DeedsProps {
  name: string;
  busy: boolean;
  test: () => void;
  remove: () => void;
  children?: ComponentChildren;
}

/** What can be done with a row; removing asks once more. */
export function Deeds({ name, busy, test, remove, children }: DeedsProps): JSX.Element {
  const tell = useTell();
  const [asking, setAsking] = useState(false);
  if (asking) {
    return (
      <span class="deeds">
        <span>{tell("remove.sure", { name })}</span>
        <button type="button" class="quiet" data-action="remove-yes" disabled={busy} onClick={remove}>
          {tell("remove")}
        </button>
        <button type="button" class="quiet" ref={(button) => button?.focus()} onClick={() => setAsking(false)}>
          {tell("remove.no")}
        </button>
      </span>
    );
  }
  return (
    <span class="deeds">
      {children}
      <button type="button" class="quiet" data-action="test" aria-label={tell("test.of", { name })} disabled={busy} onClick={test}>
        {tell("test")}
      </button>
      <button type="button" class="quiet" data-action="remove" aria-label={tell("remove.of", { name })} disabled={busy} onClick={() => setAsking(true)}>
        {tell("remove")}
      </button>
    </span>
  );
}
