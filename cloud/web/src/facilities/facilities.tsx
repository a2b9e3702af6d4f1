/** Disinfection: what is due, rounds on a telephone, meetings, locked areas. Loaded when somebody opens it. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import "../admin/admin.css";
import { Trouble } from "../admin/fields";
import { Ended } from "../admin/use_doing";
import { Waiting } from "../admin/waiting";
import { teller as adminTeller, Told as AdminTold } from "../admin/words";
import type { Session } from "../api/types";
import { clock } from "../staff/times";
import { usePolled } from "../staff/use_polled";
import type { Theme } from "../state/settings";
import { Brand } from "../view/top";
import { useSay } from "../words/say";
import type { Language } from "../words/table";
import { board, type Asset } from "./api";
import { AssetPage } from "./asset";
import { BoardPage } from "./board";
import { Canteen } from "./canteen";
import { Crowd } from "./crowd";
import "./facilities.css";
import { Files } from "./files";
import { drop, kept, sendKept } from "./kept";
import { Levels, scannedLevel } from "./levels";
import { Make } from "./make";
import { Meetings } from "./meetings";
import { Month } from "./month";
import { Notices } from "./notices";
import { Rounds } from "./rounds";
import { Supplies } from "./supplies";
import { UvcPage } from "./uvc";
import { teller, Told, useTell } from "./words";

interface Props {
  session: Session;
  language: Language;
  theme: Theme;
  switchTheme: () => void;
  switchLanguage: () => void;
  back: () => void;
  leave: () => void;
  ended: () => void;
}

const TABS = ["board", "rounds", "meetings", "cases", "uvc", "supplies", "levels", "crowd", "canteen", "month"] as const;
type Tab = (typeof TABS)[number];
const SEND_EVERY_MS = 20_000;

export default function Facilities(props: Props): JSX.Element {
  const say = useSay();
  const tell = teller(props.language);
  const [tab, setTab] = useState<Tab>(() => (scannedLevel() !== null ? "levels" : scanned() !== null ? "rounds" : "board"));
  const may = (permission: string): boolean => props.session.may.includes(permission);
  useEffect(() => {
    document.title = `${tell("title")} · Menshen`;
  }, [props.language]);
  const tabs = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a telephone the tabs are wider than the screen, and a scanned tag opens one that is out of sight.
    tabs.current?.querySelector("[aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [tab, props.language]);
  useEffect(() => {
    const look = (): void => {
      if (scannedLevel() !== null) setTab("levels");
      else if (scanned() !== null) setTab("rounds");
    };
    window.addEventListener("hashchange", look);
    return () => window.removeEventListener("hashchange", look);
  }, []);
  return (
    <AdminTold.Provider value={adminTeller(props.language)}>
      <Told.Provider value={tell}>
        <Ended.Provider value={props.ended}>
          <div class="administration facilities" data-ready="true">
            <header class="top">
              <Brand />
              <h1>{tell("title")}</h1>
              <span class="space" />
              <button type="button" class="quiet" data-action="back" onClick={props.back}>
                {tell("back")}
              </button>
              <button type="button" class="quiet" data-action="language" onClick={props.switchLanguage}>
                {say("top.language")}
              </button>
              <button type="button" class="quiet" data-action="theme" onClick={props.switchTheme}>
                {say(props.theme === "night" ? "top.theme.light" : "top.theme.night")}
              </button>
              <button type="button" class="quiet" data-action="leave" onClick={props.leave}>
                {say("top.out")}
              </button>
            </header>
            <nav aria-label={tell("title")} ref={tabs}>
              {TABS.map((name) => (
                <button key={name} type="button" data-tab={name} aria-current={name === tab ? "page" : undefined} onClick={() => setTab(name)}>
                  {tell(`tab.${name}`)}
                </button>
              ))}
            </nav>
            <main>
              {tab === "month" ? (
                <Month language={props.language} mayTake={may("export")} />
              ) : tab === "board" ? (
                <BoardPage language={props.language} theme={props.theme} mayTake={may("export")} go={setTab} waits={(arrived) => <Waits user={props.session.user} arrived={arrived} />} />
              ) : tab === "canteen" ? (
                <Canteen language={props.language} manages={may("staff.manage")} top={props.session.site} />
              ) : tab === "uvc" ? (
                <UvcPage language={props.language} mayTake={may("export")} />
              ) : tab === "crowd" ? (
                <Crowd language={props.language} />
              ) : tab === "levels" ? (
                <Levels language={props.language} user={props.session.user} enters={may("rounds.enter")} manages={may("rounds.manage")} top={props.session.site} />
              ) : tab === "supplies" ? (
                <Supplies language={props.language} enters={may("supplies.enter")} manages={may("supplies.manage")} top={props.session.site} />
              ) : (
                <Page tab={tab} session={props.session} language={props.language} />
              )}
            </main>
          </div>
        </Ended.Provider>
      </Told.Provider>
    </AdminTold.Provider>
  );
}

/** The code that the address names; `12.secret`: of asset-12. */
function scanned(): string | null {
  return new URLSearchParams(location.hash.split("?")[1] ?? "").get("tag");
}

