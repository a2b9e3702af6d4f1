import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";

/** Milliseconds the cloud's clock is ahead of this browser's. */
export const ClockOffset = createContext(0);

type Wake = () => void;

/** One timer a period for the whole screen, so that hundreds of ages are renewed in one go. */
const sleepers = new Map<number, Set<Wake>>();

function every(period_ms: number, wake: Wake): () => void {
  let together = sleepers.get(period_ms);
  if (together === undefined) {
    const made = new Set<Wake>();
    sleepers.set(period_ms, made);
    window.setInterval(() => made.forEach((one) => one()), period_ms);
    together = made;
  }
  together.add(wake);
  return () => together.delete(wake);
}

/** The cloud's time in milliseconds, renewed every `period_ms`. */
export function useNow(period_ms: number): number {
  const offset_ms = useContext(ClockOffset);
  const [, setTick] = useState(0);
  useEffect(() => every(period_ms, () => setTick((tick) => tick + 1)), [period_ms]);
  return Date.now() + offset_ms;
}
