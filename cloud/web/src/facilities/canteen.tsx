import type { JSX } from "preact";
import { Trouble } from "../admin/fields";
import { Waiting } from "../admin/waiting";
import { clock } from "../staff/times";
import { usePolled } from "../staff/use_polled";
import type { Language } from "../words/table";
import { hands, slots, type HandsDay, type HandsNow, type SlotsNow } from "./canteen_api";
import { canteenTeller, ToldOfCanteen, useTellOfCanteen } from "./canteen_words";
import { Slots } from "./slots";
import "./crowd.css";
import "./supplies.css";

interface Both {
  at: string;
  hands: HandsNow;
  slots: SlotsNow;
}

async function both(): Promise<Both> {
  const [of_hands, of_slots] = await Promise.all([hands(), slots()]);
  return { at: of_hands.at, hands: of_hands, slots: of_slots };
}

interface Props {
  language: Language;
  manages: boolean;
  top: string;
}

/** Who eats when, and who went in with clean hands: numbers of nobody in particular. */
export function Canteen({ language, ...props }: Props): JSX.Element {
  return (
    <ToldOfCanteen.Provider value={canteenTeller(language)}>
      <CanteenPage {...props} />
    </ToldOfCanteen.Provider>
  );
}

function CanteenPage({ manages, top }: Omit<Props, "language">): JSX.Element {
  const tell = useTellOfCanteen();
  const { rows, doing, again } = usePolled(both);
  return (
    <section class="page supplies crowd" aria-label={tell("tab.canteen")}>
      <Trouble trouble={doing.trouble} />
      {doing.trouble !== null && rows !== null && <p class="dim">{tell("stale", { when: clock(rows.at) })}</p>}
      <Waiting rows={rows} doing={doing} again={again} />
      {rows !== null && (
        <>
          <Today rows={rows.hands} />
          <Slots now={rows.slots} heard={doing.trouble === null} manages={manages} top={top} again={again} />
          <h3>{tell("hands")}</h3>
          {rows.hands.days.length === 0 ? <p class="dim">{tell("hands.none")}</p> : <Days days={rows.hands.days} />}
          <p class="dim">{tell("how", { zone: rows.hands.timezone })}</p>
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
