import type { JSX } from "preact";
import { useCallback, useState } from "preact/hooks";
import { Trouble } from "../admin/fields";
import { useRows } from "../admin/use_doing";
import { Waiting } from "../admin/waiting";
import { measured, quantity } from "../gates/sensor_words";
import type { Theme } from "../state/settings";
import { Later } from "../view/later";
import { Shape } from "../view/shapes";
import { absolute } from "../words/time";
import { fileOfStory, storyOf, type SensorNow, type SensorStory } from "./board_api";
import { StandingWord, useStanding, Value } from "./board_light";
import { Files } from "./files";
import { dayOf, gaps } from "./board_stands";
import { useBoard } from "./board_words";

const HOURS = [1, 24, 168, 720] as const;

/** One sensor over time: a picture, what it says in words, and the same as a table. */
export function SensorPage({ one, theme, mayTake, close }: { one: SensorNow; theme: Theme; mayTake: boolean; close: () => void }): JSX.Element {
  const { tell, language } = useBoard();
  const [hours, setHours] = useState<(typeof HOURS)[number]>(24);
  const read = useCallback(() => storyOf(one, hours), [one, hours]);
  const { rows, doing, again } = useRows(read);
  const place = one.place || one.gate;
  return (
    <>
      <div class="buttons">
        <button type="button" class="second" data-action="board" onClick={close}>
          {tell("back")}
        </button>
      </div>
      <header class="head">
        <h2>
          {place} · {quantity(language, one.quantity)}
        </h2>
        <p class="dim">{[one.site, one.gate, one.sensor].filter((part) => part !== "").join(" · ")}</p>
        <Now one={rows?.now ?? one} heard={doing.trouble === null} />
        <Calibrated one={rows?.now ?? one} />
      </header>
      <div class="buttons" role="group" aria-label={tell("range")}>
        {HOURS.map((each) => (
          <button key={each} type="button" class="second" aria-pressed={hours === each} data-hours={each} onClick={() => setHours(each)}>
            {tell(`hours.${each}`)}
          </button>
        ))}
      </div>
      <Trouble trouble={doing.trouble} />
      <Waiting rows={rows} doing={doing} again={again} />
      {rows !== null && (rows.pieces.length === 0 ? <p class="dim">{tell("story.none")}</p> : <Story story={rows} theme={theme} />)}
      {mayTake && rows !== null && rows.pieces.length > 0 && <Files at={(form) => fileOfStory(one, hours, form, language)} />}
    </>
  );
}

function Now({ one, heard }: { one: SensorNow; heard: boolean }): JSX.Element {
  const { tell, language } = useBoard();
  const standing = useStanding(one, heard);
  const limit = (value: number): string => measured(language, "", value, one.unit);
  return (
    <p class="now">
      <StandingWord standing={standing} />
      <Value one={one} standing={standing} />
      {one.most !== null && <span class="tag">{tell("limit.most", { value: limit(one.most) })}</span>}
      {one.least !== null && <span class="tag">{tell("limit.least", { value: limit(one.least) })}</span>}
      {one.most === null && one.least === null && <span class="dim">{tell("limit.none")}</span>}
    </p>
  );
}

/** Until when its calibration counts; a value of a sensor whose calibration is over is shown, and said to be so. */
function Calibrated({ one }: { one: SensorNow }): JSX.Element | null {
  const { tell } = useBoard();
  const day = one.calibration_due;
  if (day === null) return null;
  const over = day < dayOf(new Date().toISOString());
  return (
    <p class={over ? "light" : "dim"} data-calibrated={over ? "over" : "good"}>
      {over && <Shape sign="recheck" />}
      <span>{tell(over ? "calibration.over" : "calibrated", { day })}</span>
    </p>
  );
}

function Story({ story, theme }: { story: SensorStory; theme: Theme }): JSX.Element {
  const { tell, language } = useBoard();
  const { unit } = story.now;
  const shown = (value: number): string => measured(language, "", value, unit);
  const total = story.pieces.reduce((sum, one) => sum + one.count, 0);
  const words = tell("story.said", {
    least: shown(Math.min(...story.pieces.map((one) => one.least))),
    mean: shown(story.pieces.reduce((sum, one) => sum + one.mean * (one.count / total), 0)),
    most: shown(Math.max(...story.pieces.map((one) => one.most))),
    gaps: gaps(story),
  });
  const label = tell("story.of", { place: story.now.place || story.now.gate, quantity: quantity(language, story.now.quantity) });
  return (
    <>
      <Later load={() => import("./board_chart")} props={{ story, theme, language, label: `${label}: ${words}` }} />
      <p>{words}</p>
      <p class="dim">
        {story.of_means ? tell("of_means") : tell("of_readings", { n: story.piece_s })} {tell("gap")}
      </p>
      <details>
        <summary>{tell("table")}</summary>
        <div class="scroll tall" tabIndex={0} role="region" aria-label={label}>
          <table>
            <thead>
              <tr>
                {(["time", "least", "mean", "most", "readings"] as const).map((key) => (
                  <th key={key} scope="col">
                    {tell(key)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {[...story.pieces].reverse().map((one) => (
                <tr key={one.at}>
                  <th scope="row">{absolute(one.at)}</th>
                  <td class="figure">{shown(one.least)}</td>
                  <td class="figure">{shown(one.mean)}</td>
                  <td class="figure">{shown(one.most)}</td>
                  <td class="figure">{one.count}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  );
}
