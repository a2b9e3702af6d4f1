import type { JSX } from "preact";
import { useContext } from "preact/hooks";
import type { Session } from "../api/types";
import { changePassword, ownSessions } from "./api";
import { Field, sent, Trouble } from "./fields";
import { Sessions } from "./sessions";
import { Ended, useDoing } from "./use_doing";
import { useTell } from "./words";

/** One's own password, and where one is signed in. */
export function Own({ session }: { session: Session }): JSX.Element {
  const tell = useTell();
  const ended = useContext(Ended);
  const doing = useDoing();
  const submit = async (event: Event): Promise<void> => {
    const field = sent(event);
    if (field("new") !== field("again")) return doing.complain("own.differ");
    const done = await doing.run(() => changePassword(field("old"), field("new")), { 409: "own.wrong", 422: "own.weak" });
    if (done) ended();
  };
  return (
    <section class="page" aria-label={tell("tab.own")}>
      <p>
        <strong>{session.user}</strong> <span class="dim">{tell(`role.${session.role}` as "role.guard")} · {session.site || tell("site.all")}</span>
      </p>
      {session.must_change && <p class="trouble">{tell("own.first")}</p>}
      <form class="card" onSubmit={(event) => void submit(event)}>
        <h3>{tell("own.password")}</h3>
        <input class="unseen" name="user" autocomplete="username" value={session.user} readOnly tabIndex={-1} aria-hidden="true" />
        <Field label={tell("own.old")}>
          <input name="old" type="password" autocomplete="current-password" required />
        </Field>
        <Field label={tell("own.new")}>
          <input name="new" type="password" autocomplete="new-password" minLength={8} maxLength={200} required />
        </Field>
        <Field label={tell("own.again")}>
          <input name="again" type="password" autocomplete="new-password" minLength={8} maxLength={200} required />
        </Field>
        <p class="dim small">{tell("own.rule")}</p>
        <Trouble trouble={doing.trouble} />
        <button class="primary" disabled={doing.busy}>
          {tell("save")}
        </button>
      </form>
      {!session.must_change && <Sessions title={tell("sessions")} read={ownSessions} />}
    </section>
  );
}
