import type { JSX } from "preact";
import { useTell } from "./words";

export function Failed({ again }: { again: () => void }): JSX.Element {
  const tell = useTell();
  return (
    <p class="trouble" role="alert">
      {tell("trouble")}{" "}
      <button type="button" class="second" data-action="again" onClick={again}>
        {tell("again")}
      </button>
    </p>
  );
}
