import type { JSX } from "preact";
import { Field, sent, Trouble } from "../admin/fields";
import { useDoing } from "../admin/use_doing";
import { Dialog } from "../view/dialog";
import { enter, followUp, MASKS, type Entry, type Task } from "./api";
import { useTell, valueWord } from "./words";

const RESULTS = ["taken", "negative", "positive"] as const;
type Kind = "temperature" | "wears" | "test" | "asked";

/** Which entry does a task; every kind that is not named here is a reading. */
const DOES: Readonly<Record<string, Kind>> = { mask_change: "wears", mask_and_gloves: "wears", morning_test: "test", follow_up: "asked" };

interface Props {
  task: Task;
  close: () => void;
  again: () => Promise<void>;
}

/** A task done by hand: what no gate can see, or has not seen. */
export function EnterDialog({ task, close, again }: Props): JSX.Element {
  const tell = useTell();
  const doing = useDoing();
  const kind = DOES[task.kind] ?? "temperature";
  const send = async (event: Event): Promise<void> => {
    const field = sent(event);
    const deed = (): Promise<unknown> =>
      kind === "asked" ? followUp(task.declaration ?? "", field("text")) : enter(task.person, entryOf(kind, field));
    if (!(await doing.run(deed))) return;
    close();
    await again();
  };
  return (
    <Dialog title={tell("enter.of", { name: task.name, what: valueWord(tell, "task", task.kind) })} close={close}>
      <form class="card plain" onSubmit={(event) => void send(event)}>
        {kind === "temperature" && <Temperature />}
        {kind === "wears" && <Wears gloves={task.kind === "mask_and_gloves"} />}
        {kind === "test" && <Choice name="result" label={tell("enter.result")} values={RESULTS} room="result" />}
        {kind === "asked" && (
          <Field label={tell("declare.said")}>
            <input name="text" maxLength={300} autocomplete="off" autofocus />
          </Field>
        )}
        <Trouble trouble={doing.trouble} />
        <div class="buttons">
          <button class="primary" disabled={doing.busy}>
            {tell("save")}
          </button>
          <button type="button" class="quiet" onClick={close}>
            {tell("close")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function entryOf(kind: Kind, field: (name: string) => string): Entry {
  if (kind === "temperature") return { kind, temperature_c: Number(field("temperature_c")), device: field("device") };
  if (kind === "test") return { kind, result: field("result") };
  return { kind, mask: field("mask"), gloves: field("gloves") !== "" };
}

function Temperature(): JSX.Element {
  const tell = useTell();
  return (
    <>
      <p class="dim small">{tell("enter.gate")}</p>
      <Field label={tell("enter.temperature")}>
        <input name="temperature_c" type="number" inputMode="decimal" min="30" max="45" step="0.1" required autofocus />
      </Field>
      <Field label={tell("enter.device")}>
        <input name="device" required maxLength={80} autocomplete="off" />
      </Field>
    </>
  );
}

function Wears({ gloves }: { gloves: boolean }): JSX.Element {
  const tell = useTell();
  return (
    <>
      <Choice name="mask" label={tell("enter.mask")} values={MASKS} room="mask" />
      {gloves && (
        <label class="check">
          <input name="gloves" type="checkbox" /> {tell("enter.gloves")}
        </label>
      )}
    </>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  values: readonly string[];
  room: string;
}

export function Choice({ name, label, values, room }: ChoiceProps): JSX.Element {
  const tell = useTell();
  return (
    <Field label={label}>
      <select name={name} required>
        {values.map((one) => (
          <option key={one} value={one}>
            {valueWord(tell, room, one)}
          </option>
        ))}
      </select>
    </Field>
  );
}
