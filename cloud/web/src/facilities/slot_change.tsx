import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Field, Trouble } from "../admin/fields";
import { useDoing } from "../admin/use_doing";
import { Dialog } from "../view/dialog";
import { addSlot, changeSlot, DAYS, endSlot, type Slot, type SlotWish } from "./canteen_api";
import { useTellOfCanteen } from "./canteen_words";

const WORKING: readonly string[] = ["mon", "tue", "wed", "thu", "fri"];

interface Props {
  /** Null: a new one. */
  slot: Slot | null;
  teams: readonly string[];
  top: string;
  close: () => void;
  again: () => Promise<void>;
}

export function ChangeSlot({ slot, teams, top, close, again }: Props): JSX.Element {
  const tell = useTellOfCanteen();
  const doing = useDoing();
  const [sure, setSure] = useState(false);
  const finish = async (deed: () => Promise<unknown>): Promise<void> => {
    if (!(await doing.run(deed))) return;
    close();
    await again();
  };
  const save = (event: Event): Promise<void> => {
    event.preventDefault();
    const wish = wished(new FormData(event.currentTarget as HTMLFormElement));
    return finish(() => (slot === null ? addSlot(wish) : changeSlot(slot.id, wish)));
  };
  const shown = [...new Set([...teams, ...(slot?.teams ?? [])])];
  return (
    <Dialog title={slot === null ? tell("slot.add") : tell("slot.change.of", { name: slot.name })} close={close}>
      <form class="card plain" data-form="slot" onSubmit={(event) => void save(event)}>
        <Field label={tell("slot.name")}>
          <input name="name" defaultValue={slot?.name ?? ""} required maxLength={80} autocomplete="off" />
        </Field>
        <div class="pair">
          <Field label={tell("slot.begins")}>
            <input name="begins" type="time" defaultValue={slot?.begins ?? "11:30"} required />
          </Field>
          <Field label={tell("slot.ends")}>
            <input name="ends" type="time" defaultValue={slot?.ends ?? "12:00"} required />
          </Field>
        </div>
        <Field label={tell("slot.places")}>
          <input name="places" type="number" inputMode="numeric" min="1" max="100000" defaultValue={slot === null ? "" : String(slot.places)} required />
        </Field>
        <fieldset class="checks">
          <legend>{tell("slot.days")}</legend>
          {DAYS.map((one) => (
            <label key={one}>
              <input type="checkbox" name="days" value={one} defaultChecked={(slot?.days ?? WORKING).includes(one)} /> {tell(`day.${one}`)}
            </label>
          ))}
        </fieldset>
        <fieldset class="checks">
          <legend>{tell("slot.teams")}</legend>
          {shown.length === 0 && <span class="dim">{tell("slot.no_teams")}</span>}
          {shown.map((one) => (
            <label key={one}>
              <input type="checkbox" name="teams" value={one} defaultChecked={slot?.teams.includes(one) ?? false} /> {one}
            </label>
          ))}
        </fieldset>
        <Field label={tell("slot.gate")}>
          <input name="gate" defaultValue={slot?.gate ?? ""} maxLength={120} spellcheck={false} autocapitalize="none" autocomplete="off" />
        </Field>
        <Field label={tell("slot.site")}>
          <input name="site" defaultValue={slot?.site ?? top} spellcheck={false} autocapitalize="none" autocomplete="off" />
        </Field>
        <Trouble trouble={doing.trouble} />
        <div class="buttons">
          <button class="primary" disabled={doing.busy}>
            {tell("save")}
          </button>
          {slot !== null && (
            <button type="button" class="second" data-action="end" onClick={() => (sure ? void finish(() => endSlot(slot.id)) : setSure(true))}>
              {tell(sure ? "slot.end.sure" : "slot.end")}
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

function wished(form: FormData): SlotWish {
  const text = (name: string): string => String(form.get(name) ?? "").trim();
  const all = (name: string): string[] => form.getAll(name).map(String);
  return { name: text("name"), site: text("site"), gate: text("gate"), begins: text("begins"), ends: text("ends"), places: Number(text("places")), days: all("days"), teams: all("teams") };
}
