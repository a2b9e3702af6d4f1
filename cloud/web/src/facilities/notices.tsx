import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Field, sent, Trouble } from "../admin/fields";
import { useDoing } from "../admin/use_doing";
import { dayAndClock } from "../staff/times";
import { Shape } from "../view/shapes";
import { Dialog } from "../view/dialog";
import { endNotice, makeKnown, type Board, type Ending as NoticeEnding, type Notice } from "./api";
import { useTell } from "./words";

type Ending = { notice: Notice; how: "disinfected" | "withdrawn" };

/** Confirmed cases of the district, and what of one's own they lock. */
export function Notices({ board, manages, again }: { board: Board; manages: boolean; again: () => Promise<void> }): JSX.Element {
  const tell = useTell();
  const doing = useDoing();
  const [ending, setEnding] = useState<Ending | null>(null);
  const add = async (event: Event): Promise<void> => {
    const form = event.currentTarget as HTMLFormElement;
    const field = sent(event);
    const wish = { day: field("day"), source: field("source"), area: field("area"), site: field("site") === "" ? null : field("site") };
    if (!(await doing.run(() => makeKnown(wish)))) return;
    form.reset();
    await again();
  };
  return (
    <>
      {manages && (
        <form class="card line" onSubmit={(event) => void add(event)}>
          <h3>{tell("notice.add")}</h3>
          <Field label={tell("notice.day")}>
            <input name="day" type="date" required />
          </Field>
          <Field label={tell("notice.source")}>
            <input name="source" required maxLength={120} autocomplete="off" />
          </Field>
          <Field label={tell("notice.area")}>
            <input name="area" required maxLength={120} autocomplete="off" />
          </Field>
          <Field label={tell("notice.site")}>
            <input name="site" list="asset-sites" spellcheck={false} autocapitalize="none" autocomplete="off" />
          </Field>
          <datalist id="asset-sites">
            {[...new Set(board.assets.map((one) => one.site).filter((site) => site !== ""))].map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
          <button class="primary" disabled={doing.busy}>
            {tell("save")}
          </button>
        </form>
      )}
      <Trouble trouble={doing.trouble} />
      {board.notices.length === 0 && <p class="dim">{tell("notice.none")}</p>}
      <ul class="assets">
        {board.notices.map((one) => (
          <li key={one.id} data-notice={one.id} data-light={one.locks ? "locked" : ""}>
            <span class="light">
              <Shape sign={one.locks ? "hold" : "wait"} />
              <span>{tell(one.locks ? "light.locked" : one.ended_at === null ? "notice.shown" : "notice.ended")}</span>
            </span>
            <span class="what">
              <strong>{one.area}</strong>
              <span class="dim">
                {one.day} · {one.source}
              </span>
            </span>
            <span class="facts">
              {one.site !== null && one.ending === null && <span>{tell("notice.locks", { site: one.site || tell("notice.everything") })}</span>}
              {one.ending !== null && <Ended notice={one} ending={one.ending} />}
            </span>
            {manages && one.ended_at === null && (
              <>
                {one.locks && (
                  <button type="button" class="second" aria-label={tell("notice.end.of", { area: one.area })} onClick={() => setEnding({ notice: one, how: "disinfected" })}>
                    {tell("notice.end")}
                  </button>
                )}
                <button type="button" class="quiet" aria-label={tell("notice.withdraw.of", { area: one.area })} onClick={() => setEnding({ notice: one, how: "withdrawn" })}>
                  {tell("notice.withdraw")}
                </button>
              </>
            )}
          </li>
        ))}
      </ul>
      {ending !== null && <EndDialog {...ending} close={() => setEnding(null)} again={again} />}
    </>
  );
}

/** The evidence that ended it, or why it was withdrawn. */
function Ended({ notice, ending }: { notice: Notice; ending: NoticeEnding }): JSX.Element {
  const tell = useTell();
  const entered = tell("notice.entered", { name: ending.entered_by, when: notice.ended_at === null ? "" : dayAndClock(notice.ended_at) });
  if (ending.how === "withdrawn") return <span>{`${tell("notice.withdrawn", { why: ending.why })} · ${entered}`}</span>;
  return (
    <>
      <span>{tell("notice.disinfected", { by: ending.by, day: ending.day, document: ending.document })}</span>
      <span class="dim">{entered}</span>
      <span class="dim">{ending.sha256 === "" ? tell("notice.no_file") : <code title={ending.sha256}>{`SHA-256 ${ending.sha256.slice(0, 16)}…`}</code>}</span>
    </>
  );
}

function EndDialog({ notice, how, close, again }: Ending & { close: () => void; again: () => Promise<void> }): JSX.Element {
  const tell = useTell();
  const doing = useDoing();
  const send = async (event: Event): Promise<void> => {
    const form = event.currentTarget as HTMLFormElement;
    const field = sent(event);
    const file = new FormData(form).get("file");
    const deed = async (): Promise<unknown> => endNotice(notice.id, how === "withdrawn" ? { how, why: field("why") } : await evidence(field, file));
    if (!(await doing.run(deed))) return;
    close();
    await again();
  };
  return (
    <Dialog title={tell(how === "withdrawn" ? "notice.withdraw.of" : "notice.end.of", { area: notice.area })} close={close}>
      <form class="card plain" onSubmit={(event) => void send(event)}>
        {how === "withdrawn" ? (
          <Field label={tell("notice.why")}>
            <input name="why" required maxLength={120} autocomplete="off" autofocus />
          </Field>
        ) : (
          <>
            <Field label={tell("notice.by")}>
              <input name="by" required maxLength={120} autocomplete="off" autofocus />
            </Field>
            <Field label={tell("notice.day")}>
              <input name="day" type="date" required />
            </Field>
            <Field label={tell("notice.document")}>
              <input name="document" required maxLength={120} autocomplete="off" />
            </Field>
            <Field label={tell("notice.file")}>
              <input name="file" type="file" />
            </Field>
          </>
        )}
        <Trouble trouble={doing.trouble} />
        <div class="buttons">
          <button class="primary" disabled={doing.busy}>
            {tell("save")}
          </button>
          <button type="button" class="quiet" onClick={close}>
            {tell("close")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** The file itself stays here; its SHA-256 tells later whether it is this one. */
async function evidence(field: (name: string) => string, file: FormDataEntryValue | null): Promise<Record<string, string>> {
  const said = { how: "disinfected", by: field("by"), day: field("day"), document: field("document") };
  if (!(file instanceof File) || file.size === 0) return said;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return { ...said, sha256: Array.from(digest, (one) => one.toString(16).padStart(2, "0")).join("") };
}
