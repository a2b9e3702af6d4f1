import type { JSX } from "preact";
import { Shape, type Sign } from "../view/shapes";
import type { Light, Round } from "./api";
import { useTell, valueWord } from "./words";

const SIGNS: Readonly<Record<Light, Sign>> = {
  locked: "hold",
  overdue: "recheck",
  due: "wait",
  unknown: "unknown",
  unverified: "unknown",
  fine: "pass",
};

/** Colour, shape and word together; what this screen does not know is unknown. */
export function LightWord({ light }: { light: string }): JSX.Element {
  const tell = useTell();
  return (
    <span class="light" data-light={light}>
      <Shape sign={SIGNS[light as Light] ?? "unknown"} />
      <span>{valueWord(tell, "light", light)}</span>
    </span>
  );
}

/** What stands behind a round, and what is wrong with it. */
export function TrustWord({ round }: { round: Round }): JSX.Element {
  const tell = useTell();
  const sign: Sign = round.faults.length > 0 ? "hold" : round.trust === "unverified" ? "unknown" : "pass";
  const why = round.doubt === null ? "" : ` (${valueWord(tell, "doubt", round.doubt)})`;
  return (
    <span class="light" data-trust={round.trust}>
      <Shape sign={sign} />
      <span>
        {round.faults.length > 0
          ? `${tell("invalid")}: ${round.faults.map((one) => valueWord(tell, "fault", one)).join(", ")}`
          : `${valueWord(tell, "trust", round.trust)}${why}`}
      </span>
    </span>
  );
}
