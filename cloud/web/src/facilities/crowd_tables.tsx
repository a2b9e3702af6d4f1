import type { ComponentChildren, JSX } from "preact";
import { Shape, type Sign } from "../view/shapes";
import type { GateCrowd, SiteCrowd, Waits } from "./crowd_api";
import { atLeast, crowdWord, lasted, useTellOfCrowd, type CrowdKey } from "./crowd_words";

const SIGNS: Readonly<Record<string, Sign>> = { full: "hold", doubtful: "unknown", unknown: "unknown", room: "pass" };
/** Nothing is asked of these: no limit, or no count. */
const PLAIN = ["counted", "uncounted"];

export function GateTable({ gates }: { gates: readonly GateCrowd[] }): JSX.Element {
  const tell = useTellOfCrowd();
  return (
    <Table label={tell("tab.crowd")} columns={["gate", "room", "inside", "waiting", "waits", "let_in"]}>
      {gates.map((one) => (
        <tr key={one.gate} data-crowd={one.gate} data-room={one.room}>
          <th scope="row">
            {one.gate}
            <Below text={[one.site, one.replay ? tell("replay") : ""].filter((part) => part !== "").join(" · ")} />
          </th>
          <td>
            <RoomLight gate={one} />
          </td>
          <Inside people={one.people} limit={one.limit} missed={one.entries_missed} leftOver={one.exits_missed} counts={one.room !== "uncounted"} />
          <td class="figure" data-label={tell("waiting")}>
            <span>
              <Queue waiting={one.waiting} />
              {one.waiting_s !== null && <Below text={tell("longest", { time: atLeast(tell, one.waiting_s) })} />}
            </span>
          </td>
          <Waited waits={one.waits} />
        </tr>
      ))}
    </Table>
  );
}

export function SiteTable({ sites }: { sites: readonly SiteCrowd[] }): JSX.Element {
  const tell = useTellOfCrowd();
  return (
    <Table label={tell("sites")} columns={["place", "inside", "waiting", "waits", "let_in"]}>
      {sites.map((one) => (
        <tr key={one.site} data-place={one.site}>
          <th scope="row">
            {one.site === "" ? "/" : one.site}
            <Below text={[tell("ways", { gates: one.gates.join(", ") }), one.replay ? tell("replay") : ""].filter((part) => part !== "").join(" · ")} />
          </th>
          <Inside people={one.people} limit={null} missed={one.entries_missed} leftOver={null} counts />
          <td class="figure" data-label={tell("waiting")}>
            <Queue waiting={one.waiting} />
          </td>
          <Waited waits={one.waits} />
        </tr>
      ))}
    </Table>
  );
}

function Table({ label, columns, children }: { label: string; columns: readonly CrowdKey[]; children: ComponentChildren }): JSX.Element {
  const tell = useTellOfCrowd();
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            {columns.map((key) => (
              <th key={key} scope="col">
                {tell(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** Colour, shape and word together; what this screen does not know is unknown. */
function RoomLight({ gate }: { gate: GateCrowd }): JSX.Element {
  const tell = useTellOfCrowd();
  const silent = gate.state === "live" ? "" : crowdWord(tell, "state", gate.state);
  return (
    <span class="light" data-light={gate.room}>
      {!PLAIN.includes(gate.room) && <Shape sign={SIGNS[gate.room] ?? "unknown"} />}
      <span>
        {crowdWord(tell, "room", gate.room)}
        <Below text={silent} />
        {gate.room === "doubtful" && <Below text={tell("why.doubtful", { n: gate.entries_missed })} />}
        {gate.held === true && <Below text={tell("why.held")} />}
      </span>
    </span>
  );
}

interface Count {
  people: number | null;
  limit: number | null;
  missed: number;
  leftOver: number | null;
  counts: boolean;
}

function Inside({ people, limit, missed, leftOver, counts }: Count): JSX.Element {
  const tell = useTellOfCrowd();
  const known = people === null ? tell("unknown") : limit === null ? tell("people", { n: people }) : tell("of", { n: people, limit });
  return (
    <td class="figure" data-label={tell("inside")}>
      <span>
        {counts ? known : "–"}
        {missed > 0 && <span class="wrong below">{tell("missed.in", { n: missed })}</span>}
        {leftOver !== null && leftOver > 0 && <span class="wrong below">{tell("missed.out", { n: leftOver })}</span>}
      </span>
    </td>
  );
}

function Queue({ waiting }: { waiting: number | null }): JSX.Element {
  const tell = useTellOfCrowd();
  return <span>{waiting === null ? tell("unseen") : waiting === 0 ? tell("nobody") : tell("at_least", { n: waiting })}</span>;
}

function Waited({ waits }: { waits: Waits }): JSX.Element {
  const tell = useTellOfCrowd();
  return (
    <>
      <td data-label={tell("waits")}>
        {waits.half_s === null || waits.most_s === null ? (
          <span class="dim">{tell("waits.none")}</span>
        ) : (
          <span>
            {tell("half", { time: lasted(tell, waits.half_s) })}
            <Below text={tell("most", { time: lasted(tell, waits.most_s) })} />
          </span>
        )}
      </td>
      <td class="figure" data-label={tell("let_in")}>
        {waits.let_in}
      </td>
    </>
  );
}

function Below({ text }: { text: string }): JSX.Element | null {
  return text === "" ? null : <span class="dim below">{text}</span>;
}
