import { useEffect, useState } from "preact/hooks";
import { Refused } from "../api/client";

interface Asked<T> {
  /** Null until it came. */
  found: T | null;
  failed: boolean;
}

/** Asks at once, when `of` changes, and every `again_ms` where that is given; what was found stays while it fails. */
export function useAsked<T>(ask: () => Promise<T>, of: readonly unknown[], ended: () => void, again_ms = 0): Asked<T> {
  const [asked, setAsked] = useState<Asked<T>>({ found: null, failed: false });
  useEffect(() => {
    let current = true;
    const look = (): void =>
      void ask().then(
        (found) => current && setAsked({ found, failed: false }),
        (error: unknown) => {
          if (current && error instanceof Refused && error.status === 401) ended();
          if (current) setAsked((before) => ({ ...before, failed: true }));
        },
      );
    look();
    const timer = again_ms > 0 ? window.setInterval(look, again_ms) : 0;
    return () => {
      current = false;
      window.clearInterval(timer);
    };
  }, of);
  return asked;
}
