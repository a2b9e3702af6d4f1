/** Accounts, sites, tokens, audit, and one's own account: loaded when somebody opens it. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Session } from "../api/types";
import type { Theme } from "../state/settings";
import { Brand } from "../view/top";
import { useSay } from "../words/say";
import type { Language } from "../words/table";
import { Accounts } from "./accounts";
import "./admin.css";
import { Appointments } from "./appointments";
import { Audit } from "./audit";
import { Badges } from "./badges";
import { Contacts } from "./contacts";
import { Own } from "./own";
import "./passes.css";
import { Receptions } from "./receptions";
import { Sites } from "./sites";
import { Tokens } from "./tokens";
import { Webhooks } from "./webhooks";
import { Ended } from "./use_doing";
import { teller, Told } from "./words";

interface Props {
  session: Session;
  language: Language;
  theme: Theme;
  switchTheme: () => void;
  switchLanguage: () => void;
  back: () => void;
  leave: () => void;
  ended: () => void;
}

const TABS = [
  ["own", "self"],
  ["accounts", "accounts.manage"],
  ["sites", "sites.manage"],
  ["receptions", "sites.manage"],
  ["appointments", "appointments.make"],
  ["badges", "badges.manage"],
  ["contacts", "contacts.manage"],
  ["webhooks", "webhooks.manage"],
  ["tokens", "tokens.manage"],
  ["audit", "audit.read"],
] as const;
type Tab = (typeof TABS)[number][0];

export default function Administration(props: Props): JSX.Element {
  const { session } = props;
  const say = useSay();
  const tell = teller(props.language);
  const open = TABS.filter(([tab, permission]) => tab === "own" || (!session.must_change && session.may.includes(permission)));
  const [tab, setTab] = useState<Tab>(open.find(([name]) => name === "accounts" || name === "audit")?.[0] ?? "own");
  useEffect(() => {
    document.title = `${tell("title")} · Menshen`;
  }, [props.language]);
  return (
    <Told.Provider value={tell}>
      <Ended.Provider value={props.ended}>
        <div class="administration" data-ready="true">
          <header class="top">
            <Brand />
            <h1>{tell("title")}</h1>
            <span class="space" />
            {!session.must_change && (
              <button type="button" class="quiet" data-action="back" onClick={props.back}>
                {tell("back")}
              </button>
            )}
            <button type="button" class="quiet" data-action="language" onClick={props.switchLanguage}>
              {say("top.language")}
            </button>
            <button type="button" class="quiet" data-action="theme" onClick={props.switchTheme}>
              {say(props.theme === "night" ? "top.theme.light" : "top.theme.night")}
            </button>
            <button type="button" class="quiet" data-action="leave" onClick={props.leave}>
              {say("top.out")}
            </button>
          </header>
          <nav aria-label={tell("title")}>
            {open.map(([name]) => (
              <button key={name} type="button" data-tab={name} aria-current={name === tab ? "page" : undefined} onClick={() => setTab(name)}>
                {tell(`tab.${name}`)}
              </button>
            ))}
          </nav>
          <main>
            {tab === "own" && <Own session={session} />}
            {tab === "accounts" && <Accounts top={session.site} />}
            {tab === "sites" && <Sites />}
            {tab === "receptions" && <Receptions top={session.site} />}
            {tab === "appointments" && <Appointments language={props.language} />}
            {tab === "badges" && <Badges />}
            {tab === "contacts" && <Contacts top={session.site} />}
            {tab === "webhooks" && <Webhooks top={session.site} />}
            {tab === "tokens" && <Tokens top={session.site} />}
            {tab === "audit" && <Audit language={props.language} />}
          </main>
        </div>
      </Ended.Provider>
    </Told.Provider>
  );
}
