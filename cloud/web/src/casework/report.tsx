import type { JSX } from "preact";
import { StepForm, Text, text, useDraft, useWork } from "./form";
import { ReceiptList } from "../view/receipts";
import { useTell } from "./words";

/** One button: the leading group is told at once. */
export function Report(): JSX.Element {
  const tell = useTell();
  const { view } = useWork();
  const draft = useDraft("reported");
  const go = view.first_reported_at === null ? "report.go" : "report.again";
  return (
    <StepForm step="reported" deed="report" go={go} lacks={tell("report.lacks")} disabled={!view.may_report} body={(said) => ({ text: text(said, "text") })}>
      <p class="dim">{tell("report.how")}</p>
      <Text name="text" label={tell("report.text")} value={text(draft, "text")} />
    </StepForm>
  );
}

/** Who has the report, by which way, since when. */
export function Receipts(): JSX.Element | null {
  const tell = useTell();
  const { view } = useWork();
  if (view.first_reported_at === null) return null;
  if (view.receipts.length === 0) return <p class="receipts dim">{tell("receipts.none")}</p>;
  return <ReceiptList rows={view.receipts} />;
}
