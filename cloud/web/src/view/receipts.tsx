import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { noticesOf } from "../api/client";
import type { Item, Receipt } from "../api/types";
import { useSay, word } from "../words/say";
import { ofDay } from "../words/time";

const AGAIN_MS = 10_000;

/** Who was told, by which way, what became of it and when. */
export function ReceiptList({ rows }: { rows: readonly Receipt[] }): JSX.Element {
  const say = useSay();
  return (
    <ul class="receipts" aria-label={say("receipts")} aria-live="polite">
      {rows.map((one, at) => (
        <li key={at} data-receipt={one.state}>
          <strong>{one.contact}</strong> · {word(say, "channel", one.channel)} · {word(say, "receipt", one.state)}
          {(one.shown_at ?? one.told_at) !== null && <span class="dim"> {ofDay(one.shown_at ?? one.told_at ?? "")}</span>}
          {one.state === "failed" && <span class="dim"> {one.answer}</span>}
        </li>
      ))}
    </ul>
  );
}

/** Of the row that is looked at; read again while nobody has taken it, for the next step may be told meanwhile. */
export function Told({ item }: { item: Item }): JSX.Element | null {
  const say = useSay();
  const rows = useNotices(item);
  if (rows.length === 0) return null;
  return (
    <section class="told">
      <h3>{say("receipts")}</h3>
      <ReceiptList rows={rows} />
    </section>
  );
}

function useNotices(item: Item): Receipt[] {
  const [found, setFound] = useState<{ id: string; rows: Receipt[] }>({ id: "", rows: [] });
  const since = item.alarmed_at ?? item.raised_at;
  const waits = item.acknowledged_at === null;
  useEffect(() => {
    let current = true;
    const read = (): void => {
      noticesOf(item.id)
        // The oldest first, and only of this occurrence.
        .then((all) => current && setFound({ id: item.id, rows: all.filter((one) => one.since === since).reverse() }))
        .catch(() => undefined); // the row itself says what counts
    };
    read();
    const timer = waits ? window.setInterval(read, AGAIN_MS) : 0;
    return () => {
      current = false;
      window.clearInterval(timer);
    };
  }, [item.id, item.state, item.count, since, waits]);
  return found.id === item.id ? found.rows : [];
}
