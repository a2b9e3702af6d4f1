import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Field, sent, Trouble } from "../admin/fields";
import { useDoing } from "../admin/use_doing";
import { Dialog } from "../view/dialog";
import { SensorField } from "./choices";
import { addLevel, changeLevel, LEVEL_KINDS, type Level } from "./levels_api";
import { useTellOfLevels } from "./levels_words";

interface Props {
  /** Null: a new one. */
  level: Level | null;
  top: string;
  close: () => void;
  changed: (ended: boolean) => Promise<void>;
}

export function ChangeLevel({ level, top, close, changed }: Props): JSX.Element {
  const tell = useTellOfLevels();
  const doing = useDoing();
  const [sure, setSure] = useState(false);
  const finish = async (deed: () => Promise<unknown>, ended = false): Promise<void> => {
    if (!(await doing.run(deed))) return;
    close();
    await changed(ended);
  };
  const save = (event: Event): Promise<void> => {
    const field = sent(event);
    const both = { name: field("name"), sensor: field("sensor") };
    const limit = field("limit_pct");
    if (level !== null) return finish(() => changeLevel(level.id, { ...both, limit_pct: Number(limit) }));
    return finish(() => addLevel({ ...both, kind: field("kind"), site: field("site"), ...(limit !== "" && { limit_pct: Number(limit) }) }));
  };
  return (
    <Dialog title={level === null ? tell("add") : tell("change.of", { name: level.name })} close={close}>
      <form class="card plain" data-form="level" onSubmit={(event) => void save(event)}>
        <Field label={tell("name")}>
          <input name="name" defaultValue={level?.name ?? ""} required maxLength={120} autocomplete="off" />
        </Field>
        {level === null && (
          <>
            <Field label={tell("kind")}>
              <select name="kind">
                {LEVEL_KINDS.map((one) => (
                  <option key={one} value={one}>
                    {tell(`kind.${one}`)}
                  </option>
                ))}
              </select>
            </Field>
            <Field label={tell("site")}>
              <input name="site" defaultValue={top} spellcheck={false} autocapitalize="none" autocomplete="off" />
            </Field>
          </>
        )}
        <SensorField label={tell("sensor")} value={level?.sensor ?? ""} required placeholder="gate-1/bin-1/level_pct" />
        <Field label={tell("limit.own")}>
          <input name="limit_pct" type="number" inputMode="decimal" min={1} max={99} step="any" defaultValue={level?.own_limit ? String(level.limit_pct) : ""} />
        </Field>
        <Trouble trouble={doing.trouble} />
        <div class="buttons">
          <button class="primary" disabled={doing.busy}>
            {tell("save")}
          </button>
          {level !== null && (
            <button type="button" class="second" data-action="end" onClick={() => (sure ? void finish(() => changeLevel(level.id, { ended: true }), true) : setSure(true))}>
              {tell(sure ? "end.sure" : "end")}
            </button>
          )}
          <button type="button" class="quiet" onClick={close}>
            {tell("close")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
