import type { JSX } from "preact";
import type { Reading, Visit } from "../api/types";
import { useSay } from "../words/say";

export const degrees = (celsius: number): string => `${celsius.toFixed(1)} °C`;

/** The short form of a row: value and uncertainty, or the bin, or what was not checked. */
export function VisitTemperature({ visit }: { visit: Visit }): JSX.Element {
  const say = useSay();
  if (!visit.screened_for.temperature) return <span class="dim">{say("visits.notemperature")}</span>;
  if (visit.reading !== null) return <Value reading={visit.reading} />;
  if (visit.core_bin_c !== null) {
    return <span title={say("reading.bin")}>≈ {degrees(visit.core_bin_c)}</span>;
  }
  return <span class="dim">–</span>;
}

export function Value({ reading }: { reading: Reading }): JSX.Element {
  return (
    <span class="value">
      {reading.core_c.toFixed(1)} <span class="dim">±{reading.uncertainty_c.toFixed(1)}</span> °C
    </span>
  );
}
