import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Said, useWork } from "./form";
import { useTell } from "./words";

/** Do the rest of what somebody else began; asked once more. */
export function TakeOver({ next }: { next: boolean }): JSX.Element {
  const tell = useTell();
  const { view, busy, trouble, run, goOn } = useWork();
  const [asking, setAsking] = useState(false);
  const sure = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => sure.current?.focus(), [asking]);
  const yes = async (): Promise<void> => {
    if (await run("take-over")) goOn();
  };
  const held = (event: KeyboardEvent): void => void (event.key === "Enter" && event.repeat && event.preventDefault());
  return (
    <div class="over" data-next={next} onKeyDown={held}>
      {!asking && (
        <button type="button" class="quiet framed" data-action="take-over" onClick={() => setAsking(true)}>
          {tell("over.ask")} {next && <kbd>⏎</kbd>}
        </button>
      )}
      {asking && (
        <>
          <p>{tell("over.sure", { user: view.owner ?? "–" })}</p>
          <p class="go">
            <button ref={sure} type="button" class="primary" disabled={busy} onClick={() => void yes()}>
              {tell(busy ? "busy" : "over.yes")}
            </button>
            <button type="button" class="quiet framed" onClick={() => setAsking(false)}>
              {tell("over.no")}
            </button>
          </p>
        </>
      )}
      {trouble?.deed === "take-over" && <Said trouble={trouble} />}
    </div>
  );
}
