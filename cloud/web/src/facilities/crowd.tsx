import type { JSX } from "preact";
import { Trouble } from "../admin/fields";
import { Waiting } from "../admin/waiting";
import { clock } from "../staff/times";
import { usePolled } from "../staff/use_polled";
import type { Language } from "../words/table";
import { crowd, type CrowdNow } from "./crowd_api";
import { GateTable, SiteTable } from "./crowd_tables";
import { crowdTeller, ToldOfCrowd, useTellOfCrowd } from "./crowd_words";
import "./crowd.css";
import "./supplies.css";

/** How full it is inside, who waits before the gates, and for how long: the fullest first. */
export function Crowd({ language }: { language: Language }): JSX.Element {
  return (
    <ToldOfCrowd.Provider value={crowdTeller(language)}>
      <CrowdPage />
    </ToldOfCrowd.Provider>
  );
}

function CrowdPage(): JSX.Element {
  const tell = useTellOfCrowd();
  const { rows, doing, again } = usePolled(crowd);
  return (
    <section class="page supplies crowd" aria-label={tell("tab.crowd")}>
      <Trouble trouble={doing.trouble} />
      {doing.trouble !== null && rows !== null && <p class="dim">{tell("stale", { when: clock(rows.at) })}</p>}
      <Waiting rows={rows} doing={doing} again={again} />
      {rows !== null && (
        <>
          <h2 class="day" aria-live="polite">
            {tell("count", counted(rows))}
          </h2>
          {rows.gates.length === 0 ? <p class="dim">{tell("none")}</p> : <GateTable gates={rows.gates} />}
          {rows.sites.length > 0 && (
            <>
              <h3>{tell("sites")}</h3>
              <SiteTable sites={rows.sites} />
            </>
          )}
          <p class="dim">{tell("how")}</p>
        </>
      )}
    </section>
  );
}

function counted(rows: CrowdNow): { full: number; doubtful: number; waiting: number } {
  const of = (...rooms: string[]): number => rows.gates.filter((one) => rooms.includes(one.room)).length;
  return { full: of("full"), doubtful: of("doubtful", "unknown"), waiting: rows.gates.reduce((sum, one) => sum + (one.waiting ?? 0), 0) };
}
