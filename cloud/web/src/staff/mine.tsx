import type { JSX } from "preact";
import { Trouble } from "../admin/fields";
import { Waiting } from "../admin/waiting";
import { mine } from "./api";
import { Tasks } from "./tasks";
import { usePolled } from "./use_polled";
import { useTell } from "./words";

/** What the holder of this account has to do. */
export function MyTasks(): JSX.Element {
  const tell = useTell();
  const { rows, doing, again } = usePolled(mine);
  return (
    <section class="page" aria-label={tell("tab.mine")}>
      <Trouble trouble={doing.trouble} />
      <Waiting rows={rows} doing={doing} again={again} />
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
