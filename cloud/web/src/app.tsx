import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Refused, session as whoAmI, signOut } from "./api/client";
import type { Session } from "./api/types";
import { firstLanguage, firstTheme, remember } from "./state/settings";
import { Guard } from "./view/guard";
import { Later } from "./view/later";
import { Login } from "./view/login";
import { Spoken, speaker } from "./words/say";

/** What may be shown in place of the guard screen, as the address names it. */
const PARTS = ["administration", "facilities", "staff", "ledger", "reports"] as const;
type Part = (typeof PARTS)[number];
const named = (): Part | null => PARTS.find((part) => location.hash.split("?")[0] === `#${part}`) ?? null;

type Entry = { state: "asking" } | { state: "out"; ended: boolean } | { state: "in"; session: Session };

/** Who is here, in which language and theme; then the log-in, the guard screen, or the administration. */
export function App(): JSX.Element {
  const [entry, setEntry] = useState<Entry>({ state: "asking" });
  const [language, setLanguage] = useState(firstLanguage);
  const [theme, setTheme] = useState(firstTheme);
  const [part, setPart] = useState(named);
  useEffect(() => void ask(setEntry), []);
  useEffect(() => {
    // A part may keep more in the address than its name.
    if (part !== named()) history.replaceState(null, "", part === null ? location.pathname : `#${part}`);
  }, [part]);
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
  const shared = {
    language,
    theme,
    switchTheme,
    switchLanguage,
    back: () => setPart(null),
    leave,
    ended: () => setEntry({ state: "out", ended: true }),
  };
  return (
    <Spoken.Provider value={say}>
      {entry.state === "asking" && <p class="asking">{say("loading")}</p>}
      {entry.state === "out" && (
        <Login ended={entry.ended} enter={(session) => setEntry({ state: "in", session })} switchLanguage={switchLanguage} />
      )}
      {entry.state === "in" && (part === "administration" || entry.session.must_change) && (
        <Later load={() => import("./admin/administration")} props={{ session: entry.session, ...shared }} />
      )}
      {entry.state === "in" && part === "staff" && !entry.session.must_change && (
        <Later load={() => import("./staff/staff")} props={{ session: entry.session, ...shared }} />
      )}
      {entry.state === "in" && part === "facilities" && !entry.session.must_change && (
        <Later load={() => import("./facilities/facilities")} props={{ session: entry.session, ...shared }} />
      )}
      {entry.state === "in" && part === "ledger" && !entry.session.must_change && (
        <Later load={() => import("./ledger/ledger")} props={{ session: entry.session, ...shared }} />
      )}
      {entry.state === "in" && part === "reports" && !entry.session.must_change && (
        <Later load={() => import("./reports/reports")} props={{ session: entry.session, ...shared }} />
      )}
      {entry.state === "in" && part === null && !entry.session.must_change && (
        <Guard
          user={entry.session.user}
          may={entry.session.may}
          language={language}
          theme={theme}
          switchTheme={switchTheme}
          switchLanguage={switchLanguage}
          showAccount={() => setPart("administration")}
          showStaff={() => setPart("staff")}
          showFacilities={() => setPart("facilities")}
          showReports={() => setPart("reports")}
          showLedger={() => setPart("ledger")}
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
