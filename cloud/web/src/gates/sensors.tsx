import type { JSX } from "preact";
import { sensors, type Sensor } from "../api/gates";
import { Ago } from "../view/age";
import { Shape } from "../view/shapes";
import type { Language } from "../words/table";
import { failed, measured, old, quantity } from "./sensor_words";
import { useAsked } from "./use_asked";
import { useTell } from "./words";

const AGAIN_MS = 15_000;

/** What the gate's sensors said last. A reading that failed or is old is said to be that, never left out and never shown as it is now. */
export function Sensors({ gate, ended }: { gate: string; ended: () => void }): JSX.Element {
  const tell = useTell();
  const asked = useAsked(() => sensors(gate), [gate], ended, AGAIN_MS);
  const { found } = asked;
  if (found === null) return <p class="dim">{tell(asked.failed ? "away" : "loading")}</p>;
  if (found.length === 0) return <p class="dim">{tell("sensors.none")}</p>;
  return (
    <>
      {asked.failed && <p class="dim">{tell("away")}</p>}
      {bySensor(found).map(([sensor, readings]) => (
        <section class="sensor" key={sensor} data-sensor={sensor}>
          <h4>
            {readings[0]?.place || sensor} {readings[0]?.place !== "" && <span class="dim">{sensor}</span>}
          </h4>
          <ul class="sensed">
            {readings.map((one) => (
              <li key={one.quantity} data-quantity={one.quantity}>
                <span>{quantity(tell.language, one.quantity)}</span>
                <Reading one={one} unheard={asked.failed} language={tell.language} />
                <span class="dim">
                  <Ago at={one.taken} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** `unheard`: the cloud does not answer now, so nothing of it says how things are. */
function Reading({ one, unheard, language }: { one: Sensor; unheard: boolean; language: Language }): JSX.Element {
  if (one.value === null)
    return (
      <span class="told" data-reading="failed">
        <Shape sign="unknown" /> {failed(language, one.trouble)}
      </span>
    );
  const value = measured(language, one.quantity, one.value, one.unit);
  if (one.stale || unheard)
    return (
      <span class="told dim" data-reading="old">
        <Shape sign="unknown" /> {old(language, value)}
      </span>
    );
  return (
    <strong class="told" data-reading="now">
      {value}
    </strong>
  );
}

function bySensor(found: readonly Sensor[]): [string, Sensor[]][] {
  const sensed = new Map<string, Sensor[]>();
  for (const one of found) sensed.set(one.sensor, [...(sensed.get(one.sensor) ?? []), one]);
  return [...sensed];
}
