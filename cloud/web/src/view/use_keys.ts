import { useEffect, useRef } from "preact/hooks";

export type Keymap = Readonly<Record<string, () => void>>;

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest("input, textarea, select, dialog") !== null;

/** Enter belongs to the button that has the focus, except in the queue, where it means the primary action. */
const ownEnter = (event: KeyboardEvent): boolean =>
  event.key === "Enter" &&
  event.target instanceof HTMLElement &&
  event.target.closest("button, a, summary") !== null &&
  event.target.closest(".rows") === null;

/** One keymap for the whole screen. Keys with Ctrl, Alt or Meta stay the browser's. */
export function useKeys(keymap: Keymap): void {
  const newest = useRef(keymap);
  newest.current = keymap;
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || typing(event.target) || ownEnter(event)) return;
      const act = newest.current[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, []);
}
