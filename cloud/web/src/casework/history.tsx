import type { JSX } from "preact";
import { absolute, ofDay } from "../words/time";
import { useWork } from "./form";
import { told } from "./told";
import { named, useTell } from "./words";

/** Everything that was entered: when, by whom, what. */
export function History(): JSX.Element {
  const tell = useTell();
  const { view } = useWork();
  return (
    <details class="history">
      <summary>{tell("history", { n: view.entries.length })}</summary>
      <ol>
        {view.entries.map((one, at) => (
          <li key={at}>
            <time dateTime={one.at} title={absolute(one.at)} class="dim">
              {ofDay(one.at)}
            </time>{" "}
            <strong>{one.user}</strong> · {named(tell, "step", one.step)} <span class="dim">{told(tell, one)}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}
