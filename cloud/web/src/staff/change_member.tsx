import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Field, sent, SiteField, Trouble } from "../admin/fields";
import { useDoing } from "../admin/use_doing";
import { Dialog } from "../view/dialog";
import { changeMember, eraseMember, train, type Member } from "./api";
import { Of, TeamField } from "./people";
import { useTell } from "./words";

interface Props {
  member: Member;
  close: () => void;
  again: () => Promise<void>;
}

/** What the register says of somebody; a training is entered, and a person erased, in the same place. */
export function ChangeMember({ member, close, again }: Props): JSX.Element {
  const tell = useTell();
  const doing = useDoing();
  const [sure, setSure] = useState(false);
  const finish = async (deed: () => Promise<unknown>): Promise<void> => {
    if (!(await doing.run(deed, { 409: "accounts.taken" }))) return;
    close();
    await again();
  };
  const save = (event: Event): Promise<void> => {
    const field = sent(event);
    const names = ["name", "number", "team", "site", "badge", "account", "contact"];
    const wish = Object.fromEntries(names.map((name) => [name, field(name)]));
    return finish(() => changeMember(member.id, { ...wish, left: field("left") !== "" }));
  };
  const training = (event: Event): Promise<void> => {
    const field = sent(event);
    return finish(() => train(member.id, field("day"), field("by")));
  };
  return (
    <Dialog title={tell("change.of", { name: member.name })} close={close}>
      <form class="card plain" data-form="training" onSubmit={(event) => void training(event)}>
        <h3>{tell("train")}</h3>
        <Field label={tell("train.day")}>
          <input name="day" type="date" required />
        </Field>
        <Field label={tell("train.by")}>
          <input name="by" required maxLength={80} autocomplete="off" />
        </Field>
        <button class="second" disabled={doing.busy}>
          {tell("train")}
        </button>
      </form>
      <form class="card plain" data-form="change" onSubmit={(event) => void save(event)}>
        <h3>{tell("change")}</h3>
        <Of name="name" value={member.name} required />
        <Of name="number" value={member.number} required />
        <TeamField team={member.team} />
        <SiteField site={member.site} />
        <Of name="badge" value={member.badge ?? ""} />
        <Of name="account" value={member.account ?? ""} />
        <Of name="contact" value={member.contact ?? ""} />
        <label class="check">
          <input name="left" type="checkbox" defaultChecked={member.left_at !== null} /> {tell("left")}
        </label>
        <Trouble trouble={doing.trouble} />
        <div class="buttons">
          <button class="primary" disabled={doing.busy}>
            {tell("save")}
          </button>
          <button type="button" class="second" data-action="erase" onClick={() => (sure ? void finish(() => eraseMember(member.id)) : setSure(true))}>
            {tell(sure ? "erase.sure" : "erase")}
          </button>
          <button type="button" class="quiet" onClick={close}>
            {tell("close")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
