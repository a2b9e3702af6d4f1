import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Visit } from "../api/types";
import { byNewest } from "../state/board";
import { useSay, word } from "../words/say";
import { Ago } from "./age";
import { VerdictWord } from "./shapes";
import { VisitTemperature } from "./temperature";

/** Each visit is one row; its newest decision replaces the older one in place. */
export function Visits({ visits, heard }: { visits: ReadonlyMap<string, Visit>; heard: boolean }): JSX.Element {
  const say = useSay();
  const rows = useMemo(() => byNewest([...visits.values()]), [visits]);
  return (
    <section class="panel visits" aria-label={say("visits.title")}>
      <header>
        <h2>{say("visits.title")}</h2>
        <span class="count">{heard ? rows.length : "–"}</span>
      </header>
      {rows.length === 0 ? (
        <p class="empty dim">{say(heard ? "visits.empty" : "loading")}</p>
      ) : (
        <div class="scroll" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th>{say("visits.time")}</th>
                <th>{say("visits.gate")}</th>
                <th>{say("visits.verdict")}</th>
                <th>{say("mask")}</th>
                <th>{say("visits.temperature")}</th>
                <th>{say("visits.notes")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((visit) => (
                <Row key={visit.visit} visit={visit} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Row({ visit }: { visit: Visit }): JSX.Element {
  const say = useSay();
  return (
    <tr data-visit={visit.visit} data-verdict={visit.verdict} data-revision={visit.revision}>
      <td class="dim">
        <Ago at={visit.decided} />
      </td>
      <td>{visit.gate}</td>
      <td>
        <VerdictWord verdict={visit.verdict} />
      </td>
      <td class={visit.screened_for.mask ? "" : "dim"} data-label={visit.screened_for.mask ? say("mask") : ""}>
        {visit.screened_for.mask ? word(say, "mask", visit.mask) : say("visits.nomask")}
      </td>
      <td>
        <VisitTemperature visit={visit} />
      </td>
      <td class="notes">
        <Notes visit={visit} />
      </td>
    </tr>
  );
}

function Notes({ visit }: { visit: Visit }): JSX.Element {
  const say = useSay();
  const notes = visit.reasons.map((reason) => word(say, "reason", reason));
  if (visit.revision > 0) notes.push(say("visits.revision", { n: visit.revision + 1 }));
  if (visit.late) notes.push(say("visits.late"));
  if (visit.record_late) notes.push(say("visits.recordlate"));
  return (
    <>
      {visit.replay && <span class="replay">{say("visits.replay")}</span>}
      {notes.map((note) => (
        <span key={note} class="note">
          {note}
        </span>
      ))}
    </>
  );
}
