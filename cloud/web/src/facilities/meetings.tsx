import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Field, sent, Trouble } from "../admin/fields";
import { useDoing } from "../admin/use_doing";
import { inUtc, near } from "../staff/times";
import { Dialog } from "../view/dialog";
import { callOff, planMeeting, screenMeeting, type Board, type Meeting } from "./api";
import { useTell, valueWord } from "./words";

const ROOMS: readonly string[] = ["meeting_room", "reception_room", "office", "public_area", "canteen"];

/** Meetings of today and those ahead, with what is wrong with each. */
export function Meetings({ board, makes, again }: { board: Board; makes: boolean; again: () => Promise<void> }): JSX.Element {
  const tell = useTell();
  const doing = useDoing();
  const [screened, setScreened] = useState<Meeting | null>(null);
  const rooms = board.assets.filter((one) => ROOMS.includes(one.kind));
  const add = async (event: Event): Promise<void> => {
    const form = event.currentTarget as HTMLFormElement;
    const field = sent(event);
    const wish = { room: field("room"), heads: Number(field("heads")), begins: inUtc(field("begins")), ends: inUtc(field("ends")) };
    if (!(await doing.run(() => planMeeting(wish)))) return;
    form.reset();
    await again();
  };
  const off = async (meeting: Meeting): Promise<void> => {
    if (await doing.run(() => callOff(meeting.id))) await again();
  };
  return (
    <>
      {makes && rooms.length === 0 && <p class="dim">{tell("meeting.no_room")}</p>}
      {makes && rooms.length > 0 && (
        <form class="card line" onSubmit={(event) => void add(event)}>
          <h3>{tell("meeting.add")}</h3>
          <Field label={tell("meeting.room")}>
            <select name="room">
              {rooms.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </select>
          </Field>
          <Field label={tell("begins")}>
            <input name="begins" type="datetime-local" required />
          </Field>
          <Field label={tell("ends")}>
            <input name="ends" type="datetime-local" required />
          </Field>
          <Field label={tell("meeting.heads")}>
            <input name="heads" type="number" inputMode="numeric" min="1" max="100000" required />
          </Field>
          <button class="primary" disabled={doing.busy}>
            {tell("save")}
          </button>
        </form>
      )}
      <Trouble trouble={doing.trouble} />
      {board.meetings.length === 0 && <p class="dim">{tell("meeting.none")}</p>}
      <ul class="assets">
        {board.meetings.map((one) => (
          <li key={one.id} data-meeting={one.id}>
            <span class="what">
              <strong>{one.name}</strong>
              <span class="dim">
                {near(one.begins, board.at)}–{near(one.ends, board.at)} · {tell("meeting.people", { n: one.heads })}
              </span>
            </span>
            <span class="facts">
              {one.concerns.length === 0 && <span class="dim">{tell("meeting.fine")}</span>}
              {one.concerns.map((each) => (
                <span key={each} class="wrong">
                  {valueWord(tell, "concern", each, { limit: one.head_limit ?? 0, screened: one.screened })}
                </span>
              ))}
            </span>
            {makes && (
              <>
                <button type="button" class="second" aria-label={tell("meeting.screened.of", { name: one.name })} onClick={() => setScreened(one)}>
                  {tell("meeting.screened")}
                </button>
                <button
                  type="button"
                  class="quiet"
                  aria-label={tell("meeting.off.of", { name: one.name, when: near(one.begins, board.at) })}
                  onClick={() => void off(one)}
                >
                  {tell("meeting.off")}
                </button>
              </>
            )}
          </li>
        ))}
      </ul>
      {screened !== null && <ScreenedDialog meeting={screened} close={() => setScreened(null)} again={again} />}
    </>
  );
}

function ScreenedDialog({ meeting, close, again }: { meeting: Meeting; close: () => void; again: () => Promise<void> }): JSX.Element {
  const tell = useTell();
  const doing = useDoing();
  const send = async (event: Event): Promise<void> => {
    const field = sent(event);
    if (!(await doing.run(() => screenMeeting(meeting.id, Number(field("screened")))))) return;
    close();
    await again();
  };
  return (
    <Dialog title={tell("meeting.screened.of", { name: meeting.name })} close={close}>
      <form class="card plain" onSubmit={(event) => void send(event)}>
        <Field label={tell("meeting.screened")}>
          <input name="screened" type="number" inputMode="numeric" min="0" max="100000" required autofocus />
        </Field>
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
