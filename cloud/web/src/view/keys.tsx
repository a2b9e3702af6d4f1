import type { JSX } from "preact";
import { useSay } from "../words/say";
import type { Key } from "../words/table";
import { Dialog } from "./dialog";

const KEYS: readonly (readonly [string, Key])[] = [
  ["J  ↓", "keys.next"],
  ["K  ↑", "keys.previous"],
  ["⏎", "keys.enter"],
  ["A", "keys.ack"],
  ["S", "keys.shelve"],
  ["H", "keys.withheld"],
  ["G", "keys.gate"],
  ["O", "keys.once"],
  ["W", "keys.sites"],
  ["M", "keys.sound"],
  ["L", "keys.language"],
  ["T", "keys.theme"],
  ["?", "keys.help"],
];

export function Keys({ close }: { close: () => void }): JSX.Element {
  const say = useSay();
  return (
    <Dialog title={say("keys.title")} close={close}>
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
    </Dialog>
  );
}
