/** Reading and changing, with what went wrong in words. */
import { createContext } from "preact";
import { useCallback, useContext, useEffect, useState } from "preact/hooks";
import { Refused } from "../api/client";
import { isExact } from "../words/refusal";
import type { AdminKey } from "./words";

/** What to do when the session is over. */
export const Ended = createContext<() => void>(() => undefined);

const FAILURES: Readonly<Record<number, AdminKey>> = { 400: "fail.wrong", 403: "fail.may", 404: "fail.gone", 422: "fail.wrong", 429: "fail.many" };
/** A line of this screen, or what exactly the cloud refused. */
export type Complaint = AdminKey | Refused;
type Own = Readonly<Record<number, AdminKey>>;

export interface Doing {
  busy: boolean;
  trouble: Complaint | null;
  /** Runs it; `own`: what a status means here where the cloud does not say it exactly. Answers whether it went well. */
  run(deed: () => Promise<unknown>, own?: Own): Promise<boolean>;
  complain(trouble: AdminKey): void;
}

export function useDoing(): Doing {
  const ended = useContext(Ended);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Complaint | null>(null);
  const run = useCallback(
    async (deed: () => Promise<unknown>, own: Own = {}): Promise<boolean> => {
      setBusy(true);
      setTrouble(null);
      try {
        await deed();
        return true;
      } catch (error) {
        const no = error instanceof Refused ? error : new Refused(0);
        if (no.status === 401) ended();
        setTrouble(isExact(no) ? no : (own[no.status] ?? FAILURES[no.status] ?? "fail.away"));
        return false;
      } finally {
        setBusy(false);
      }
    },
    [ended],
  );
  return { busy, trouble, run, complain: setTrouble };
}

/** Rows that are read at once and whenever asked; null while they have not come. */
export function useRows<T>(read: () => Promise<T>): { rows: T | null; doing: Doing; again: () => Promise<void> } {
  const doing = useDoing();
  const [rows, setRows] = useState<T | null>(null);
  const { run } = doing;
  const again = useCallback(async (): Promise<void> => {
    await run(async () => setRows(await read()));
  }, [run, read]);
  useEffect(() => void again(), [again]);
  return { rows, doing, again };
}
