import type { JSX } from "preact";
import { absolute } from "../words/time";
import { chronicle, type Line } from "./api";
import type { Shared } from "./days";
import { Failed } from "./failed";
import { Take } from "./take";
import { useRead } from "./use_read";
import { useTell } from "./words";

/** What happened, one dated line each; nobody typed it. */
export function Chronicle(props: Shared): JSX.Element {
  const tell = useTell();
  const { found, failed, again } = useRead<{ lines: Line[]; more: boolean }>(chronicle, "", props.ended);
  return (
    <section class="page daily" aria-label={tell("tab.chronicle")}>
      {props.mayTake && (
        <p class="buttons">
          <Take what="chronicle" language={props.language} />
        </p>
      )}
      <p class="dim">{tell("chronicle.note")}</p>
      {failed && <Failed again={again} />}
      {found === null && !failed && <p class="dim">{tell("loading")}</p>}
      {found !== null && found.lines.length === 0 && <p class="dim">{tell("chronicle.none")}</p>}
      <ol class="chronicle">
        {found?.lines.map((line) => (
          <li key={`${line.at} ${line.zh}`} data-deed={line.deed}>
            <time dateTime={line.at}>{absolute(line.at)}</time>
            <span>{line[props.language]}</span>
          </li>
        ))}
      </ol>
      {found?.more && <p class="dim">{tell("chronicle.more")}</p>}
    </section>
  );
}
