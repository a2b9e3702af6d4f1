import type { JSX, TargetedEvent } from "preact";
import { SYMPTOMS } from "../api/cases";
import { Choice, StepForm, Text, text, useDraft, useWork } from "./form";
import { newest } from "./steps";
import { useTell } from "./words";

const NONE = "none";

/** What is seen or told; "none" is an answer too, and stands alone. */
export function Symptoms(): JSX.Element {
  const tell = useTell();
  const { view } = useWork();
  const draft = useDraft("symptoms");
  const before = newest(view, "symptoms")?.body;
  const entered = before === undefined ? [] : noneIfEmpty(before["symptoms"] as string[]);
  const chosen = draft === undefined ? entered : draft.getAll("symptom").map(String);
  const body = (said: FormData): unknown => {
    const symptoms = said.getAll("symptom").map(String);
    return symptoms.length === 0 ? null : { symptoms: symptoms.filter((one) => one !== NONE), detail: text(said, "detail") };
  };
  return (
    <StepForm step="symptoms" deed="symptoms" go="symptoms.go" lacks={tell("symptoms.lacks")} body={body}>
      <fieldset>
        <legend>{tell("symptoms.how")}</legend>
        {[...SYMPTOMS, NONE].map((one) => (
          <Choice key={one} type="checkbox" name="symptom" value={one} checked={chosen.includes(one)} onChange={alone}>
            {tell(`symptom.${one as "none"}`)}
          </Choice>
        ))}
      </fieldset>
      <Text name="detail" label={tell("symptoms.detail")} value={text(draft, "detail") || String(before?.["detail"] ?? "")} />
    </StepForm>
  );
}

const noneIfEmpty = (symptoms: string[]): string[] => (symptoms.length === 0 ? [NONE] : symptoms);

/** None, or some of the others; never both. */
function alone(event: TargetedEvent<HTMLInputElement>): void {
  const { checked, value, form } = event.currentTarget;
  if (!checked || form === null) return;
  for (const box of form.querySelectorAll<HTMLInputElement>("input[name=symptom]")) {
    if ((box.value === NONE) !== (value === NONE)) box.checked = false;
  }
}
