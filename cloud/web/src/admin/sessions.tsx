import type { JSX } from "preact";
import { absolute } from "../words/time";
import { endSession, type SessionRow } from "./api";
import { Trouble } from "./fields";
import { useRows } from "./use_doing";
import { Waiting } from "./waiting";
import { useTell } from "./words";

/** Where an account is signed in. `read` must stay the same function between renders. */
export function Sessions({ title, read }: { title: string; read: () => Promise<SessionRow[]> }): JSX.Element {
  const tell = useTell();
  const { rows, doing, again } = useRows(read);
  const end = async (id: string): Promise<void> => {
    if (await doing.run(() => endSession(id))) await again();
  };
  return (
    <section class="sessions">
      <h3>{title}</h3>
      <Trouble trouble={doing.trouble} />
      <Waiting rows={rows} doing={doing} again={again} />
      <ul>
        {(rows ?? []).map((one) => (
          <li key={one.id}>
            <span>
              {tell("session.opened")} <time dateTime={one.opened}>{absolute(one.opened)}</time>
            </span>
            <span class="dim">
              {tell("session.used")} {absolute(one.used)}
            </span>
            <span class="dim">{one.address}</span>
            <button type="button" class="quiet" aria-label={tell("session.end.of", { when: absolute(one.opened) })} onClick={() => void end(one.id)}>
              {tell("session.end")}
            </button>
          </li>
        ))}
      </ul>
      {rows !== null && rows.length === 0 && <p class="dim">{tell("empty")}</p>}
    </section>
  );
}
