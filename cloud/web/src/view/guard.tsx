import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { acknowledge as sendAcknowledge, Refused } from "../api/client";
import type { Item } from "../api/types";
import { queueOrder, stage, withheldOf } from "../state/board";
import { onlySite } from "../state/sites";
import { flooded as isFlooded, fold, idOf, isGroup } from "../state/flood";
import { neighbour } from "../state/held";
import { ClockOffset } from "../state/now";
import type { Theme } from "../state/settings";
import type { Language } from "../words/table";
import { useSay, word } from "../words/say";
import { SiteBanner, StaleBanner } from "./banner";
import { GateDialogs, type Shown } from "./gate_dialogs";
import { Gates } from "./gates";
import { enterNextStep, InHand } from "./in_hand";
import { Keys } from "./keys";
import { Later } from "./later";
import { Queue, type Knowledge } from "./queue";
import { Selected, type Sending } from "./selected";
import { isSafety } from "./kinds";
import { Shelve } from "./shelve";
import { SoundDialog } from "./sound";
import { Tabs, type Tab } from "./tabs";
import { Top } from "./top";
import { useFeed } from "./use_feed";
import { useKeys } from "./use_keys";
import { useSound } from "./use_sound";
import { Visits } from "./visits";
import { Withheld } from "./withheld";

type Opened = "keys" | "shelve" | "withheld" | "sound" | "figures" | "cases" | null;

interface Props {
  user: string;
  may: readonly string[];
  language: Language;
  theme: Theme;
  switchTheme: () => void;
  switchLanguage: () => void;
  showAccount: () => void;
  showStaff: () => void;
  showFacilities: () => void;
  showReports: () => void;
  showLedger: () => void;
  leave: () => void;
  ended: () => void;
}

