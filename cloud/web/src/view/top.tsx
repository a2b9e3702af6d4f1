import type { JSX } from "preact";
import type { Item } from "../api/types";
import { perHour } from "../state/board";
import { useNow } from "../state/now";
import type { Theme } from "../state/settings";
import { useSay } from "../words/say";
import { Overdue } from "./overdue";
import { Shape } from "./shapes";

import type { Sound } from "./use_sound";

interface Props {
  items: ReadonlyMap<string, Item>;
  heardAt_ms: number;
  /** Whether the cloud has said anything yet. */
  heard: boolean;
  stale: boolean;
  user: string;
  theme: Theme;
  switchTheme: () => void;
  switchLanguage: () => void;
  sound: Sound;
  showSound: () => void;
  showFigures: () => void;
  /** Null where this account may not read of people. */
  showCases: (() => void) | null;
  showKeys: () => void;
  showAccount: () => void;
  showStaff: () => void;
  /** Null where this account may not read of disinfection. */
  showFacilities: (() => void) | null;
  /** Null where this account may not read of people. */
  showReports: (() => void) | null;
  /** Null where this account may not read of people. */
  showLedger: (() => void) | null;
  leave: () => void;
  /** Whether this account may read of the staff. */
  seesStaff: boolean;
  ended: () => void;
}

export function Top(props: Props): JSX.Element {
  const say = useSay();
  const now_ms = useNow(10_000);
  const alarms = perHour(props.items.values(), "alarm", now_ms);
  const cases = perHour(props.items.values(), "case", now_ms);
  return (
    <header class="top">
      <Brand />
      <Feed heardAt_ms={props.heardAt_ms} stale={props.stale} />
      <button
        type="button"
        class={alarms > 6 ? "rate linked over" : "rate linked"}
        title={say("top.target")}
        data-rate="alarms"
        onClick={props.showFigures}
      >
        {say("top.alarms")} <strong>{props.heard ? alarms : "–"}</strong>
        {say("top.perhour")}
      </button>
      <button type="button" class="rate linked" data-rate="cases" disabled={props.showCases === null} onClick={() => props.showCases?.()}>
        {say("top.cases")} <strong>{props.heard ? cases : "–"}</strong>
        {say("top.perhour")}
      </button>
      <span class="space" />
      {props.showLedger !== null && (
        <button type="button" class="quiet" data-action="ledger" onClick={props.showLedger}>
          {say("top.ledger")}
        </button>
      )}
      {props.showReports !== null && (
        <button type="button" class="quiet" data-action="reports" onClick={props.showReports}>
          {say("top.reports")}
        </button>
      )}
      {props.showFacilities !== null && (
        <button type="button" class="quiet" data-action="facilities" onClick={props.showFacilities}>
          {say("top.facilities")}
        </button>
      )}
      <button type="button" class="quiet" data-action="staff" onClick={props.showStaff}>
        {say("top.staff")} {props.seesStaff && <Overdue ended={props.ended} />}
      </button>
      <button type="button" class={props.sound === "blocked" ? "quiet warns" : "quiet"} data-sound={props.sound} onClick={props.showSound}>
        {say(`sound.${props.sound}`)}
      </button>
      <button type="button" class="quiet wide" onClick={props.showKeys}>
        {say("top.keys")} <kbd>?</kbd>
      </button>
      <button type="button" class="quiet" data-action="language" onClick={props.switchLanguage}>
        {say("top.language")}
      </button>
      <button type="button" class="quiet" data-action="theme" onClick={props.switchTheme}>
        {say(props.theme === "night" ? "top.theme.light" : "top.theme.night")}
      </button>
      <button type="button" class="quiet user" data-action="account" title={say("top.account")} onClick={props.showAccount}>
        {props.user}
      </button>
      <button type="button" class="quiet" data-action="leave" onClick={props.leave}>
        {say("top.out")}
      </button>
    </header>
  );
}

export function Brand(): JSX.Element {
  return (
    <span class="brand">
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <path class="roof" d="M3 11c7-1 8-4 13-7 5 3 6 6 13 7l-3 4H6z" />
        <path class="door" d="M8 16.5h7V29H8zM17 16.5h7V29h-7z" />
      </svg>
      <span lang="zh">门神</span>
      <span class="latin">Menshen</span>
    </span>
  );
}

function Feed({ heardAt_ms, stale }: { heardAt_ms: number; stale: boolean }): JSX.Element {
  const say = useSay();
  useNow(200);
  const age_s = Math.max(0, performance.now() - heardAt_ms) / 1000;
  return (
    <p class="feed" data-feed={stale ? "stale" : "live"}>
      <Shape sign={stale ? "unknown" : "pass"} />
      {say(stale ? "top.lost" : "top.live")} <span class="figure">{age_s.toFixed(1)} s</span>
    </p>
  );
}
