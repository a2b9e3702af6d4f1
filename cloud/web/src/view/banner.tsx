import type { JSX } from "preact";
import { useNow } from "../state/now";
import { useSay } from "../words/say";
import { counting } from "../words/time";
import { Shape } from "./shapes";

/** The screen is not current: said loudly, and kept until something arrives. */
export function StaleBanner({ heardAt_ms, ever }: { heardAt_ms: number; ever: boolean }): JSX.Element {
  const say = useSay();
  useNow(1_000);
  return (
    <p class="stale-banner" role="alert">
      <Shape sign="unknown" />
      {ever ? say("banner.stale", { age: counting(performance.now() - heardAt_ms) }) : say("banner.unheard")}
    </p>
  );
}

/** Only a part of everything is shown: said as long as it is so, with what waits elsewhere. */
export function SiteBanner({ site, elsewhere, all }: { site: string; elsewhere: number; all: () => void }): JSX.Element {
  const say = useSay();
  return (
    <p class="site-banner" role="status" data-only-site={site}>
      {say("site.only", { site })}
      {elsewhere > 0 && <strong>{say("site.elsewhere", { n: elsewhere })}</strong>}
      <button type="button" class="quiet framed" data-action="all-sites" onClick={all}>
        {say("site.all")}
      </button>
    </p>
  );
}
