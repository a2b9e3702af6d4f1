import type { JSX } from "preact";
import { useCallback, useState } from "preact/hooks";
import { Trouble } from "../admin/fields";
import { useDoing } from "../admin/use_doing";
import { dayAndClock } from "../staff/times";
import { usePolled } from "../staff/use_polled";
import { history, newTag, type Round, type Tag } from "./api";
import { ChangeDialog } from "./change";
import { LightWord, TrustWord } from "./light";
import { Photograph } from "./photo_shown";
import { Facts } from "./rounds";
import { Printed } from "./tag";
import { useTell, valueWord } from "./words";

interface Props {
  id: string;
  makes: boolean;
  manages: boolean;
  close: () => void;
  make: () => void;
}

/** One asset: how it stands, and every round with what stands behind it. */
export function AssetPage({ id, makes, manages, close, make }: Props): JSX.Element {
  const tell = useTell();
  const { rows, doing, again } = usePolled(useCallback(() => history(id), [id]));
  const tagging = useDoing();
  const [tag, setTag] = useState<Tag | null>(null);
  const [changes, setChanges] = useState(false);
  const asset = rows?.asset;
  return (
    <section class="one" data-one={id}>
      <div class="buttons">
        <button type="button" class="second" data-action="list" onClick={close}>
          ← {tell("tab.rounds")}
        </button>
        {asset && makes && (
          <button type="button" class="primary" onClick={make}>
            {tell("round")}
          </button>
        )}
        {asset && manages && (
          <>
            <button type="button" class="second" data-action="change" onClick={() => setChanges(true)}>
              {tell("asset.change")}
            </button>
            <button type="button" class="second" data-action="tag" onClick={() => void tagging.run(async () => setTag(await newTag(id)))}>
              {tell(asset.tagged ? "tag.again" : "tag.make")}
            </button>
          </>
        )}
      </div>
      <Trouble trouble={doing.trouble ?? tagging.trouble} />
      {asset === undefined ? (
        <p class="dim">{tell("loading")}</p>
      ) : (
        <>
          <header class="head">
            <LightWord light={asset.light} />
            <h2>{asset.name}</h2>
            <p class="dim">
              {valueWord(tell, "kind", asset.kind)} {asset.site !== "" && `· ${asset.site}`} · {asset.interval_min % 60 === 0 ? tell("hours", { n: asset.interval_min / 60 }) : tell("every", { n: asset.interval_min })} · {tell("grace", { n: asset.grace_min })}
              {!asset.tagged && ` · ${tell("tag.none")}`}
            </p>
            <Facts asset={asset} now={new Date().toISOString()} />
          </header>
          <h3>{tell("history")}</h3>
          {rows?.rounds.length === 0 && <p class="dim">{tell("history.none")}</p>}
          <ul class="assets book">
            {rows?.rounds.map((one) => <Made key={one.id} round={one} />)}
          </ul>
        </>
      )}
      {tag !== null && asset !== undefined && <Printed name={asset.name} what={valueWord(tell, "kind", asset.kind)} site={asset.site} tag={tag} close={() => { setTag(null); void again(); }} />}
      {changes && asset !== undefined && <ChangeDialog asset={asset} close={() => setChanges(false)} again={again} ended={close} />}
    </section>
  );
}

function Made({ round }: { round: Round }): JSX.Element {
  const tell = useTell();
  const strength = round.ppm === null ? "" : `${round.dilution} ${round.ppm} mg/L`.trim();
  return (
    <li data-round={round.id}>
      <time dateTime={round.done_at}>{dayAndClock(round.done_at)}</time>
      <TrustWord round={round} />
      <span class="facts">
        <span>
          {valueWord(tell, "agent", round.agent)} {strength}
        </span>
        {round.ppm !== null && <span class="tag">{tell(round.ppm_measured ? "measured" : "manual")}</span>}
        {round.contact_min !== null && <span>{tell("minutes", { n: round.contact_min })}</span>}
        {round.late && <span class="tag">{tell("late")} {dayAndClock(round.entered_at)}</span>}
        <span class="dim">{round.by}</span>
      </span>
      {round.photo && <Photograph round={round} />}
    </li>
  );
}
