import type { JSX } from "preact";
import type { Task } from "./api";
import { near } from "./times";
import { useTell, valueWord } from "./words";

const OVER: readonly string[] = ["done", "done_late", "missed"];
export const isOver = (task: Task): boolean => OVER.includes(task.state);

interface Props {
  tasks: readonly Task[];
  now: string;
  enter?: (task: Task) => void;
}

/** What is to be done, the overdue first; what is over is folded away. */
export function Tasks({ tasks, now, enter }: Props): JSX.Element {
  const tell = useTell();
  const over = tasks.filter(isOver);
  const left = tasks.filter((task) => !isOver(task));
  return (
    <>
      {left.length === 0 && <p class="dim">{tell("today.none")}</p>}
      {left.length > 0 && <List tasks={left} now={now} {...(enter && { enter })} />}
      {over.length > 0 && (
        <details class="over">
          <summary>{tell("today.over", { n: over.length })}</summary>
          <List tasks={over} now={now} />
        </details>
      )}
    </>
  );
}

function List({ tasks, now, enter }: Props): JSX.Element {
  const tell = useTell();
  return (
    <ul class="tasks">
      {tasks.map((task) => (
        <li key={`${task.person} ${task.kind} ${task.due_at}`} data-task={task.kind} data-person={task.person} data-state={task.state}>
          <span class="stage">{tell(`state.${task.state}`)}</span>
          <time dateTime={task.due_at}>{near(task.due_at, now)}</time>
          <strong>{task.name}</strong>
          <span class="what">
            {valueWord(tell, "task", task.kind)} {task.manual && <span class="tag">{tell("manual")}</span>}
          </span>
          {task.state === "overdue" && task.supervisor !== null && <span class="dim small">{tell("supervisor", { name: task.supervisor })}</span>}
          {enter && (
            <button
              type="button"
              class="quiet"
              aria-label={tell("enter.of", { name: task.name, what: valueWord(tell, "task", task.kind) })}
              onClick={() => enter(task)}
            >
              {tell("enter")}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
