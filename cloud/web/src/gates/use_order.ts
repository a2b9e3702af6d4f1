import { useState } from "preact/hooks";
import { Refused } from "../api/client";
import { command, type Verb } from "../api/gates";

export type Answered =
  | { state: "busy" | "expired" | "forbidden" | "failed"; verb: Verb }
  | { state: "done" | "refused"; verb: Verb; detail: string }
  | { state: "unsent" | "wrong"; verb: Verb; no: Refused };

interface Order {
  answer: Answered | null;
  give: (verb: Verb, said: Record<string, string>) => Promise<void>;
  forget: () => void;
}

/** Gives one command and keeps what became of it. */
export function useOrder(gate: string, ended: () => void): Order {
  const [answer, setAnswer] = useState<Answered | null>(null);
  const give = async (verb: Verb, said: Record<string, string>): Promise<void> => {
    setAnswer({ state: "busy", verb });
    try {
      const outcome = await command(gate, verb, said);
      setAnswer({ state: outcome.done ? "done" : "refused", verb, detail: outcome.detail });
    } catch (error) {
      const no = error instanceof Refused ? error : new Refused(0);
      if (no.status === 401) ended();
      setAnswer(refusal(no, verb));
    }
  };
  return { answer, give, forget: () => setAnswer(null) };
}

function refusal(no: Refused, verb: Verb): Answered {
  switch (no.status) {
    case 403:
      return { state: "forbidden", verb };
    case 503:
      return { state: "unsent", verb, no };
    case 504:
      return { state: "expired", verb };
    case 0:
      return { state: "failed", verb };
    default:
      return { state: "wrong", verb, no };
  }
}
