import type { JSX } from "preact";
import { Trouble } from "../admin/fields";
import { mine } from "./api";
import { Tasks } from "./tasks";
import { usePolled } from "./use_polled";
import { useTell } from "./words";

/** What the holder of this account has to do. */
export function MyTasks(): JSX.Element {
  const tell = useTell();
  const { rows, doing } = usePolled(mine);
  return (
    <section class="page" aria-label={tell("tab.mine")}>
      <Trouble trouble={doing.trouble} />
      {rows === null && <p class="dim">{tell("loading")}</p>}
      {rows?.name === null && <p class="dim nobody">{tell("mine.nobody")}</p>}
      {rows !== null && rows.name !== null && (
        <>
          <h2 class="day">{rows.name}</h2>
          <Tasks tasks={rows.tasks} now={rows.at} />
        </>
      )}
    </section>
  );
}
