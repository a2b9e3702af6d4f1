import type { JSX } from "preact";
import { Trouble } from "../admin/fields";
import { Waiting } from "../admin/waiting";
import { clock } from "../staff/times";
import { usePolled } from "../staff/use_polled";
import type { Language } from "../words/table";
import { hands, type HandsDay, type HandsNow } from "./canteen_api";
import { canteenTeller, ToldOfCanteen, useTellOfCanteen } from "./canteen_words";
import "./crowd.css";
import "./supplies.css";

/** Who went in with clean hands, by day and gate: numbers of nobody in particular. */
export function Canteen({ language }: { language: Language }): JSX.Element {
  return (
    <ToldOfCanteen.Provider value={canteenTeller(language)}>
      <CanteenPage />
    </ToldOfCanteen.Provider>
  );
}

function CanteenPage(): JSX.Element {
  const tell = useTellOfCanteen();
  const { rows, doing, again } = usePolled(hands);
  return (
    <section class="page supplies crowd" aria-label={tell("tab.canteen")}>
      <Trouble trouble={doing.trouble} />
      {doing.trouble !== null && rows !== null && <p class="dim">{tell("stale", { when: clock(rows.at) })}</p>}
      <Waiting rows={rows} doing={doing} again={again} />
      {rows !== null && (
        <>
          <Today rows={rows} />
          <h3>{tell("hands")}</h3>
          {rows.days.length === 0 ? <p class="dim">{tell("hands.none")}</p> : <Days days={rows.days} />}
          <p class="dim">{tell("how", { zone: rows.timezone })}</p>
        </>
      )}
    </section>
  );
}

function Today({ rows }: { rows: HandsNow }): JSX.Element {
  const tell = useTellOfCanteen();
  const today = dayIn(rows.timezone, rows.at);
  const those = rows.days.filter((one) => one.day === today);
  const sum = (of: "let_in" | "without"): number => those.reduce((total, one) => total + one[of], 0);
  return (
    <h2 class="day" aria-live="polite">
      {those.length === 0 ? tell("count.none") : tell("count", { all: sum("let_in"), without: sum("without") })}
    </h2>
  );
}

/** 2026-11-23, as it is there. */
export function dayIn(zone: string, iso: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format(new Date(iso));
}

function Days({ days }: { days: readonly HandsDay[] }): JSX.Element {
  const tell = useTellOfCanteen();
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={tell("hands")}>
      <table>
        <thead>
          <tr>
            {(["day", "gate", "let_in", "dispenser", "confirmed", "without"] as const).map((key) => (
              <th key={key} scope="col">
                {tell(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((one) => (
            <tr key={`${one.day} ${one.gate}`} data-hands={one.day}>
              <th scope="row">{one.day}</th>
              <td data-label={tell("gate")}>
                <span>
                  {one.gate}
                  {one.site !== "" && <span class="dim below">{one.site}</span>}
                </span>
              </td>
              <td class="figure" data-label={tell("let_in")}>
                {one.let_in}
              </td>
              <Part day={one} of="dispenser" />
              <Part day={one} of="confirmed" />
              <Part day={one} of="without" />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A number and its share of those let in; entries without clean hands stand out. */
function Part({ day, of }: { day: HandsDay; of: "dispenser" | "confirmed" | "without" }): JSX.Element {
  const tell = useTellOfCanteen();
  const text = tell("part", { n: day[of], percent: Math.round((100 * day[of]) / day.let_in) });
  return (
    <td class="figure" data-label={tell(of)}>
      <span class={of === "without" && day[of] > 0 ? "wrong" : ""}>{text}</span>
    </td>
  );
}
