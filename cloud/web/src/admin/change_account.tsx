import type { JSX } from "preact";
import { useCallback } from "preact/hooks";
import { Dialog } from "../view/dialog";
import type { FirstPassword } from "./accounts";
import { changeAccount, resetPassword, sessionsOf, type Account } from "./api";
import { RoleField, sent, SiteField, Trouble } from "./fields";
import { Sessions } from "./sessions";
import { useDoing } from "./use_doing";
import { useTell } from "./words";

interface Props {
  account: Account;
  close: () => void;
  again: () => Promise<void>;
  show: (password: FirstPassword) => void;
}

export function ChangeAccount({ account, close, again, show }: Props): JSX.Element {
  const tell = useTell();
  const doing = useDoing();
  const user = account.user;
  const read = useCallback(() => sessionsOf(user), [user]);
  const finish = async (deed: () => Promise<unknown>): Promise<void> => {
    if (!(await doing.run(deed, { 409: "accounts.last" }))) return;
    close();
    await again();
  };
  const save = (event: Event): Promise<void> => {
    const field = sent(event);
    return finish(() => changeAccount(user, { role: field("role"), site: field("site"), disabled: field("may") === "" }));
  };
  return (
    <Dialog title={tell("change.of", { name: user })} close={close}>
      <form class="card plain" onSubmit={(event) => void save(event)}>
        <RoleField role={account.role} />
        <SiteField site={account.site} />
        <label class="check">
          <input name="may" type="checkbox" defaultChecked={account.disabled_since === null} /> {tell("accounts.may")}
        </label>
        <p class="dim small">{tell("accounts.ended")}</p>
        <Trouble trouble={doing.trouble} />
        <div class="buttons">
          <button class="primary" disabled={doing.busy}>
            {tell("save")}
          </button>
          {account.source === "local" && (
            <button type="button" class="second" onClick={() => void finish(async () => show({ user, ...(await resetPassword(user)) }))}>
              {tell("accounts.reset")}
            </button>
          )}
          <button type="button" class="quiet" onClick={close}>
            {tell("close")}
          </button>
        </div>
      </form>
      <Sessions title={tell("sessions.of", { name: user })} read={read} />
    </Dialog>
  );
}
