import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { MISTAKES, type CaseView, type Outcome } from "../api/cases";
import { Choice, StepForm, Text, text, useDraft, useWork } from "./form";
import { named, useTell, type Tell } from "./words";

/** How it ended; what is still missing for each way is said in words. */
export function Ending(): JSX.Element {
  const tell = useTell();
  const { view } = useWork();
  const draft = useDraft("closed");
  const [chosen, setChosen] = useState(text(draft, "outcome"));
  const needsWords = chosen === "left" || (chosen === "not_admitted" && !view.suspected);
  const body = (said: FormData): unknown => ({
    outcome: text(said, "outcome"),
    detail: text(said, "detail"),
    ...(said.has("why") ? { why: text(said, "why") } : {}),
  });
  return (
    <StepForm step="closed" deed="close" go="close.go" lacks={tell("close.lacks")} body={body}>
      <fieldset class="outcomes">
        <legend>{tell("close.how")}</legend>
        {(Object.keys(view.missing) as Outcome[]).map((one) => (
          <Choice key={one} type="radio" name="outcome" value={one} checked={one === chosen} disabled={lacksOf(view, one).length > 0} onChange={() => setChosen(one)}>
            {tell(`outcome.${one}`)}
            <Lacks tell={tell} what={lacksOf(view, one)} />
          </Choice>
        ))}
      </fieldset>
      {chosen === "false_alarm" && (
        <fieldset>
          <legend>{tell("close.mistake")}</legend>
          {MISTAKES.map((one) => (
            <Choice key={one} type="radio" name="why" value={one} checked={one === text(draft, "why")}>
              {tell(`mistake.${one}`)}
            </Choice>
          ))}
        </fieldset>
      )}
      {chosen !== "" && <Text key={String(needsWords)} name="detail" label={tell(needsWords ? "close.why" : "close.detail")} value={text(draft, "detail")} required={needsWords} />}
    </StepForm>
  );
}

const lacksOf = (view: CaseView, outcome: Outcome): string[] => view.missing[outcome] ?? [];

function Lacks({ tell, what }: { tell: Tell; what: string[] }): JSX.Element | null {
  if (what.length === 0) return null;
  const words = what.map((one) => named(tell, "missing", one)).join(tell("close.join"));
  return <small>{tell("close.missing", { what: words })}</small>;
}
