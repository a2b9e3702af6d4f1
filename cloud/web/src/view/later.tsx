import type { FunctionComponent, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

const AGAIN_MS = 2_000;

/** A part of the screen that is fetched when it is first wanted, so that the screen itself comes fast; asked for again where that fails. */
export function Later<P extends object>({ load, props }: { load: () => Promise<{ default: FunctionComponent<P> }>; props: P }): JSX.Element | null {
  const [Part, setPart] = useState<FunctionComponent<P> | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let timer = 0;
    load().then(
      (module) => setPart(() => module.default),
      () => (timer = window.setTimeout(() => setTries(tries + 1), AGAIN_MS)),
    );
    return () => window.clearTimeout(timer);
  }, [tries]);
  return Part === null ? null : <Part {...props} />;
}
