import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useSay } from "../words/say";
import type { Key } from "../words/table";

const KEYS: readonly (readonly [string, Key])[] = [
  ["J  ↓", "keys.next"],
  ["K  ↑", "keys.previous"],
  ["⏎", "keys.enter"],
  ["A", "keys.ack"],
  ["L", "keys.language"],
  ["T", "keys.theme"],
  ["?", "keys.help"],
];

export function Keys({ close }: { close: () => void }): JSX.Element {
  const say = useSay();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} onClose={close} aria-label={say("keys.title")}>
      <h2>{say("keys.title")}</h2>
      <dl class="keys">
        {KEYS.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{say(what)}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button class="primary">{say("keys.close")}</button>
      </form>
    </dialog>
  );
}
