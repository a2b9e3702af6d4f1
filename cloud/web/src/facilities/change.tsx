import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Field, sent, Trouble } from "../admin/fields";
import { useDoing } from "../admin/use_doing";
import { Dialog } from "../view/dialog";
import { addAsset, AGENTS, changeAsset, KINDS, type Asset, type Wish } from "./api";
import { PersonField, SensorField } from "./choices";
import { useTell, valueWord, type FacilityKey } from "./words";

interface Props {
  /** Null: a new one. */
  asset: Asset | null;
  close: () => void;
  again: () => Promise<void>;
  ended?: () => void;
}

export function ChangeDialog({ asset, close, again, ended }: Props): JSX.Element {
  const tell = useTell();
  const doing = useDoing();
  const [sure, setSure] = useState(false);
  const send = async (event: Event): Promise<void> => {
    const field = sent(event);
    const deed = (): Promise<unknown> => (asset === null ? addAsset(newOf(field)) : changeAsset(asset.id, changeOf(field)));
    if (!(await doing.run(deed))) return;
    close();
    await again();
  };
  const end = async (): Promise<void> => {
    if (!sure) return setSure(true);
    if (asset !== null && (await doing.run(() => changeAsset(asset.id, { ended: true })))) {
      close();
      ended?.();
    }
  };
  return (
    <Dialog title={asset === null ? tell("asset.add") : tell("asset.change.of", { name: asset.name })} close={close}>
      <form class="card plain" onSubmit={(event) => void send(event)}>
        <Field label={tell("asset.name")}>
          <input name="name" required maxLength={120} defaultValue={asset?.name ?? ""} autocomplete="off" autofocus />
        </Field>
        {asset === null && (
          <>
            <Field label={tell("asset.kind")}>
              <select name="kind">
                {KINDS.map((one) => (
                  <option key={one} value={one}>
                    {valueWord(tell, "kind", one)}
                  </option>
                ))}
              </select>
            </Field>
            <Field label={tell("asset.site")}>
              <input name="site" spellcheck={false} autocapitalize="none" autocomplete="off" />
            </Field>
          </>
        )}
        <div class="pair">
          <Count name="interval_min" label="asset.interval" least={15} value={asset?.own_interval ? asset.interval_min : null} />
          <Count name="grace_min" label="asset.grace" least={0} value={asset?.own_grace ? asset.grace_min : null} />
          <Count name="flow_limit" label="asset.flow" least={1} value={asset?.flow_limit ?? null} />
          <Count name="head_limit" label="asset.heads" least={1} value={asset?.head_limit ?? null} />
        </div>
        <Field label={tell("asset.agent")}>
          <select name="agent">
            <option value="">{tell("asset.agent.any")}</option>
            {AGENTS.map((one) => (
              <option key={one} value={one} selected={asset?.agent === one}>
                {valueWord(tell, "agent", one)}
              </option>
            ))}
          </select>
        </Field>
        <div class="pair">
          <PersonField asset={asset} />
          <SensorField label={tell("asset.sensor")} value={asset?.sensor ?? ""} />
        </div>
        <Trouble trouble={doing.trouble} />
        <div class="buttons">
          <button class="primary" disabled={doing.busy}>
            {tell("save")}
          </button>
          <button type="button" class="quiet" onClick={close}>
            {tell("close")}
          </button>
          {asset !== null && (
            <button type="button" class="quiet" data-action="end" onClick={() => void end()}>
              {tell(sure ? "asset.end.sure" : "asset.end")}
            </button>
          )}
        </div>
      </form>
    </Dialog>
  );
}

function Count({ name, label, least, value }: { name: string; label: FacilityKey; least: number; value: number | null }): JSX.Element {
  const tell = useTell();
  return (
    <Field label={tell(label)}>
      <input name={name} type="number" inputMode="numeric" min={least} max={100000} defaultValue={value ?? ""} />
    </Field>
  );
}

const COUNTS = ["interval_min", "flow_limit", "head_limit"] as const;
const TEXTS = ["agent", "person", "sensor"] as const;
type Read = (name: string) => string;

function newOf(field: Read): Wish {
  const wish: Record<string, string | number> = { name: field("name"), kind: field("kind"), site: field("site") };
  for (const name of [...COUNTS, "grace_min"]) if (field(name) !== "") wish[name] = Number(field(name));
  for (const name of TEXTS) if (field(name) !== "") wish[name] = field(name);
  return wish;
}

/** An empty number or text takes it away; the grace alone stays, because none at all is a grace too. */
function changeOf(field: Read): Wish {
  const wish: Record<string, string | number> = { name: field("name") };
  for (const name of COUNTS) wish[name] = Number(field(name));
  for (const name of TEXTS) wish[name] = field(name);
  if (field("grace_min") !== "") wish["grace_min"] = Number(field("grace_min"));
  return wish;
}
