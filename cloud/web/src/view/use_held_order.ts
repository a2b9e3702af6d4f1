import { useEffect, useRef, useState } from "preact/hooks";
import { hold, type Held } from "../state/held";

/** A pointer that rests longer than this holds nothing back: an alert must not wait for a forgotten mouse. */
const RESTS_MS = 3_000;

interface HeldOrder extends Held {
  pointer: { onPointerMove: () => void; onPointerLeave: () => void };
}

/** The order of rows to show: the wanted one, except while a pointer moves over the list. */
export function useHeldOrder(wanted: string[]): HeldOrder {
  const shown = useRef<string[]>([]);
  const timer = useRef(0);
  const [holding, setHolding] = useState(false);
  const release = (): void => {
    window.clearTimeout(timer.current);
    setHolding(false);
  };
  const moved = (): void => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setHolding(false), RESTS_MS);
    setHolding(true);
  };
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const held = hold(shown.current, wanted, holding);
  shown.current = held.order;
  return { ...held, pointer: { onPointerMove: moved, onPointerLeave: release } };
}
