import type { JSX } from "preact";
import { useNow } from "../state/now";
import { useSay } from "../words/say";
import { counting } from "../words/time";
import { Shape } from "./shapes";

/** The screen is not current: said loudly, and kept until something arrives. */
export function StaleBanner({ heardAt_ms }: { heardAt_ms: number }): JSX.Element {
  const say = useSay();
  useNow(1_000);
  return (
    <p class="stale-banner" role="alert">
      <Shape sign="unknown" />
      {say("banner.stale", { age: counting(performance.now() - heardAt_ms) })}
    </p>
  );
}
