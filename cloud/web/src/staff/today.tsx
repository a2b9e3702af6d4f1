import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Trouble } from "../admin/fields";
import { useDoing } from "../admin/use_doing";
import { Waiting } from "../admin/waiting";
import { enter, today, type OnDuty, type Task } from "./api";
import { EnterDialog } from "./entry";
import { Tasks } from "./tasks";
import { clock, near } from "./times";
import { usePolled } from "./use_polled";
import { Warnings } from "./warnings";
import { useTell, valueWord } from "./words";

/** Who is on duty, what is overdue and what comes next; everything by hand is entered from here. */
export function TodayPage({ enters }: { enters: boolean }): JSX.Element {
  const tell = useTell();
  const { rows, doing, again } = usePolled(today);
  const [task, setTask] = useState<Task | null>(null);
  const count = (state: string): number => rows?.tasks.filter((one) => one.state === state).length ?? 0;
  return (
    <section class="page" aria-label={tell("tab.today")}>
      <Trouble trouble={doing.trouble} />
      {doing.trouble !== null && rows !== null && <p class="dim">{tell("stale", { when: clock(rows.at) })}</p>}
      <Waiting rows={rows} doing={doing} again={again} />
      {rows !== null && (
        <>
          <h2 class="day" aria-live="polite">
            {tell("today.count", { day: rows.day, overdue: count("overdue"), open: count("open") })}
          </h2>
          <Warnings today={rows} />
          <Tasks tasks={rows.tasks} now={rows.at} {...(enters && { enter: setTask })} />
          <h2>{tell("today.duty")}</h2>
          {rows.on_duty.length === 0 ? <p class="dim">{tell("today.nobody")}</p> : <Duty rows={rows.on_duty} now={rows.at} enters={enters} again={again} />}
        </>
      )}
      {task !== null && <EnterDialog task={task} close={() => setTask(null)} again={again} />}
    </section>
  );
}

interface DutyProps {
  rows: readonly OnDuty[];
  now: string;
  enters: boolean;
  again: () => Promise<void>;
}

function Duty({ rows, now, enters, again }: DutyProps): JSX.Element {
  const tell = useTell();
  const doing = useDoing();
  const note = async (person: string, kind: "out" | "back"): Promise<void> => {
    if (await doing.run(() => enter(person, { kind }))) await again();
  };
  return (
    <>
      <Trouble trouble={doing.trouble} />
      <ul class="duty">
        {rows.map((one) => (
          <li key={`${one.person} ${one.begins}`} data-duty={one.person} class={one.now ? "now" : ""}>
            <strong>
              {one.name} {one.now && <span class="tag">{tell("today.now")}</span>}
            </strong>
            <span>{one.posts.map((post) => valueWord(tell, "post", post)).join(" · ")}</span>
            <span class="figure">
              {near(one.begins, now)}–{near(one.ends, now)}
            </span>
            <span class="dim">{seenText(one, now)}</span>
            {enters && one.now && (
              <span class="acts">
                {(["out", "back"] as const).map((kind) => (
                  <button key={kind} type="button" class="quiet" aria-label={tell(`${kind}.of`, { name: one.name })} onClick={() => void note(one.person, kind)}>
                    {tell(`enter.${kind}`)}
                  </button>
                ))}
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  );

  function seenText(one: OnDuty, at: string): string {
    if (one.seen_at === null) return tell("seen.never");
    return `${near(one.seen_at, at)} ${one.seen_gate ?? ""}, ${valueWord(tell, "seen.mask", one.seen_mask ?? "unsure")}`;
  }
}
