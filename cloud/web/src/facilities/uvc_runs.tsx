import type { JSX } from "preact";
import { failed } from "../gates/sensor_words";
import { clock, dayAndClock } from "../staff/times";
import { Shape, type Sign } from "../view/shapes";
import { useSay, word } from "../words/say";
import type { Run } from "./uvc_api";
import { lasted, rounded, useUvc, type UvcKey } from "./uvc_words";

const SIGNS: Readonly<Record<string, Sign>> = { reached: "pass", short: "recheck", no_target: "hold" };

/** One row for each run and place. What is not known is never green. */
export function Runs({ runs }: { runs: readonly Run[] }): JSX.Element {
  const { tell } = useUvc();
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={tell("runs")}>
      <table>
        <thead>
          <tr>
            {(["when", "place", "result", "dose", "lit", "remarks"] as const).map((key) => (
              <th key={key} scope="col">
                {tell(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((one) => (
            <Row key={`${one.gate}/${one.sensor} ${one.ends}`} run={one} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ run }: { run: Run }): JSX.Element {
  const { tell } = useUvc();
  return (
    <tr data-run={run.ends} data-light={run.light}>
      <th scope="row">{run.begins === null ? dayAndClock(run.ends) : `${dayAndClock(run.begins)}–${clock(run.ends)}`}</th>
      <td data-label={tell("place")}>
        <span>
          {run.place === "" ? run.sensor : run.place}
          <span class="dim below">{[run.site, run.gate].filter((part) => part !== "").join(" · ")}</span>
        </span>
      </td>
      <td data-label={tell("result")}>
        <span class="light">
          <Shape sign={SIGNS[run.light] ?? "unknown"} />
          <span>{tell((run.light in SIGNS ? `light.${run.light}` : "light.unknown") as UvcKey)}</span>
        </span>
      </td>
      <td class="figure" data-label={tell("dose")}>
        <Dose run={run} />
      </td>
      <td class="figure" data-label={tell("lit")}>
        {run.lit_s === null ? tell("unknown") : lasted(tell, run.lit_s)}
      </td>
      <td data-label={tell("remarks")}>
        <Remarks run={run} />
      </td>
    </tr>
  );
}

function Dose({ run }: { run: Run }): JSX.Element {
  const { tell } = useUvc();
  const { dose_mj_cm2: dose, off_mj_cm2: off, target_mj_cm2: target } = run;
  return (
    <span>
      {dose === null ? tell("dose.unknown") : off === null ? tell("dose.alone", { dose: rounded(dose) }) : tell("dose.of", { dose: rounded(dose), off: rounded(off) })}
      {target !== null && <span class="dim below">{tell("target", { n: target })}</span>}
    </span>
  );
}

/** Why it is not known, what was raised about the room meanwhile, and that it came late. */
function Remarks({ run }: { run: Run }): JSX.Element {
  const { tell, language } = useUvc();
  const say = useSay();
  return (
    <span class="remarks">
      {run.trouble !== null && <span>{failed(language, run.trouble)}</span>}
      {run.disturbed.map((kind) => (
        <span key={kind} class="wrong">
          {word(say, "kind", kind)}
        </span>
      ))}
      {run.covered_pct !== null && run.covered_pct < 99.5 && <span class="dim">{tell("covered", { n: Math.floor(run.covered_pct) })}</span>}
      {run.late && <span class="wrong">{tell("late", { when: dayAndClock(run.arrived) })}</span>}
    </span>
  );
}
