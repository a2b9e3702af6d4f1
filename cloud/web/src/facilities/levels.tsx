import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Trouble } from "../admin/fields";
import { Waiting } from "../admin/waiting";
import { clock } from "../staff/times";
import { usePolled } from "../staff/use_polled";
import type { Language } from "../words/table";
import { ChangeLevel } from "./level_change";
import { LevelDone } from "./level_done";
import { LevelBar, LevelFacts, LevelLight } from "./level_light";
import { LevelBook } from "./level_story";
import { LevelWaits } from "./level_waits";
import "./levels.css";
import { levels, type Level, type Levels as Rows } from "./levels_api";
import { levelTeller, levelWord, ToldOfLevels, useTellOfLevels } from "./levels_words";

interface Props {
  user: string;
  enters: boolean;
  manages: boolean;
  top: string;
}

/** The code that the address names; `12.secret`: of level-12. */
export function scannedLevel(): string | null {
  return new URLSearchParams(location.hash.split("?")[1] ?? "").get("level");
}

/** Bins and dispensers: what is full, low or not known first. */
export function Levels({ language, ...props }: Props & { language: Language }): JSX.Element {
  return (
    <ToldOfLevels.Provider value={levelTeller(language)}>
      <LevelsPage {...props} />
    </ToldOfLevels.Provider>
  );
}

function LevelsPage({ user, enters, manages, top }: Props): JSX.Element {
  const tell = useTellOfLevels();
  const { rows, doing, again } = usePolled(levels);
  const [tag, setTag] = useState(scannedLevel);
  const [making, setMaking] = useState<string | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  useEffect(() => {
    const look = (): void => setTag(scannedLevel());
    window.addEventListener("hashchange", look);
    return () => window.removeEventListener("hashchange", look);
  }, []);
  const ofTag = tag === null ? null : `level-${tag.split(".")[0] ?? ""}`;
  const wanted = enters ? (ofTag ?? making) : null;
  const subject = rows?.levels.find((one) => one.id === wanted);
  const shown = enters ? open : (ofTag ?? open);
  const close = (): void => {
    setMaking(null);
    setOpen(null);
    if (tag !== null) history.replaceState(null, "", "#facilities"); // a scan is used once
    setTag(null);
    void again();
  };
  return (
    <section class="page levels" aria-label={tell("tab.levels")}>
      <LevelWaits user={user} arrived={again} />
      <Trouble trouble={doing.trouble} />
      {doing.trouble !== null && rows !== null && <p class="trouble">{tell("was", { when: clock(rows.at) })}</p>}
      <Waiting rows={rows} doing={doing} again={again} />
      {rows !== null && wanted !== null && subject === undefined && (
        <p class="trouble" role="alert">
          {tell("strange")}{" "}
          <button type="button" class="second" onClick={close}>
            {tell("close")}
          </button>
        </p>
      )}
      {rows !== null && subject !== undefined && (
        <LevelDone key={subject.id} level={subject} now={rows.at} seen_min={rows.seen_min} user={user} tag={ofTag === subject.id ? tag : null} done={() => void again()} close={close} />
      )}
      {wanted === null && shown !== null && <LevelBook id={shown} manages={manages} top={top} close={close} />}
      {rows !== null && wanted === null && shown === null && (
        <LevelList rows={rows} manages={manages} top={top} again={again} open={setOpen} {...(enters && { make: setMaking })} />
      )}
    </section>
  );
}

interface ListProps {
  rows: Rows;
  manages: boolean;
  top: string;
  again: () => Promise<void>;
  open: (id: string) => void;
  make?: (id: string) => void;
}

function LevelList({ rows, manages, top, again, open, make }: ListProps): JSX.Element {
  const tell = useTellOfLevels();
  const [adds, setAdds] = useState(false);
  const count = (...lights: string[]): number => rows.levels.filter((one) => lights.includes(one.light)).length;
  return (
    <>
      <h2 class="day" aria-live="polite">
        {tell("count", { due: count("due", "contradicted"), unknown: count("unknown"), all: rows.levels.length })}
      </h2>
      {manages && (
        <div class="buttons">
          <button type="button" class="second" data-action="add" onClick={() => setAdds(true)}>
            {tell("add")}
          </button>
        </div>
      )}
      {rows.levels.length === 0 && <p class="dim">{tell("none")}</p>}
      <ul class="assets">
        {rows.levels.map((one) => (
          <Row key={one.id} level={one} now={rows.at} open={open} {...(make && { make })} />
        ))}
      </ul>
      <p class="dim">{tell("house")}</p>
      {adds && <ChangeLevel level={null} top={top} close={() => setAdds(false)} changed={again} />}
    </>
  );
}

function Row({ level, now, open, make }: { level: Level; now: string; open: (id: string) => void; make?: (id: string) => void }): JSX.Element {
  const tell = useTellOfLevels();
  return (
    <li data-level={level.id} data-light={level.light}>
      <LevelLight level={level} />
      <button type="button" class="what" onClick={() => open(level.id)}>
        <strong>{level.name}</strong>
        <span class="dim">{[levelWord(tell, "kind", level.kind), level.site].filter((part) => part !== "").join(" · ")}</span>
      </button>
      <span class="how">
        <LevelBar level={level} />
        <LevelFacts level={level} now={now} />
      </span>
      {make && (
        <button type="button" class="second" data-action="done" aria-label={tell(level.fills ? "done.empty.of" : "done.refill.of", { name: level.name })} onClick={() => make(level.id)}>
          {tell(level.fills ? "done.empty" : "done.refill")}
        </button>
      )}
    </li>
  );
}
