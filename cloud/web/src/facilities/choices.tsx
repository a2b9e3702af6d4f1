import type { JSX } from "preact";
import { Field, Trouble } from "../admin/fields";
import { useRows } from "../admin/use_doing";
import { members } from "../staff/api";
import type { Asset } from "./api";
import { sensorsNow } from "./board_api";
import { useTell } from "./words";

const KNOWN = "known-sensors";

/** Who it is that disinfects: chosen by name. Whoever has it now stays in the list while it has not come, or could not be read. */
export function PersonField({ asset }: { asset: Asset | null }): JSX.Element {
  const tell = useTell();
  const { rows, doing } = useRows(members);
  const now = asset?.person ?? "";
  const there = (rows ?? []).map((one) => ({ id: one.id, name: [one.name, one.team, one.number].filter((part) => part !== "").join(" · ") }));
  if (now !== "" && !there.some((one) => one.id === now)) there.unshift({ id: now, name: asset?.person_name ?? now });
  return (
    <>
      <Field label={tell("asset.person")}>
        <select name="person">
          <option value="">{tell("asset.person.none")}</option>
          {there.map((one) => (
            <option key={one.id} value={one.id} selected={one.id === now}>
              {one.name}
            </option>
          ))}
        </select>
      </Field>
      <Trouble trouble={doing.trouble} />
    </>
  );
}

interface SensorProps {
  label: string;
  value: string;
  required?: boolean;
  placeholder?: string;
}

/** A sensor by its name; those that are heard are offered, with where they are. */
export function SensorField({ label, value, ...more }: SensorProps): JSX.Element {
  const { rows } = useRows(sensorsNow);
  return (
    <Field label={label}>
      <input name="sensor" list={KNOWN} defaultValue={value} pattern="[^\/]+\/[^\/]+\/[^\/]+" spellcheck={false} autocapitalize="none" autocomplete="off" {...more} />
      <datalist id={KNOWN}>
        {(rows?.sensors ?? []).map((one) => {
          const name = `${one.gate}/${one.sensor}/${one.quantity}`;
          return <option key={name} value={name} label={one.place} />;
        })}
      </datalist>
    </Field>
  );
}
