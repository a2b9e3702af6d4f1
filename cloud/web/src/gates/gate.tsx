/** One gate's own page: how it is, who came, what stands against it, and what it can be told. Loaded when somebody opens it. */
import type { JSX } from "preact";
import type { Gate, Item, Visit } from "../api/types";
import type { Verb } from "../api/gates";
import { Dialog } from "../view/dialog";
import { Faults, GateState, gateSign, Hour, isCurrent } from "../view/gates";
import { Shape } from "../view/shapes";
import { useSay } from "../words/say";
import type { Language } from "../words/table";
import { Against, LastVisits } from "./facts";
import { Look } from "./look";
import { Orders } from "./orders";
import { Register } from "./register";
import { Sensors } from "./sensors";
import { teller, Told } from "./words";
import "./gates.css";

interface Props {
  name: string;
  /** Undefined once it is out of sight. */
  gate: Gate | undefined;
  items: ReadonlyMap<string, Item>;
  visits: ReadonlyMap<string, Visit>;
  feedStale: boolean;
  /** Who looks; it stands on the picture. */
  user: string;
  may: readonly string[];
  /** What the guard came for, where a key said so. */
  begin: Verb | null;
  language: Language;
  close: () => void;
  ended: () => void;
}

export default function GatePage(props: Props): JSX.Element {
  const { gate, name } = props;
  const tell = teller(props.language);
  return (
    <Told.Provider value={tell}>
      <Dialog title={name} close={props.close}>
        {gate === undefined ? <p role="alert" class="trouble">{tell("gone")}</p> : <Whole {...props} gate={gate} />}
        <form method="dialog">
          <button class="quiet framed">{tell("close")}</button>
        </form>
      </Dialog>
    </Told.Provider>
  );
}

function Whole({ gate, items, visits, feedStale, user, may, begin, language, ended }: Props & { gate: Gate }): JSX.Element {
  const tell = teller(language);
  const say = useSay();
  const current = isCurrent(gate, feedStale);
  return (
    <div class={`gate-page ${current ? "live" : "unsure"}`} data-page={gate.gate} data-state={gate.state}>
      <header>
        <Shape sign={gateSign(gate, feedStale)} />
        <div>
          <GateState gate={gate} current={current} />
          {gate.site !== "" && <p class="dim small">{tell("site", { site: gate.site })}</p>}
        </div>
        {gate.closed_since != null && <span class="chip">{say("gate.closed")}</span>}
        {gate.held === true && <span class="chip">{say("gate.held")}</span>}
      </header>
      <Faults gate={gate} say={say} />
      {may.includes("gates.command") ? (
        <Orders gate={gate.gate} held={gate.held ?? null} begin={begin} ended={ended} />
      ) : (
        <p class="dim">{tell("order.may")}</p>
      )}
      {may.includes("gates.look") && <Look gate={gate.gate} user={user} ended={ended} />}
      <div class="facts-of">
        <section>
          <h3>{tell("against.title")}</h3>
          <Against gate={gate.gate} items={items} />
        </section>
        <section>
          <h3>{tell("hour.title")}</h3>
          <Hour gate={gate} />
        </section>
        {may.includes("people.read") && (
          <section>
            <h3>{tell("visits.title")}</h3>
            <LastVisits gate={gate.gate} visits={visits} ended={ended} />
          </section>
        )}
        {may.includes("people.read") && (
          <section class="whole">
            <h3>{tell("register.title")}</h3>
            <Register gate={gate.gate} notes={may.includes("cases.work")} ended={ended} />
          </section>
        )}
        <section>
          <h3>{tell("sensors.title")}</h3>
          <Sensors gate={gate.gate} ended={ended} />
        </section>
      </div>
    </div>
  );
}
