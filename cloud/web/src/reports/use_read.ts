import { useCallback, useEffect, useState } from "preact/hooks";
import { Refused } from "../api/client";

export interface Read<T> {
  found: T | null;
  failed: boolean;
  again: () => void;
}

/** What the cloud answers to `ask`; asked anew when `about` changes. An answer to an earlier question is not taken. */
export function useRead<T>(ask: () => Promise<T>, about: string, ended: () => void): Read<T> {
  const [found, setFound] = useState<T | null>(null);
  const [failed, setFailed] = useState(false);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let wanted = true;
    setFailed(false);
    ask().then(
      (answer) => wanted && setFound(answer),
      (error: unknown) => {
        if (!wanted) return;
        if (error instanceof Refused && error.status === 401) ended();
        else setFailed(true);
      },
    );
    return () => {
      wanted = false;
    };
  }, [about, tries]);
  return { found, failed, again: useCallback(() => setTries((count) => count + 1), []) };
}
