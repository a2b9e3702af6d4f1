import type { JSX } from "preact";
import { measured, failed } from "../gates/sensor_words";
import { useNow } from "../state/now";
import { Ago } from "../view/age";
import { Shape, type Sign } from "../view/shapes";
import type { SensorNow } from "./board_api";
import { standingAt, type Standing } from "./board_stands";
import { useBoard } from "./board_words";

const SIGNS: Readonly<Record<Standing, Sign>> = { over: "recheck", under: "recheck", unknown: "unknown", unlimited: "hold", fine: "pass" };
const TICK_MS = 5_000;

/** Colour, shape and word together. */
export function StandingWord({ standing }: { standing: Standing }): JSX.Element {
  const { tell } = useBoard();
  return (
    <span class="light" data-standing={standing}>
      <Shape sign={SIGNS[standing]} />
      <span>{tell(`stand.${standing}`)}</span>
    </span>
  );
}

/** How it stands at this moment: what grows old becomes unknown without asking the cloud. */
export function useStanding(one: SensorNow, heard: boolean): Standing {
  return standingAt(one, useNow(TICK_MS), heard);
}

/** The newest value with its unit and age; what failed or is old says so. */
export function Value({ one, standing }: { one: SensorNow; standing: Standing }): JSX.Element {
  const { language } = useBoard();
  return (
    <span class="reading" data-known={standing !== "unknown"}>
      <span class="figure">{one.value === null ? failed(language, one.trouble) : measured(language, one.quantity, one.value, one.unit)}</span>
      <span class="dim">
        <Ago at={one.at} />
      </span>
    </span>
  );
}
