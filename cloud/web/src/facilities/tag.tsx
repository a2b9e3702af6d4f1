import type { JSX } from "preact";
import { Dialog } from "../view/dialog";
import type { Tag } from "./api";
import { useTell } from "./words";

const BORDER = 4;

interface Props {
  name: string;
  /** What it is, in words. */
  what: string;
  site: string;
  tag: Pick<Tag, "rows">;
  /** What it is good for, where that is not a round. */
  hint?: string;
  close: () => void;
}

/** A tag to be printed, this once. */
export function Printed({ name, what, site, tag, hint, close }: Props): JSX.Element {
  const tell = useTell();
  const size = tag.rows.length + 2 * BORDER;
  const dark = tag.rows.flatMap((row, y) => [...row].flatMap((one, x) => (one === "1" ? [`M${x + BORDER} ${y + BORDER}h1v1h-1z`] : []))).join("");
  return (
    <Dialog title={tell("tag.of", { name })} close={close}>
      <div class="printed">
        <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={tell("tag.of", { name })}>
          <path class="paper" d={`M0 0h${size}v${size}h-${size}z`} />
          <path class="ink" d={dark} />
        </svg>
        <p>
          <strong>{name}</strong> · {what} {site}
        </p>
      </div>
      <p class="dim small">{hint ?? tell("tag.hint")}</p>
      <div class="buttons">
        <button type="button" class="primary" onClick={() => window.print()}>
          {tell("tag.print")}
        </button>
        <button type="button" class="quiet" onClick={close}>
          {tell("close")}
        </button>
      </div>
    </Dialog>
  );
}
