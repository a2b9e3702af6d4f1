/** A reading with its uncertainty and how it came about: raw, corrected, core; region, distance, samples, reference. */
import type { JSX } from "preact";
import type { Reading } from "../api/types";
import { useSay, word, type Say } from "../words/say";
import { degrees } from "./temperature";

const FROM_C = 30;
const TO_C = 42;
const place = (celsius: number): number => (Math.min(TO_C, Math.max(FROM_C, celsius)) - FROM_C) * (600 / (TO_C - FROM_C));

export function ReadingCard({ reading }: { reading: Reading }): JSX.Element {
  const say = useSay();
  return (
    <section class="reading">
      <h3>{say("selected.reading")}</h3>
      <p class="big">
        <strong>{reading.core_c.toFixed(1)}</strong>
        <span class="unit"> ±{reading.uncertainty_c.toFixed(1)} °C</span>
        <span class="dim note">{say("reading.core")}</span>
      </p>
      <Scale reading={reading} />
      <h3>{say("selected.how")}</h3>
      <Facts reading={reading} />
      <p class="dim small">{circumstances(say, reading)}</p>
      <p class="dim small">{say("reading.screening")}</p>
    </section>
  );
}

/** Where, how far, how many, with the reference in sight or not, and what made it core-equivalent. */
function circumstances(say: Say, reading: Reading): string {
  const parts = [
    word(say, "region", reading.region),
    reading.distance_m === null ? null : `${reading.distance_m.toFixed(1)} m`,
    say("reading.samples", { n: reading.samples }),
    say(reading.reference_seen ? "reading.seen" : "reading.notseen"),
    reading.core_rule ? word(say, "rule", reading.core_rule) : null,
    typeof reading.ambient_c === "number" ? say("reading.ambient", { c: reading.ambient_c.toFixed(1) }) : null,
    reading.baseline_shift_c ? say("reading.shift", { c: (-reading.baseline_shift_c).toFixed(2) }) : null,
  ];
  return parts.filter((part) => part !== null).join(" · ");
}

/** Raw, corrected and core on one axis; the bar is the uncertainty. */
function Scale({ reading }: { reading: Reading }): JSX.Element {
  const say = useSay();
  const left = place(reading.core_c - reading.uncertainty_c);
  const right = place(reading.core_c + reading.uncertainty_c);
  const ticks = [30, 32, 34, 36, 38, 40, 42];
  const story = `${say("reading.raw")} ${degrees(reading.raw_c)}, ${say("reading.corrected")} ${degrees(reading.corrected_c)}, ${say("reading.core")} ${degrees(reading.core_c)}`;
  return (
    <svg class="scale" viewBox="-24 0 648 62" role="img" aria-label={story}>
      <line class="axis" x1="0" x2="600" y1="34" y2="34" />
      {ticks.map((tick) => (
        <g key={tick}>
          <line class="axis" x1={place(tick)} x2={place(tick)} y1="30" y2="38" />
          <text x={place(tick)} y="57">
            {tick}°
          </text>
        </g>
      ))}
      <rect class="spread" x={left} width={Math.max(4, right - left)} y="20" height="28" rx="3" />
      <circle class="raw" cx={place(reading.raw_c)} cy="34" r="6" />
      <path class="corrected" d={`M${place(reading.corrected_c)} 26l8 8-8 8-8-8z`} />
      <line class="core" x1={place(reading.core_c)} x2={place(reading.core_c)} y1="12" y2="50" />
    </svg>
  );
}

function Facts({ reading }: { reading: Reading }): JSX.Element {
  const say = useSay();
  return (
    <dl class="facts">
      <dt>
        <i class="mark raw" aria-hidden="true" />
        {say("reading.raw")}
      </dt>
      <dd>{degrees(reading.raw_c)}</dd>
      <dt>
        <i class="mark corrected" aria-hidden="true" />
        {say("reading.corrected")}
      </dt>
      <dd>{degrees(reading.corrected_c)}</dd>
      <dt>
        <i class="mark core" aria-hidden="true" />
        {say("reading.core")}
      </dt>
      <dd>
        {degrees(reading.core_c)} ±{reading.uncertainty_c.toFixed(2)}
      </dd>
    </dl>
  );
}
