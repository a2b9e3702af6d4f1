import type { JSX } from "preact";
import { StepForm, Text, text, useDraft, useWork } from "./form";
import { useTell } from "./words";

/** What became of it later; also after the case was closed. */
export function FollowUp(): JSX.Element {
  const tell = useTell();
  const { view } = useWork();
  const draft = useDraft("follow_up");
  const body = (said: FormData): unknown => (text(said, "text").length < 3 ? null : { text: text(said, "text") });
  const number = view.entries.filter((one) => one.step === "follow_up").length;
  return (
    <StepForm key={number} step="follow_up" deed="follow-up" go="follow.go" lacks={tell("follow.lacks")} body={body}>
      <p class="dim">{tell("follow.how")}</p>
      <Text name="text" label={tell("follow.text")} value={text(draft, "text")} required minLength={3} />
    </StepForm>
  );
}