export function Guard(props: Props): JSX.Element {
  const say = useSay();
  const feed = useFeed(props.ended);
  const [site, setSite] = useState("");
  const board = useMemo(() => onlySite(feed.board, site), [feed.board, site]);
  const wanted = queueOrder(board.items.values());
  const shown = useRef<string[]>([]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [sending, setSending] = useState<Sending>(null);
  const [opened, setOpened] = useState<Opened>(null);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const drafts = useRef(new Map<string, FormData>());
  const [tab, setTab] = useState<Tab>("queue");
  const flooded = isFlooded(wanted, Date.now() + feed.offset_ms);
  const entries = flooded ? fold(wanted, unfolded) : wanted.map((item) => ({ item }));
  const there = (id: string): boolean => board.items.has(id) || entries.some((entry) => idOf(entry) === id);
  const first = entries[0];
  const selected = chosen !== null && there(chosen) ? chosen : first === undefined ? null : idOf(first);
  const item = selected === null ? undefined : board.items.get(selected);
  const visit = item?.visit == null ? undefined : feed.board.visits.get(item.visit);
  const open = wanted.filter((row) => stage(row) === "open");
  const everywhere = [...feed.board.items.values()].filter((row) => stage(row) === "open");

  // A row chosen for the guard stays chosen: a more urgent one arriving must not swap what they read.
  useEffect(() => {
    if (chosen === null && selected !== null) setChosen((now) => now ?? selected); // a click may have come first
  }, [chosen, selected]);
  useEffect(() => {
    document.title = everywhere.length > 0 ? `(${everywhere.length}) Menshen` : "Menshen";
  }, [everywhere.length]);

  const acknowledge = async (row: Item): Promise<void> => {
    if (stage(row) !== "open" || sending?.state === "busy") return;
    setSending({ id: row.id, state: "busy" });
    try {
      await sendAcknowledge(row.id);
      setSending(null);
    } catch (error) {
      const no = error instanceof Refused ? error : new Refused(0);
      if (no.status === 401) props.ended();
      // 409: somebody was faster; the stream brings the row as it is now.
      setSending(no.status === 409 ? null : { id: row.id, state: "failed", no });
    }
  };
  const choose = (id: string): void => {
    setChosen(id);
    // On a phone what to do now stands below the queue.
    if (window.matchMedia("(width < 760px)").matches) document.querySelector(".selected")?.scrollIntoView({ behavior: "smooth" });
  };
  const turn = (group: string): void => {
    const now = new Set(unfolded);
    if (!now.delete(group)) now.add(group);
    setUnfolded(now);
    setChosen(group);
  };
  const primary = (): void => {
    if (selected !== null && isGroup(selected)) turn(selected);
    else if (item?.type === "case" && stage(item) === "taken") enterNextStep();
    else if (item !== undefined) void acknowledge(item);
  };
  const supervises = props.may.includes("alarms.out_of_service");
  const asidable = item?.type === "alarm" && stage(item) !== "withheld" && (supervises || !isSafety(item));
  const shelve = asidable ? (): void => setOpened("shelve") : undefined;
  const sounding = useSound(feed.board.items, feed.ready);
  const showSound = (): void => setOpened("sound");
  const [page, setShown] = useState<Shown>(null);
  const showGate = (name: string): void => setShown({ gate: name, begin: null });
  const showSites = (): void => setShown("sites");
  const gateOfRow = item?.gate ?? [...board.gates.keys()].sort()[0];
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
    s: () => shelve?.(),
    h: () => setOpened("withheld"),
    g: () => gateOfRow !== undefined && showGate(gateOfRow),
    o: () => gateOfRow !== undefined && setShown({ gate: gateOfRow, begin: "open_once" }),
    w: showSites,
    m: showSound,
    "?": () => setOpened("keys"),
  });

  const knowledge: Knowledge = !feed.ready ? "unheard" : feed.stale ? "silent" : feed.board.gates.size === 0 ? "gateless" : "heard";
  const withheld = withheldOf(board.items.values());
  const work = { user: props.user, works: props.may.includes("cases.work"), language: props.language, drafts: drafts.current, ended: props.ended };
  const inHand = item?.type === "case" && stage(item) !== "open" ? <InHand key={item.id} {...work} id={item.id} changed={item} /> : null;
  // The word of a dialog that was closed comes late: it must not close the next one.
  const close = (what: Opened) => (): void => setOpened((now) => (now === what ? null : now));

  // Kept between renders: the long lists are only drawn again when their own rows change.
  const visits = useMemo(() => <Visits visits={board.visits} heard={feed.ready} />, [board.visits, feed.ready]);
  const gates = useMemo(() => <Gates gates={board.gates} heard={feed.ready} feedStale={feed.stale} show={showGate} showSites={showSites} />, [board.gates, feed.ready, feed.stale]);
  const newest = everywhere.reduce<Item | null>((last, row) => (last === null || row.raised_at > last.raised_at ? row : last), null);
  return (
    <ClockOffset.Provider value={feed.offset_ms}>
      <div class={feed.stale ? "guard stale" : "guard"} data-tab={tab} data-ready={feed.ready}>
        <Top {...props} seesStaff={props.may.includes("staff.read")} showFacilities={props.may.includes("rounds.read") ? props.showFacilities : null} showReports={props.may.includes("people.read") ? props.showReports : null} showLedger={props.may.includes("people.read") ? props.showLedger : null} items={feed.board.items} heardAt_ms={feed.heardAt_ms} heard={feed.ready} stale={feed.stale} sound={sounding.sound} showSound={showSound} showFigures={() => setOpened("figures")} showCases={props.may.includes("people.read") ? () => setOpened("cases") : null} showKeys={() => setOpened("keys")} />
        <div class="banners">
          {feed.stale && <StaleBanner heardAt_ms={feed.heardAt_ms} ever={feed.ready} />}
          {site !== "" && <SiteBanner site={site} elsewhere={everywhere.length - open.length} all={() => setSite("")} />}
        </div>
        <main tabIndex={0}>
          <Queue
            entries={entries}
            open={open.length}
            flooded={flooded}
            unfolded={unfolded}
            unfold={turn}
            withheld={withheld.length}
            showWithheld={() => setOpened("withheld")}
            items={board.items}
            selected={selected}
            select={choose}
            shown={shown}
            knowledge={knowledge}
          />
          <Selected item={item} visit={visit} sending={sending} acknowledge={(row) => void acknowledge(row)} shelve={shelve} inHand={inHand} />
          {visits}
          {gates}
        </main>
        <Tabs tab={tab} open={open.length} choose={setTab} />
        <p class="unseen" aria-live="polite">
          {newest !== null && say("queue.new", { what: word(say, "kind", newest.kind), gate: newest.gate })}
        </p>
        <GateDialogs shown={page} show={setShown} board={feed.board} feedStale={feed.stale} site={site} choose={setSite} user={props.user} may={props.may} language={props.language} ended={props.ended} />
        {opened === "keys" && <Keys close={close("keys")} />}
        {opened === "sound" && <SoundDialog sounding={sounding} language={props.language} close={close("sound")} />}
        {opened === "figures" && <Later load={() => import("./figures")} props={{ close: close("figures"), ended: props.ended }} />}
        {opened === "cases" && <Later load={() => import("../casework/list")} props={{ ...work, close: close("cases") }} />}
        {opened === "withheld" && <Withheld items={withheld} supervises={supervises} close={close("withheld")} ended={props.ended} />}
        {opened === "shelve" && item !== undefined && <Shelve item={item} supervises={supervises} close={close("shelve")} ended={props.ended} />}
      </div>
    </ClockOffset.Provider>
  );
}
