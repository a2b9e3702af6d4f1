import type { JSX } from "preact";
import { refusalHere } from "../words/refusal";
import { Shape, type Sign } from "../view/shapes";
import type { Answered } from "./use_order";
import { answered, useTell, verbKey, type Tell } from "./words";

const SIGNS: Readonly<Record<Answered["state"], Sign>> = {
  busy: "wait",
  done: "pass",
  refused: "recheck",
  expired: "unknown",
  forbidden: "hold",
  failed: "unknown",
  unsent: "unknown",
  wrong: "unknown",
};

/** What became of a command, in one line that is read aloud. */
export function Answer({ answer }: { answer: Answered }): JSX.Element {
  const tell = useTell();
  return (
    <p class="answer" role="status" data-answer={answer.state}>
      <Shape sign={SIGNS[answer.state]} />
      <span>
        <strong>{tell(verbKey(answer.verb))}</strong> · {line(tell, answer)}
      </span>
    </p>
  );
}

function line(tell: Tell, answer: Answered): string {
  switch (answer.state) {
    case "done":
    case "refused":
      return `${tell(`answer.${answer.state}`)}${tell.language === "zh" ? "：" : ": "}${answered(tell, answer.detail)}`;
    case "unsent":
    case "wrong":
      return tell(`answer.${answer.state}`, { why: refusalHere(answer.no) || "–" });
    case "busy":
      return tell("busy");
    default:
      return tell(`answer.${answer.state}`);
  }
}
