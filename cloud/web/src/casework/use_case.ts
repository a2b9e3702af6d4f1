/** One case as it is now, and entering something into it. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { caseView, enter, type CaseView, type Deed } from "../api/cases";
import { Refused } from "../api/client";
import { isExact } from "../words/refusal";
import { underWay } from "./steps";
import type { CaseKey } from "./words";

/** Receipts come from outside and are on no stream. */
const RECEIPTS_MS = 5_000;
const FAILURES: Readonly<Record<number, CaseKey>> = { 403: "fail.may", 404: "fail.gone", 409: "fail.conflict", 422: "fail.refused", 429: "fail.many" };

/** What went wrong, and with what; `exactly`: what the cloud refused. */
export interface Trouble {
  deed: Deed | null;
  key: CaseKey;
  exactly: Refused | null;
}

export interface Working {
  view: CaseView | null;
  busy: boolean;
  trouble: Trouble | null;
  /** Answers whether it was taken. */
  run(deed: Deed, body?: unknown): Promise<boolean>;
}

/** `changed`: whatever differs when somebody else entered something. */
export function useCase(id: string, changed: unknown, ended: () => void): Working {
  const [view, setView] = useState<CaseView | null>(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const order = useRef({ asked: 0, shown: 0 });
  const show = (found: CaseView, turn: number): void => {
    order.current.shown = turn;
    setView(found);
  };
  /** Read while something was entered, it may be of before that: read again. */
  const latest = useCallback(async (): Promise<void> => {
    const turn = ++order.current.asked;
    const found = await caseView(id);
    if (turn < order.current.shown) await latest();
    else show(found, turn);
  }, [id]);
  const complain = (error: unknown, deed: Deed | null): void => {
    const no = error instanceof Refused ? error : new Refused(0);
    if (no.status === 401) ended();
    const said = isExact(no) || (no.code === "" && no.detail !== "");
    const exactly = said && (no.status === 409 || no.status === 422) ? no : null;
    setTrouble({ deed, key: FAILURES[no.status] ?? "fail.away", exactly });
  };
  const read = useCallback(
    (): Promise<void> =>
      latest().then(
        () => setTrouble((now) => (now?.deed === null ? null : now)),
        (error: unknown) => complain(error, null),
      ),
    [latest],
  );
  const run = async (deed: Deed, body?: unknown): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    setTrouble(null);
    try {
      const found = await enter(id, deed, body);
      show(found, ++order.current.asked);
      return true;
    } catch (error) {
      complain(error, deed);
      if (error instanceof Refused && error.status === 409) await read();
      return false;
    } finally {
      setBusy(false);
    }
  };
  useEffect(() => void read(), [read, changed]);
  const away = trouble?.deed === null && trouble.key === "fail.away";
  const waits = (view !== null && underWay(view)) || away;
  useEffect(() => {
    if (!waits) return undefined;
    const timer = window.setInterval(() => void read(), RECEIPTS_MS);
    return () => window.clearInterval(timer);
  }, [waits, read]);
  return { view, busy, trouble, run };
}
