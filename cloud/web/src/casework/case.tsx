/** One case, worked on step by step: loaded when the first one is in hand. */
import type { FunctionComponent, JSX } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import type { CaseView } from "../api/cases";
import { enterNextStep } from "../view/in_hand";
import type { Language } from "../words/table";
import "./casework.css";
import { Ending } from "./ending";
import { FollowUp } from "./follow_up";
import { AtWork, Said, type Drafts } from "./form";
import { History } from "./history";
import { Questions } from "./questions";
import { Receipts, Report } from "./report";
import { SecondReading } from "./second_reading";
import { done, nextStep, STEPS, type Step } from "./steps";
import { Symptoms } from "./symptoms";
import { TakeOver } from "./take_over";
import { summary } from "./told";
import { useCase } from "./use_case";
import { teller, Told, useTell } from "./words";

export interface CaseProps {
  id: string;
  /** Whatever differs when somebody else entered something. */
  changed: unknown;
  user: string;
  /** Whether this account works on cases; otherwise it only reads. */
  works: boolean;
  language: Language;
  drafts: Drafts;
  ended: () => void;
}

const FORMS: Readonly<Record<Step, FunctionComponent>> = {
  second_reading: SecondReading,
  symptoms: Symptoms,
  answers: Questions,
  reported: Report,
  closed: Ending,
  follow_up: FollowUp,
};

export default function Case(props: CaseProps): JSX.Element {
  const tell = teller(props.language);
  const { view, ...working } = useCase(props.id, props.changed, props.ended);
  const [opened, setOpened] = useState<Step | null>(null);
  const [went, setWent] = useState(0);
  const goOn = (): void => {
    setOpened(null);
    setWent(went + 1);
  };
  useLayoutEffect(() => void (went > 0 && enterNextStep()), [went]);
  return (
    <Told.Provider value={tell}>
      <section class="casework" data-case={props.id} aria-label={tell("work")}>
        {view === null && working.trouble === null && <p class="dim">{tell("loading")}</p>}
        {working.trouble?.deed === null && <Said trouble={working.trouble} />}
        {view !== null && (
          <AtWork.Provider value={{ ...working, view, drafts: props.drafts, goOn }}>
            <Whose view={view} user={props.user} works={props.works} />
            <Steps view={view} user={props.user} works={props.works} opened={opened} open={setOpened} />
            <History />
          </AtWork.Provider>
        )}
      </section>
    </Told.Provider>
  );
}

function Whose({ view, user, works }: { view: CaseView; user: string; works: boolean }): JSX.Element {
  const tell = useTell();
  const closed = view.item.state === "closed";
  const mine = view.owner === user;
  return (
    <div class="whose">
      <p class="owner">
        {closed && tell("ended", { outcome: view.outcome === null ? "–" : tell(`outcome.${view.outcome}`) })}
        {!closed && tell(mine ? "yours" : "theirs", { user: view.owner ?? "–" })}
        {view.suspected && <span class="flag hot">{tell("suspected")}</span>}
      </p>
      {!closed && !mine && works && <TakeOver next />}
    </div>
  );
}

interface StepsProps {
  view: CaseView;
  user: string;
  works: boolean;
  opened: Step | null;
  open: (step: Step | null) => void;
}

function Steps({ view, user, works, opened, open }: StepsProps): JSX.Element {
  const next = nextStep(view);
  const closed = view.item.state === "closed";
  const mine = works && view.owner === user;
  const shown = STEPS.filter((step) => done(view, step) || (mine && !closed) || (works && closed && step === "follow_up"));
  const toggle = (step: Step): void => open((opened ?? next) === step ? (step === next ? opened : null) : step);
  return (
    <ol class="steps">
      {shown.map((step) => (
        <StepRow
          key={step}
          view={view}
          step={step}
          next={step === next && (mine || closed)}
          open={step === (opened ?? next)}
          may={closed ? works && step === "follow_up" : mine}
          toggle={() => toggle(step)}
        />
      ))}
    </ol>
  );
}

interface RowProps {
  view: CaseView;
  step: Step;
  next: boolean;
  open: boolean;
  may: boolean;
  toggle: () => void;
}

function StepRow({ view, step, next, open, may, toggle }: RowProps): JSX.Element {
  const tell = useTell();
  const Form = FORMS[step];
  const state = done(view, step) ? "done" : next ? "next" : "later";
  const line = (
    <>
      <span class="tick" aria-hidden="true">
        {state === "done" ? "✓" : STEPS.indexOf(step) + 1}
      </span>
      <span class="name">{tell(`step.${step}`)}</span>
      <span class="unseen">{tell(`mark.${state}`)}</span>
      <span class="entered">{summary(tell, view, step)}</span>
    </>
  );
  return (
    <li data-step={step} data-state={state} data-next={next} class={next ? "next" : ""}>
      {may ? (
        <button type="button" class="step" aria-expanded={open} onClick={toggle}>
          {line}
        </button>
      ) : (
        <p class="step">{line}</p>
      )}
      {step === "reported" && <Receipts />}
      {may && open && <Form />}
    </li>
  );
}
