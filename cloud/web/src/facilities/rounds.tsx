import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { near } from "../staff/times";
import type { Asset, Board, Notice } from "./api";
import { ChangeDialog } from "./change";
import { LightWord } from "./light";
import { useTell, valueWord } from "./words";

interface Props {
  board: Board;
  makes: boolean;
  manages: boolean;
  again: () => Promise<void>;
  open: (asset: Asset) => void;
  make: (asset: Asset) => void;
}

/** Everything in reach, the most urgent first; what waits alone, or all. */
export function Rounds({ board, makes, manages, again, open, make }: Props): JSX.Element {
  const tell = useTell();
  const [all, setAll] = useState(false);
  const [adds, setAdds] = useState(false);
  const count = (...lights: string[]): number => board.assets.filter((one) => lights.includes(one.light)).length;
  const shown = all ? board.assets : board.assets.filter((one) => one.light !== "fine" || one.lacks_person);
  return (
    <>
      <Banners notices={board.notices} />
      <h2 class="day" aria-live="polite">
        {tell("count", { overdue: count("overdue"), due: count("due"), doubtful: count("unknown", "unverified"), locked: count("locked") })}
      </h2>
      <div class="buttons">
        {([false, true] as const).map((one) => (
          <button key={String(one)} type="button" class="second" aria-pressed={all === one} onClick={() => setAll(one)}>
            {tell(one ? "all" : "open")} {one ? board.assets.length : board.assets.filter((each) => each.light !== "fine" || each.lacks_person).length}
          </button>
        ))}
        {manages && (
          <button type="button" class="second" data-action="add" onClick={() => setAdds(true)}>
            {tell("asset.add")}
          </button>
        )}
      </div>
      {board.assets.length === 0 && <p class="dim">{tell("none")}</p>}
      {board.assets.length > 0 && shown.length === 0 && <p class="dim">{tell("none.here")}</p>}
      <ul class="assets">
        {shown.map((one) => (
          <Row key={one.id} asset={one} now={board.at} open={open} {...(makes && { make })} />
        ))}
      </ul>
      {adds && <ChangeDialog asset={null} close={() => setAdds(false)} again={again} />}
    </>
  );
}

export function Banners({ notices }: { notices: readonly Notice[] }): JSX.Element {
  const tell = useTell();
  return (
    <>
      {notices
        .filter((one) => one.locks)
        .map((one) => (
          <p key={one.id} class="trouble" data-notice={one.id}>
            {tell("notice.banner", { area: one.area, day: one.day, source: one.source })} · {tell("notice.locks", { site: one.site || tell("notice.everything") })}
          </p>
        ))}
    </>
  );
}

interface RowProps {
  asset: Asset;
  now: string;
  open: (asset: Asset) => void;
  make?: (asset: Asset) => void;
}

function Row({ asset, now, open, make }: RowProps): JSX.Element {
  const tell = useTell();
  return (
    <li data-asset={asset.id} data-light={asset.light}>
      <LightWord light={asset.light} />
      <button type="button" class="what" onClick={() => open(asset)}>
        <strong>{asset.name}</strong>
        <span class="dim">
          {valueWord(tell, "kind", asset.kind)}
          {asset.site !== "" && ` · ${asset.site}`}
        </span>
      </button>
      <Facts asset={asset} now={now} />
      {make && (
        <button type="button" class="second" aria-label={tell("round.of", { name: asset.name })} onClick={() => make(asset)}>
          {tell("round")}
        </button>
      )}
    </li>
  );
}

/** When it is due and why; what is missing. */
export function Facts({ asset, now }: { asset: Asset; now: string }): JSX.Element {
  const tell = useTell();
  const due = asset.light === "overdue" ? tell("due.since", { when: near(asset.overdue_at, now) }) : tell("due.at", { when: near(asset.due_at, now) });
  return (
    <span class="facts">
      <span>{asset.light === "locked" ? tell("locked.why") : due}</span>
      {asset.wants !== null && <span class="tag">{valueWord(tell, "wants", asset.wants)}</span>}
      {asset.by_flow && <span class="tag">{tell("by_flow")}</span>}
      {asset.entered !== null && <span class="dim">{tell("entered", { n: asset.entered })}</span>}
      <span class="dim">{asset.last === null ? tell("last.never") : tell("last", { when: near(asset.last.done_at, now) })}</span>
      {asset.lacks_person && <span class="wrong">{tell("lacks_person")}</span>}
      {asset.person_name !== null && <span class="dim">{tell("person", { name: asset.person_name })}</span>}
    </span>
  );
}
