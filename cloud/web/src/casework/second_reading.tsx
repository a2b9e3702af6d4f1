import type { JSX } from "preact";
import { SITES } from "../api/cases";
import { Choice, StepForm, Text, text, useDraft, useWork } from "./form";
import { newest, typedCelsius } from "./steps";
import { useTell } from "./words";

/** What the contact thermometer shows, where, and which one it was. */
export function SecondReading(): JSX.Element {
  const tell = useTell();
  const { view } = useWork();
  const draft = useDraft("second_reading");
  const before = newest(view, "second_reading")?.body ?? {};
  const site = text(draft, "site") || String(before["site"] ?? "");
  const body = (said: FormData): unknown => {
    const celsius = typedCelsius(text(said, "celsius"));
    return celsius === null ? null : { temperature_c: celsius, site: text(said, "site"), device: text(said, "device") };
  };
  return (
    <StepForm step="second_reading" deed="second-reading" go="reading.go" lacks={tell("reading.lacks")} body={body}>
      <div class="measured">
        <label class="celsius">
          <span>{tell("reading.celsius")}</span>
          <input name="celsius" inputMode="decimal" defaultValue={text(draft, "celsius")} required pattern="\s*[34][0-9]([.,][0-9]{1,2})?\s*" maxLength={6} autocomplete="off" />
        </label>
        <fieldset>
          <legend>{tell("reading.site")}</legend>
          {SITES.map((one) => (
            <Choice key={one} type="radio" name="site" value={one} checked={one === site}>
              {tell(`site.${one}`)}
            </Choice>
          ))}
        </fieldset>
      </div>
      <Text name="device" label={tell("reading.device")} value={text(draft, "device") || String(before["device"] ?? "")} />
    </StepForm>
  );
}
