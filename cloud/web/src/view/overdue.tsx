import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { call, Refused } from "../api/client";
import { useSay } from "../words/say";

const EVERY_MS = 30_000;

/** How many tasks of the staff are overdue, beside the way to them. Where the cloud does not say, that is shown, not a nought. */
export function Overdue({ ended }: { ended: () => void }): JSX.Element {
  const say = useSay();
  const [count, setCount] = useState<number | null>(null);
  useEffect(() => {
    let current = true;
    const look = (): void =>
      void call("GET", "/api/staff/overdue").then(
        (found) => current && setCount((found as { overdue: number }).overdue),
        (error: unknown) => {
          if (current && error instanceof Refused && error.status === 401) ended();
          if (current) setCount(null);
        },
      );
    look();
    const timer = window.setInterval(look, EVERY_MS);
    return () => {
      current = false;
      window.clearInterval(timer);
    };
  }, []);
  return (
    <strong class={count === null || count === 0 ? "overdue" : "overdue some"} data-overdue={count ?? "unknown"} title={say("top.overdue")}>
      <span class="unseen">{say("top.overdue")} </span>
      {count ?? "–"}
    </strong>
  );
}
