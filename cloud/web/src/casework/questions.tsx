import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ANSWERS, type Question } from "../api/cases";
import { Choice, StepForm, Text, text, useDraft, useWork } from "./form";
import { newest } from "./steps";
import { useTell } from "./words";

interface Given {
  answer: string;
  detail: string;
}

/** The questions of the case's version, each with yes, no or declined; a yes wants to know more. */
export function Questions(): JSX.Element {
  const tell = useTell();
  const { view } = useWork();
  const { version, questions } = view.questionnaire;
  const draft = useDraft("answers");
  const before = (newest(view, "answers")?.body["answers"] ?? {}) as Record<string, Given>;
  const [given, setGiven] = useState<Record<string, string>>(() =>
    Object.fromEntries(questions.map(({ key }) => [key, text(draft, key) || before[key]?.answer || ""])),
  );
  const [open, setOpen] = useState(questions.length);
  const body = (said: FormData): unknown => ({
    version,
    answers: Object.fromEntries(questions.map(({ key }) => [key, { answer: text(said, key), detail: text(said, `${key} detail`) }])),
  });
  const count = (event: Event): void => setOpen(stillOpen(event.currentTarget as HTMLElement));
  return (
    <div class="questions" onSubmitCapture={count}>
      <StepForm step="answers" deed="answers" go="answers.go" lacks={tell("answers.lacks", { n: open })} body={body}>
        <p class="dim">{tell("answers.how")}</p>
        {questions.map((one) => (
          <Asked
            key={one.key}
            question={one}
            answer={given[one.key] ?? ""}
            detail={text(draft, `${one.key} detail`) || (before[one.key]?.detail ?? "")}
            choose={(answer) => setGiven((now) => ({ ...now, [one.key]: answer }))}
          />
        ))}
        <p class="dim small">{tell("answers.version", { version })}</p>
      </StepForm>
    </div>
  );
}

/** Questions with a field that is not filled in. */
const stillOpen = (place: HTMLElement): number => place.querySelectorAll("fieldset:has(:invalid)").length;

interface AskedProps {
  question: Question;
  answer: string;
  detail: string;
  choose: (answer: string) => void;
}

function Asked({ question, answer, detail, choose }: AskedProps): JSX.Element {
  const tell = useTell();
  const more = question[`more_${tell.language}`];
  return (
    <fieldset data-question={question.key}>
      <legend>{question[tell.language]}</legend>
      {ANSWERS.map((one) => (
        <Choice key={one} type="radio" name={question.key} value={one} checked={one === answer} onChange={() => choose(one)}>
          {tell(`answer.${one}`)}
        </Choice>
      ))}
      {answer === "yes" && more !== "" && <Text name={`${question.key} detail`} label={more} value={detail} required />}
    </fieldset>
  );
}
