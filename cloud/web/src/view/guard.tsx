import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { acknowledge as sendAcknowledge, Refused } from "../api/client";
import type { Item } from "../api/types";
import { queueOrder, stage } from "../state/board";
import { neighbour } from "../state/held";
import { ClockOffset } from "../state/now";
import type { Theme } from "../state/settings";
import { useSay, word } from "../words/say";
import { StaleBanner } from "./banner";
import { Gates } from "./gates";
import { Keys } from "./keys";
import { Queue } from "./queue";
import { Selected, type Sending } from "./selected";
import { Tabs, type Tab } from "./tabs";
import { Top } from "./top";
import { useFeed } from "./use_feed";
import { useKeys } from "./use_keys";
import { Visits } from "./visits";

interface Props {
  user: string;
  theme: Theme;
  switchTheme: () => void;
  switchLanguage: () => void;
  leave: () => void;
  ended: () => void;
}

export function Guard(props: Props): JSX.Element {
  const say = useSay();
  const feed = useFeed(props.ended);
  const wanted = queueOrder(feed.board.items.values());
  const shown = useRef<string[]>([]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [sending, setSending] = useState<Sending>(null);
  const [keysOpen, setKeysOpen] = useState(false);
  const [tab, setTab] = useState<Tab>("queue");
  const selected = chosen !== null && feed.board.items.has(chosen) ? chosen : (wanted[0]?.id ?? null);
  const item = selected === null ? undefined : feed.board.items.get(selected);
  const visit = item?.visit == null ? undefined : feed.board.visits.get(item.visit);
  const open = wanted.filter((row) => stage(row) === "open");

  // A row chosen for the guard stays chosen: a more urgent one arriving must not swap what they read.
  useEffect(() => {
    if (chosen === null && selected !== null) setChosen(selected);
  }, [chosen, selected]);
  useEffect(() => {
    document.title = open.length > 0 ? `(${open.length}) Menshen` : "Menshen";
  }, [open.length]);

  const acknowledge = async (row: Item): Promise<void> => {
    if (stage(row) !== "open" || sending?.state === "busy") return;
    setSending({ id: row.id, state: "busy" });
    try {
      await sendAcknowledge(row.id);
      setSending(null);
    } catch (error) {
      const status = error instanceof Refused ? error.status : 0;
      if (status === 401) props.ended();
      // 409: somebody was faster; the stream brings the row as it is now.
      setSending(status === 409 ? null : { id: row.id, state: status === 403 ? "forbidden" : "failed" });
    }
  };
  const choose = (id: string): void => {
    setChosen(id);
    // On a phone what to do now stands below the queue.
    if (window.matchMedia("(width < 760px)").matches) document.querySelector(".selected")?.scrollIntoView({ behavior: "smooth" });
  };
  const primary = (): void => void (item !== undefined && acknowledge(item));
  const move = (step: number) => (): void => setChosen(neighbour(shown.current ?? [], selected, step));
  useKeys({
    j: move(1),
    k: move(-1),
    ArrowDown: move(1),
    ArrowUp: move(-1),
    Enter: primary,
    a: primary,
    l: props.switchLanguage,
    t: props.switchTheme,
    "?": () => setKeysOpen(true),
  });

  // Kept between renders: the long lists are only drawn again when their own rows change.
  const visits = useMemo(() => <Visits visits={feed.board.visits} />, [feed.board.visits]);
  const gates = useMemo(() => <Gates gates={feed.board.gates} feedStale={feed.stale} />, [feed.board.gates, feed.stale]);
  const newest = open.reduce<Item | null>((last, row) => (last === null || row.raised_at > last.raised_at ? row : last), null);
  return (
    <ClockOffset.Provider value={feed.offset_ms}>
      <div class={feed.stale ? "guard stale" : "guard"} data-tab={tab} data-ready={feed.ready}>
        <Top {...props} items={feed.board.items} heardAt_ms={feed.heardAt_ms} stale={feed.stale} showKeys={() => setKeysOpen(true)} />
        {feed.stale && <StaleBanner heardAt_ms={feed.heardAt_ms} />}
        <main tabIndex={0}>
          <Queue wanted={wanted} items={feed.board.items} selected={selected} select={choose} shown={shown} />
          <Selected item={item} visit={visit} sending={sending} acknowledge={(row) => void acknowledge(row)} />
          {visits}
          {gates}
        </main>
        <Tabs tab={tab} open={open.length} choose={setTab} />
        <p class="unseen" aria-live="polite">
          {newest !== null && say("queue.new", { what: word(say, "kind", newest.kind), gate: newest.gate })}
        </p>
        {keysOpen && <Keys close={() => setKeysOpen(false)} />}
      </div>
    </ClockOffset.Provider>
  );
}
