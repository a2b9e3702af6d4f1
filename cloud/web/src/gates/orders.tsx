import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Verb } from "../api/gates";
import { Answer } from "./answer";
import { Confirm } from "./confirm";
import { useOrder } from "./use_order";
import { useTell, verbKey } from "./words";

interface Props {
  gate: string;
  /** Null where the gate does not say: then both ways are offered. */
  held: boolean | null;
  begin: Verb | null;
  ended: () => void;
}

/** What the gate can be told; each is asked once more, and its answer is shown. */
export function Orders({ gate, held, begin, ended }: Props): JSX.Element {
  const tell = useTell();
  const [chosen, setChosen] = useState<Verb | null>(begin);
  const order = useOrder(gate, ended);
  const verbs: Verb[] = ["open_once", ...(held === true ? [] : ["hold" as const]), ...(held === false ? [] : ["release" as const]), "close", "message"];
  const give = async (verb: Verb, said: Record<string, string>): Promise<void> => {
    setChosen(null);
    await order.give(verb, said);
  };
  return (
    <section class="orders" aria-label={tell("order.title")}>
      <p class="buttons">
        {verbs.map((verb) => (
          <button
            key={verb}
            type="button"
            class="quiet framed"
            data-verb={verb}
            aria-pressed={verb === chosen}
            disabled={order.answer?.state === "busy"}
            onClick={() => (order.forget(), setChosen(verb))}
          >
            {tell(verbKey(verb))}
          </button>
        ))}
      </p>
      {chosen !== null && <Confirm key={chosen} gate={gate} verb={chosen} give={(said) => void give(chosen, said)} cancel={() => setChosen(null)} />}
      {order.answer !== null && <Answer answer={order.answer} />}
    </section>
  );
}
