/** What is read at once, after each action, and every half a minute: the day goes on by itself. */
import { useEffect } from "preact/hooks";
import { useRows, type Doing } from "../admin/use_doing";

const EVERY_MS = 30_000;

export function usePolled<T>(read: () => Promise<T>): { rows: T | null; doing: Doing; again: () => Promise<void> } {
  const rows = useRows(read);
  const { again } = rows;
  useEffect(() => {
    const timer = window.setInterval(() => void again(), EVERY_MS);
    return () => window.clearInterval(timer);
  }, [again]);
  return rows;
}
