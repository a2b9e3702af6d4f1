import type { JSX } from "preact";
import { useNow } from "../state/now";
import { useSay } from "../words/say";
import { absolute, coarse, counting } from "../words/time";

/** An age that counts up in place, the moment itself on hover. */
export function Age({ since }: { since: string }): JSX.Element {
  const now_ms = useNow(1_000);
  return (
    <time class="age" dateTime={since} title={absolute(since)}>
      {counting(now_ms - Date.parse(since))}
    </time>
  );
}

/** "3 min ago", the moment itself on hover. */
export function Ago({ at }: { at: string }): JSX.Element {
  const say = useSay();
  const now_ms = useNow(15_000);
  return (
    <time dateTime={at} title={absolute(at)}>
      {coarse(say, now_ms - Date.parse(at))}
    </time>
  );
}
