import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Trouble } from "../admin/fields";
import { useDoing } from "../admin/use_doing";
import { LevelBar, LevelFacts, LevelLight, TrustOf } from "./level_light";
import { levelWord, useTellOfLevels } from "./levels_words";
import { sendOrKeepPickup } from "./levels_kept";
import type { Level, LevelEntry } from "./levels_api";

interface Props {
  level: Level;
  now: string;
  seen_min: number;
  user: string;
  /** The code that was scanned; null where none was. */
  tag: string | null;
  done: () => void;
  close: () => void;
}

/** One bin or dispenser, for one hand: emptied, or refilled. */
export function LevelDone({ level, now, seen_min, user, tag, done, close }: Props): JSX.Element {
  const tell = useTellOfLevels();
  const doing = useDoing();
  const [key] = useState(() => newKey());
  const [made, setMade] = useState<LevelEntry | "kept" | null>(null);
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    const pickup = { key, done_at: new Date().toISOString(), ...(tag !== null && { tag }) };
    await doing.run(async () => {
      const said = await sendOrKeepPickup({ user, level: level.id, name: level.name, pickup, refused: null });
      setMade(said?.level.last ?? "kept");
    });
    done();
  };
  return (
    <section class="make" data-level-done={level.id}>
      <header>
        <LevelLight level={level} />
        <h2>{level.name}</h2>
        <p class="dim">
          {levelWord(tell, "kind", level.kind)}
          {level.site !== "" && ` · ${level.site}`}
        </p>
        <LevelBar level={level} />
        <LevelFacts level={level} now={now} />
      </header>
      {made === null ? (
        <form onSubmit={(event) => void send(event)}>
          <p class={tag === null ? "trouble" : "said"} role="status">
            {tag === null ? tell("done.notag") : `✓ ${tell("done.tag")}`}
          </p>
          {level.fills && <p class="dim">{tell("done.bag")}</p>}
          <Trouble trouble={doing.trouble} />
          <div class="foot">
            <button class="primary" disabled={doing.busy}>
              {tell(level.fills ? "done.empty" : "done.refill")}
            </button>
            <button type="button" class="quiet" onClick={close}>
              {tell("close")}
            </button>
          </div>
        </form>
      ) : (
        <div class="outcome" role="status" data-outcome={made === "kept" ? "kept" : made.trust}>
          {made === "kept" ? (
            <p>{tell("done.kept")}</p>
          ) : (
            <p>
              {tell("done.saved")} <TrustOf entry={made} />
            </p>
          )}
          {made !== "kept" && made.trust !== "measured" && made.doubt !== "contradicted" && <p class="dim">{tell("done.wait", { n: seen_min })}</p>}
          <button type="button" class="primary" onClick={close}>
            {tell("done.next")}
          </button>
        </div>
      )}
    </section>
  );
}

/** 24 random letters: what is sent again is the same one. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (one) => one.toString(16).padStart(2, "0")).join("");
}
