import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { bringBack, Refused } from "../api/client";
import type { Item } from "../api/types";
import { useSay, word } from "../words/say";
import { ofDay } from "../words/time";
import { isExact, refusalHere } from "../words/refusal";
import { Dialog } from "./dialog";
import { signOf } from "./kinds";
import { Shape } from "./shapes";

interface Props {
  items: Item[];
  supervises: boolean;
  close: () => void;
  ended: () => void;
}

/** What is out of sight: who put it there, why, until when; and the way back. */
export function Withheld({ items, supervises, close, ended }: Props): JSX.Element {
  const say = useSay();
  const [trouble, setTrouble] = useState<Refused | null>(null);
  const back = async (item: Item): Promise<void> => {
    try {
      await bringBack(item.id, item.state === "SHLVD");
      setTrouble(null);
    } catch (error) {
      const no = error instanceof Refused ? error : new Refused(0);
      if (no.status === 401) ended();
      setTrouble(no.status === 409 ? null : no);
    }
  };
  return (
    <Dialog title={say("withheld.title")} close={close}>
      {items.length === 0 && <p class="dim sheet">{say("withheld.none")}</p>}
      <ul class="withheld">
        {items.map((item) => (
          <li key={item.id} data-withheld={item.id}>
            <Shape sign={signOf(item)} />
            <div>
              <strong>{word(say, "kind", item.kind)}</strong> · {item.gate} · {say(item.active ? "withheld.still" : "withheld.gone")}
              <p class="dim">
                {say("withheld.by", { user: item.withheld?.by ?? "–", why: item.withheld?.why ?? "–" })} ·{" "}
                {item.withheld?.until == null ? say("withheld.service") : say("withheld.until", { time: ofDay(item.withheld.until) })}
              </p>
            </div>
            {(item.state === "SHLVD" || supervises) && (
              <button type="button" class="quiet framed" onClick={() => void back(item)}>
                {say("withheld.back")}
              </button>
            )}
          </li>
        ))}
      </ul>
      {trouble !== null && (
        <p role="alert" class="trouble">
          {isExact(trouble) ? refusalHere(trouble) : say("action.failed")}
        </p>
      )}
      <form method="dialog">
        <button class="primary">{say("keys.close")}</button>
      </form>
    </Dialog>
  );
}