function Page({ tab, session, language }: { tab: Tab; session: Session; language: Language }): JSX.Element {
  const tell = useTell();
  const { rows, doing, again } = usePolled(board);
  const [tag, setTag] = useState(scanned);
  const [opened, setOpened] = useState<string | null>(null);
  const [making, setMaking] = useState<string | null>(null);
  const may = (permission: string): boolean => session.may.includes(permission);
  useEffect(() => {
    const look = (): void => setTag(scanned());
    window.addEventListener("hashchange", look);
    return () => window.removeEventListener("hashchange", look);
  }, []);
  const ofTag = tag === null ? null : `asset-${tag.split(".")[0] ?? ""}`;
  const close = (): void => {
    setMaking(null);
    if (tag !== null) history.replaceState(null, "", "#facilities"); // a scan is used once
    setTag(null);
    void again();
  };
  const wanted = ofTag !== null && may("rounds.enter") ? ofTag : making;
  const subject = rows?.assets.find((one) => one.id === wanted);
  const shown = ofTag !== null && !may("rounds.enter") ? ofTag : opened;
  return (
    <section class="page" aria-label={tell(`tab.${tab}`)}>
      <Waits user={session.user} arrived={again} />
      <Trouble trouble={doing.trouble} />
      {rows !== null && doing.trouble !== null && <p class="trouble">{tell("stale", { when: clock(rows.at) })}</p>}
      <Waiting rows={rows} doing={doing} again={again} />
      {rows !== null && wanted !== null && subject === undefined && (
        <p class="trouble" role="alert">
          {tell("tag.strange")}{" "}
          <button type="button" class="second" onClick={close}>
            {tell("close")}
          </button>
        </p>
      )}
      {rows !== null && subject !== undefined && (
        <Make key={subject.id} asset={subject} limits={rows.limits} user={session.user} tag={ofTag === subject.id ? tag : null} done={() => void again()} close={close} />
      )}
      {rows !== null && subject === undefined && tab === "rounds" && shown !== null && (
        <AssetPage id={shown} makes={may("rounds.enter")} manages={may("rounds.manage")} close={() => { setOpened(null); close(); }} make={() => setMaking(shown)} />
      )}
      {rows !== null && subject === undefined && tab === "rounds" && shown === null && (
        <Rounds
          board={rows}
          makes={may("rounds.enter")}
          manages={may("rounds.manage")}
          again={again}
          open={(one: Asset) => setOpened(one.id)}
          make={(one: Asset) => setMaking(one.id)}
        />
      )}
      {rows !== null && subject === undefined && tab === "rounds" && shown === null && may("export") && (
        <p class="files-of">
          <span class="dim">{tell("take.rounds")}</span>
          <Files label={tell("take.rounds")} at={(form) => `/api/facilities/rounds/file?days=31&form=${form}&lang=${language}`} />
        </p>
      )}
      {rows !== null && subject === undefined && tab === "meetings" && <Meetings board={rows} makes={may("rounds.enter")} again={again} />}
      {rows !== null && subject === undefined && tab === "cases" && <Notices board={rows} manages={may("rounds.manage")} again={again} />}
    </section>
  );
}

/** What waits on this telephone: sent by itself when there is a network, and looked at where it was refused. */
function Waits({ user, arrived }: { user: string; arrived: () => Promise<void> }): JSX.Element | null {
  const tell = useTell();
  const [rows, setRows] = useState(() => kept(user));
  const send = async (): Promise<void> => {
    if (kept(user).length > 0 && (await sendKept(user)) > 0) await arrived();
    setRows(kept(user));
  };
  useEffect(() => {
    void send();
    const timer = window.setInterval(() => void send(), SEND_EVERY_MS);
    const online = (): void => void send();
    window.addEventListener("online", online);
    return () => {
      window.clearInterval(timer);
      window.removeEventListener("online", online);
    };
  }, [user]);
  const waiting = rows.filter((one) => one.refused === null);
  return (
    <div class="waits" role="status">
      {waiting.length > 0 && (
        <p class="trouble" data-kept={waiting.length}>
          {tell("kept", { n: waiting.length })}{" "}
          <button type="button" class="second" onClick={() => void send()}>
            {tell("kept.send")}
          </button>
        </p>
      )}
      {rows
        .filter((one) => one.refused !== null)
        .map((one) => (
          <p key={one.round.key} class="trouble">
            {tell("kept.refused", { name: one.name, why: one.refused ?? "" })}{" "}
            <button type="button" class="second" onClick={() => { drop(one.round.key); setRows(kept(user)); }}>
              {tell("kept.drop")}
            </button>
          </p>
        ))}
    </div>
  );
}
