import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Shape, type Sign } from "../view/shapes";
import { DAYS, type Sitting, type Slot, type SlotsNow } from "./canteen_api";
import { useTellOfCanteen, type CanteenKey } from "./canteen_words";
import { ChangeSlot } from "./slot_change";

const SIGNS: Readonly<Record<string, Sign>> = { over: "recheck", planned_over: "wait", fine: "pass" };
const WARNS = ["over", "planned_over"];

interface Props {
  now: SlotsNow;
  heard: boolean;
  manages: boolean;
  top: string;
  again: () => Promise<void>;
}

/** Who eats when: today, what is planned too full in the days ahead, what was, and the plan itself. */
export function Slots({ now, heard, manages, top, again }: Props): JSX.Element {
  const tell = useTellOfCanteen();
  const [changing, setChanging] = useState<Slot | "new" | null>(null);
  const ahead = now.ahead.filter((one) => WARNS.includes(one.light));
  const unknown = now.ahead.filter((one) => one.light !== "fine" && !WARNS.includes(one.light)).length;
  return (
    <>
      <h3>{tell("slots")}</h3>
      {now.slots.length === 0 && <p class="dim">{tell("slots.none")}</p>}
      {now.slots.length > 0 && now.today.length === 0 && <p class="dim">{tell("slots.not_today")}</p>}
      {now.today.length > 0 && (
        <div role="region" aria-label={tell("slots")} tabIndex={0}>
          <Sittings some={now.today} room="today" zone={now.timezone} heard={heard} />
        </div>
      )}
      {now.slots.length > 0 && (
        <>
          <h3>{tell("ahead")}</h3>
          {now.ahead.length === 0 && <p class="dim">{tell("ahead.none")}</p>}
          {now.ahead.length > 0 && ahead.length + unknown === 0 && <p class="dim">{tell("ahead.fine")}</p>}
          {unknown > 0 && <p class="dim" data-unknown={unknown}>{tell("ahead.unknown", { n: unknown })}</p>}
          <Sittings some={ahead} room="ahead" zone={now.timezone} heard={heard} />
        </>
      )}
      {now.past.length > 0 && (
        <details>
          <summary>{tell("past")}</summary>
          <Sittings some={now.past} room="past" zone={now.timezone} heard={heard} />
        </details>
      )}
      {(now.slots.length > 0 || manages) && <h3>{tell("plan")}</h3>}
      {now.slots.length > 0 && now.unassigned.length > 0 && <p class="wrong">{tell("unassigned", { teams: now.unassigned.join(", ") })}</p>}
      <ul class="assets">
        {now.slots.map((one) => (
          <Planned key={one.id} slot={one} change={manages ? () => setChanging(one) : null} />
        ))}
      </ul>
      {manages && (
        <button type="button" class="second" data-action="add-slot" onClick={() => setChanging("new")}>
          {tell("slot.add")}
        </button>
      )}
      {changing !== null && <ChangeSlot slot={changing === "new" ? null : changing} teams={now.teams} top={top} close={() => setChanging(null)} again={again} />}
    </>
  );
}

function Sittings({ some, room, zone, heard }: { some: readonly Sitting[]; room: "today" | "ahead" | "past"; zone: string; heard: boolean }): JSX.Element {
  const tell = useTellOfCanteen();
  return (
    <ul class="assets" data-sittings={room}>
      {some.map((one) => (
        <li key={`${one.day} ${one.slot}`} data-sitting={one.slot} data-light={heard ? one.light : "unknown"}>
          <SlotLight light={heard ? one.light : "unknown"} />
          <span class="what">
            <strong>{one.name}</strong>
            <span class="dim">{[room === "today" ? "" : one.day, `${clockIn(zone, one.begins)}–${clockIn(zone, one.ends)}`, one.site].filter((part) => part !== "").join(" · ")}</span>
          </span>
          <span class="facts">
            <span>{tell("places", { n: one.places })}</span>
            {one.phase !== "past" && <span>{one.planned === null ? tell("planned.unknown") : tell("planned", { n: one.planned })}</span>}
            {one.phase !== "ahead" && <span>{one.let_in === null ? tell(one.gate === "" ? "let_in.uncounted" : "let_in.unknown") : tell("let_in.n", { n: one.let_in })}</span>}
            {one.inside !== null && <span>{tell("inside", { n: one.inside })}</span>}
            {WARNS.includes(one.light) && one.phase !== "past" && <span class="dim">{one.room_in === null ? tell("room.none") : tell("room", { name: one.room_in })}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Planned({ slot, change }: { slot: Slot; change: (() => void) | null }): JSX.Element {
  const tell = useTellOfCanteen();
  const days = slot.days.length === DAYS.length ? tell("days.all") : DAYS.filter((one) => slot.days.includes(one)).map((one) => tell(`day.${one}`)).join(" ");
  return (
    <li data-slot={slot.id}>
      <span class="what">
        <strong>{slot.name}</strong>
        <span class="dim">{[`${slot.begins}–${slot.ends}`, days, slot.site].filter((part) => part !== "").join(" · ")}</span>
      </span>
      <span class="facts">
        <span>{tell("places", { n: slot.places })}</span>
        <span>{slot.teams.length === 0 ? tell("teams.none") : tell("teams.are", { teams: slot.teams.join(", ") })}</span>
        <span class="dim">{slot.gate === "" ? tell("gate.none") : tell("gate.is", { gate: slot.gate })}</span>
      </span>
      {change !== null && (
        <button type="button" class="second" aria-label={tell("slot.change.of", { name: slot.name })} onClick={change}>
          {tell("slot.change")}
        </button>
      )}
    </li>
  );
}

/** Colour, shape and word together; what this screen does not know is unknown. */
function SlotLight({ light }: { light: string }): JSX.Element {
  const tell = useTellOfCanteen();
  const known = light in SIGNS ? light : "unknown";
  return (
    <span class="light">
      <Shape sign={SIGNS[light] ?? "unknown"} />
      <span>{tell(`light.${known}` as CanteenKey)}</span>
    </span>
  );
}

/** 11:30, as it is there. */
const clockIn = (zone: string, iso: string): string => new Intl.DateTimeFormat("sv-SE", { timeZone: zone, hour: "2-digit", minute: "2-digit" }).format(new Date(iso));
