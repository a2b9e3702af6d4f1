import { useEffect, useReducer, useState } from "preact/hooks";
import { Live } from "../api/live";
import { apply, EMPTY, type Board, type Change } from "../state/board";

/** Twice the server's beat: after this long the screen says that it is not current. */
const STALE_MS = 4_000;
/** Clocks this close count as one; the way through the network makes as much. */
const SAME_CLOCK_MS = 300;

export interface Feed {
  board: Board;
  /** `performance.now()` when something last arrived. */
  heardAt_ms: number;
  stale: boolean;
  ready: boolean;
  /** What the cloud's clock is ahead of this browser's. */
  offset_ms: number;
}

export function useFeed(ended: () => void): Feed {
  const [board, change] = useReducer<Board, Change>(apply, EMPTY);
  const [heardAt_ms, setHeardAt] = useState(() => performance.now());
  const [offset_ms, setOffset] = useState(0);
  const [ready, setReady] = useState(false);
  const [stale, setStale] = useState(false);
  useEffect(() => {
    let newest_ms = performance.now();
    const live = new Live({
      change: (one) => {
        change(one);
        setReady(true);
      },
      heard: (server_ms) => {
        newest_ms = performance.now();
        setHeardAt(newest_ms);
        setStale(false);
        if (server_ms === null) return;
        const ahead_ms = server_ms - Date.now();
        setOffset((held_ms) => (Math.abs(ahead_ms - held_ms) > SAME_CLOCK_MS ? ahead_ms : held_ms));
      },
      ended,
    });
    live.start();
    const watch = window.setInterval(() => setStale(performance.now() - newest_ms > STALE_MS), 250);
    return () => {
      window.clearInterval(watch);
      live.close();
    };
  }, []);
  return { board, heardAt_ms, stale, ready, offset_ms };
}
