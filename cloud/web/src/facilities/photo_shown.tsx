import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { dayAndClock } from "../staff/times";
import { photoOf, type Round } from "./api";
import { useTell } from "./words";

/** The photograph of a round, asked for when somebody opens it. */
export function Photograph({ round }: { round: Round }): JSX.Element {
  const tell = useTell();
  const [open, setOpen] = useState(false);
  const [gone, setGone] = useState(false);
  return (
    <details class="photo" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{tell("round.photo.see")}</summary>
      {open && gone && <p class="dim">{tell("round.photo.gone")}</p>}
      {open && !gone && (
        <img src={photoOf(round.id)} alt={tell("round.photo.of", { when: dayAndClock(round.done_at) })} onError={() => setGone(true)} />
      )}
    </details>
  );
}
