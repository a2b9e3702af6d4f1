import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { quantity } from "../gates/sensor_words";
import { useNow } from "../state/now";
import type { SensorNow } from "./board_api";
import { StandingWord, useStanding, Value } from "./board_light";
import { places, standingAt, STANDINGS, worst, type Place } from "./board_stands";
import { useBoard } from "./board_words";

const SHOWN = 5;
const TICK_MS = 5_000;

interface Props {
  sensors: readonly SensorNow[];
  heard: boolean;
  open: (one: SensorNow) => void;
}

/** The air and whatever else is sensed, a tile a place, in the order of sites; all of them or those that are not fine. */
export function Tiles({ sensors, heard, open }: Props): JSX.Element {
  const { tell } = useBoard();
  const [all, setAll] = useState(true);
  const now_ms = useNow(TICK_MS);
  const judged = places(sensors).map((place) => ({ place, standing: worst(place.sensors.map((one) => standingAt(one, now_ms, heard))) }));
  const wrong = judged.filter((one) => one.standing !== "fine" && one.standing !== "unlimited");
  const shown = all ? judged : wrong;
  if (sensors.length === 0) return <p class="dim">{tell("none")}</p>;
  return (
    <>
      <div class="buttons">
        {([true, false] as const).map((one) => (
          <button key={String(one)} type="button" class="second" aria-pressed={all === one} data-shown={one ? "all" : "open"} onClick={() => setAll(one)}>
            {tell(one ? "all" : "open")} {one ? judged.length : wrong.length}
          </button>
        ))}
      </div>
      {shown.length === 0 && <p class="dim">{tell("none.here")}</p>}
      <ul class="tiles">
        {shown.map(({ place, standing }) => (
          <li key={place.key} class="tile" data-place={place.name} data-standing={standing}>
            <header>
              <h3>{place.name}</h3>
              <StandingWord standing={standing} />
              <span class="dim">{place.site || tell("nowhere")}</span>
            </header>
            <Readings place={place} now_ms={now_ms} heard={heard} open={open} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** The worst first, a few of them, the others when asked. */
function Readings({ place, now_ms, heard, open }: { place: Place; now_ms: number; heard: boolean; open: Props["open"] }): JSX.Element {
  const { tell } = useBoard();
  const [all, setAll] = useState(false);
  const order = (one: SensorNow): number => STANDINGS.indexOf(standingAt(one, now_ms, heard));
  const sorted = place.sensors.length > SHOWN ? [...place.sensors].sort((a, b) => order(a) - order(b)) : place.sensors;
  const shown = all ? sorted : sorted.slice(0, SHOWN);
  return (
    <>
      <ul class="readings">
        {shown.map((one) => (
          <Reading key={`${one.gate}/${one.sensor}/${one.quantity}`} one={one} place={place} heard={heard} open={open} />
        ))}
      </ul>
      {sorted.length > SHOWN && (
        <button type="button" class="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? tell("fewer") : tell("more", { n: sorted.length - SHOWN })}
        </button>
      )}
    </>
  );
}

function Reading({ one, place, heard, open }: { one: SensorNow; place: Place; heard: boolean; open: Props["open"] }): JSX.Element {
  const { tell, language } = useBoard();
  const standing = useStanding(one, heard);
  const name = quantity(language, one.quantity);
  const several = place.sensors.filter((each) => each.quantity === one.quantity).length > 1;
  return (
    <li data-sensor={one.sensor} data-quantity={one.quantity} data-standing={standing}>
      <button type="button" class="what" aria-label={tell("story.of", { place: place.name, quantity: several ? `${name} ${one.sensor}` : name })} onClick={() => open(one)}>
        {name}
        {several && <span class="dim"> {one.sensor}</span>}
      </button>
      <Value one={one} standing={standing} />
      {standing !== "unlimited" && <StandingWord standing={standing} />}
    </li>
  );
}
