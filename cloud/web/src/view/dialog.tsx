import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** A dialog over the screen, open as long as it is drawn; Escape closes it, and the focus goes back to where it was. */
export function Dialog({ title, close, children }: { title: string; close: () => void; children: ComponentChildren }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    // A browser gives the focus back when a dialog is closed, not when it is taken off the page; until it is off, nothing else takes it.
    return () => queueMicrotask(() => before instanceof HTMLElement && before.focus({ preventScroll: true }));
  }, []);
  return (
    <dialog ref={dialog} onClose={close} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </dialog>
  );
}
