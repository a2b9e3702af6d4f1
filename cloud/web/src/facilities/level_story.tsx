import type { JSX } from "preact";
import { useCallback, useState } from "preact/hooks";
import { Trouble } from "../admin/fields";
import { useDoing } from "../admin/use_doing";
import { Waiting } from "../admin/waiting";
import { dayAndClock } from "../staff/times";
import { usePolled } from "../staff/use_polled";
import { ChangeLevel } from "./level_change";
import { LevelBar, LevelFacts, LevelLight, TrustOf } from "./level_light";
import { levelStory, newLevelTag, type LevelEntry, type LevelTag } from "./levels_api";
import { levelWord, useTellOfLevels } from "./levels_words";
import { Printed } from "./tag";

interface Props {
  id: string;
  manages: boolean;
  top: string;
  close: () => void;
}

/** One bin or dispenser: how it stands, and what became of it, the newest first. */
export function LevelBook({ id, manages, top, close }: Props): JSX.Element {
  const tell = useTellOfLevels();
  const { rows, doing, again } = usePolled(useCallback(() => levelStory(id), [id]));
  const tagging = useDoing();
  const [tag, setTag] = useState<LevelTag | null>(null);
  const [changing, setChanging] = useState(false);
  const level = rows?.level;
  const changed = async (ended: boolean): Promise<void> => (ended ? close() : again());
  return (
    <section class="one" data-one={id}>
      <div class="buttons">
        <button type="button" class="second" data-action="list" onClick={close}>
          ← {tell("back")}
        </button>
        {level && manages && (
          <>
            <button type="button" class="second" data-action="change" onClick={() => setChanging(true)}>
              {tell("change")}
            </button>
            <button type="button" class="second" data-action="tag" onClick={() => void tagging.run(async () => setTag(await newLevelTag(id)))}>
              {tell(level.tagged ? "tag.again" : "tag.make")}
            </button>
          </>
        )}
      </div>
      <Trouble trouble={doing.trouble ?? tagging.trouble} />
      <Waiting rows={rows} doing={doing} again={again} />
      {rows !== null && level !== undefined && (
        <>
          <header class="head">
            <LevelLight level={level} />
            <h2>{level.name}</h2>
            <p class="dim">
              {[levelWord(tell, "kind", level.kind), level.site, level.sensor].filter((part) => part !== "").join(" · ")}
            </p>
            <LevelBar level={level} />
            <LevelFacts level={level} now={new Date().toISOString()} />
          </header>
          <h3>{tell("story")}</h3>
          {rows.entries.length === 0 && <p class="dim">{tell("story.none")}</p>}
          <ul class="assets book">
            {rows.entries.map((one) => (
              <Entry key={one.id} entry={one} />
            ))}
          </ul>
        </>
      )}
      {tag !== null && level !== undefined && (
        <Printed name={level.name} what={levelWord(tell, "kind", level.kind)} site={level.site} tag={tag} hint={tell("tag.hint")} close={() => { setTag(null); void again(); }} />
      )}
      {changing && level !== undefined && <ChangeLevel level={level} top={top} close={() => setChanging(false)} changed={changed} />}
    </section>
  );
}

function Entry({ entry }: { entry: LevelEntry }): JSX.Element {
  const tell = useTellOfLevels();
  return (
    <li data-entry={entry.id} data-step={entry.step}>
      <time dateTime={entry.happened_at}>{dayAndClock(entry.happened_at)}</time>
      <strong>{levelWord(tell, "step", entry.step)}</strong>
      <span class="facts">
        {entry.value !== null && <span class="figure">{tell("level", { n: Math.round(entry.value) })}</span>}
        {entry.trust !== null && <TrustOf entry={entry} />}
        <span class="dim">{entry.by}</span>
      </span>
    </li>
  );
}
