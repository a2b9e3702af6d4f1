import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { provider, Refused, signIn } from "../api/client";
import type { Session } from "../api/types";
import { useSay } from "../words/say";
import type { Key } from "../words/table";
import { Brand } from "./top";

const TROUBLE: Readonly<Record<number, Key>> = { 0: "login.away", 401: "login.wrong", 403: "login.wrong", 422: "login.wrong", 429: "login.many" };

interface Props {
  ended: boolean;
  enter: (session: Session) => void;
  switchLanguage: () => void;
}

export function Login({ ended, enter, switchLanguage }: Props): JSX.Element {
  const say = useSay();
  const [trouble, setTrouble] = useState<Key | null>(ended ? "login.ended" : null);
  const [busy, setBusy] = useState(false);
  const [elsewhere, setElsewhere] = useState<string | null>(null);
  // A cloud that is away offers nothing; the form says so when it is sent.
  useEffect(() => void provider().then((offer) => setElsewhere(offer.name), () => undefined), []);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    try {
      enter(await signIn(String(form.get("user")), String(form.get("password"))));
    } catch (error) {
      setTrouble((error instanceof Refused ? TROUBLE[error.status] : undefined) ?? "login.away");
      setBusy(false);
    }
  };
  return (
    <main class="login">
      <form onSubmit={(event) => void submit(event as unknown as SubmitEvent)}>
        <Brand />
        <h1>{say("login.title")}</h1>
        <label>
          {say("login.user")}
          <input name="user" autocomplete="username" required autofocus spellcheck={false} autocapitalize="none" />
        </label>
        <label>
          {say("login.password")}
          <input name="password" type="password" autocomplete="current-password" required />
        </label>
        {trouble !== null && <p role="alert" class="trouble">{say(trouble)}</p>}
        <button class="primary" disabled={busy}>
          {say("login.go")}
        </button>
        {elsewhere !== null && (
          <a class="other-door" href="/api/oidc/start">
            {say("login.with", { name: elsewhere })}
          </a>
        )}
        <button type="button" class="quiet" onClick={switchLanguage}>
          {say("top.language")}
        </button>
      </form>
    </main>
  );
}
