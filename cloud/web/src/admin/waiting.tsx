import type { JSX } from "preact";
import type { Doing } from "./use_doing";
import { useTell } from "./words";

interface Props {
  rows: unknown;
  doing: Doing;
  again: () => unknown;
}

/** In place of rows that are not there yet: that they are being read; where that failed, a way to ask once more. */
export function Waiting({ rows, doing, again }: Props): JSX.Element | null {
  const tell = useTell();
  if (rows !== null) return null;
  if (doing.trouble === null) return <p class="dim">{tell("loading")}</p>;
  return (
    <button type="button" class="second" data-action="again" onClick={() => void again()}>
      {tell("again")}
    </button>
  );
}
