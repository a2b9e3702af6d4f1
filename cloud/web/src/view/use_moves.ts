import { useEffect, useState } from "preact/hooks";
import { moves } from "../api/client";
import type { Item, Move } from "../api/types";

const MOST = 8;

/** The newest moves of the alarm that is looked at, fetched anew when it changes; none for a case, none while they do not come. */
export function useMoves(item: Item): Move[] {
  const [found, setFound] = useState<{ id: string; moves: Move[] }>({ id: "", moves: [] });
  useEffect(() => {
    if (item.type !== "alarm") return;
    let current = true;
    moves(item.id)
      .then((all) => current && setFound({ id: item.id, moves: all.slice(0, MOST) }))
      .catch(() => undefined); // the row itself says what counts
    return () => {
      current = false;
    };
  }, [item.id, item.type, item.state, item.count]);
  return found.id === item.id ? found.moves : [];
}
