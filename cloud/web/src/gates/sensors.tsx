import type { JSX } from "preact";
import { sensors } from "../api/gates";
import { Ago } from "../view/age";
import { Shape } from "../view/shapes";
import { useAsked } from "./use_asked";
import { useTell } from "./words";

const AGAIN_MS = 15_000;

/** What the gate's sensors said last. A reading that failed is said to have failed, never left out. */
export function Sensors({ gate, ended }: { gate: string; ended: () => void }): JSX.Element {
  const tell = useTell();
  const { found, failed } = useAsked(() => sensors(gate), [gate], ended, AGAIN_MS);
  if (found === null) return <p class="dim">{tell(failed ? "away" : "loading")}</p>;
  if (found.length === 0) return <p class="dim">{tell("sensors.none")}</p>;
  return (
    <ul class="sensed">
      {found.map((one) => (
        <li key={`${one.sensor} ${one.quantity}`} data-sensor={one.sensor}>
          <span>
            {one.sensor} <span class="dim">{one.quantity}</span>
          </span>
          {one.value === null ? (
            <span>
              <Shape sign="unknown" /> {tell("sensors.failed")}
            </span>
          ) : (
            <strong>
              {Number(one.value.toPrecision(4))} {one.unit}
            </strong>
          )}
          <span class="dim">
            <Ago at={one.taken} />
          </span>
        </li>
      ))}
    </ul>
  );
}
