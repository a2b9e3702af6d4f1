import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Refused, session as whoAmI, signOut } from "./api/client";
import type { Session } from "./api/types";
import { firstLanguage, firstTheme, remember } from "./state/settings";
import { Guard } from "./view/guard";
import { Login } from "./view/login";
import { Spoken, speaker } from "./words/say";

type Entry = { state: "asking" } | { state: "out"; ended: boolean } | { state: "in"; session: Session };

/** Who is here, in which language and theme; then the guard screen or the log-in. */
export function App(): JSX.Element {
  const [entry, setEntry] = useState<Entry>({ state: "asking" });
  const [language, setLanguage] = useState(firstLanguage);
  const [theme, setTheme] = useState(firstTheme);
  useEffect(() => void ask(setEntry), []);
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dataset["theme"] = theme;
  }, [language, theme]);
  const switchLanguage = (): void => {
    const next = language === "zh" ? "en" : "zh";
    remember("language", next);
    setLanguage(next);
  };
  const switchTheme = (): void => {
    const next = theme === "night" ? "light" : "night";
    remember("theme", next);
    setTheme(next);
  };
  const leave = (): void => void signOut().finally(() => setEntry({ state: "out", ended: false }));
  const say = speaker(language);
  return (
    <Spoken.Provider value={say}>
      {entry.state === "asking" && <p class="asking">{say("loading")}</p>}
      {entry.state === "out" && (
        <Login ended={entry.ended} enter={(session) => setEntry({ state: "in", session })} switchLanguage={switchLanguage} />
      )}
      {entry.state === "in" && (
        <Guard
          user={entry.session.user}
          theme={theme}
          switchTheme={switchTheme}
          switchLanguage={switchLanguage}
          leave={leave}
          ended={() => setEntry({ state: "out", ended: true })}
        />
      )}
    </Spoken.Provider>
  );
}

/** A cloud that is away for a moment is asked again; only a plain no leads to the log-in. */
async function ask(enter: (entry: Entry) => void): Promise<void> {
  try {
    enter({ state: "in", session: await whoAmI() });
  } catch (error) {
    const no = error instanceof Refused && error.status !== 0 && error.status < 500;
    if (no) enter({ state: "out", ended: false });
    else window.setTimeout(() => void ask(enter), 2_000);
  }
}
