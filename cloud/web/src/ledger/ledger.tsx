/** The ledger: searched, told row by row, its chain shown and verified. Loaded when somebody opens it. */
import type { JSX } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import "../admin/admin.css";
import { Ended } from "../admin/use_doing";
import { teller as adminTeller, Told as AdminTold } from "../admin/words";
import type { Session } from "../api/types";
import type { Theme } from "../state/settings";
import { Brand } from "../view/top";
import { useSay } from "../words/say";
import type { Language } from "../words/table";
import { everything, filterOf, PARTS, searched, type Filter, type Part } from "./address";
import { Chain } from "./chain";
import "./ledger.css";
import { List } from "./list";
import { Story } from "./story";
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

const CHAIN = "#ledger?part=chain";

export default function Ledger(props: Props): JSX.Element {
  const { session, language } = props;
  const say = useSay();
  const tell = teller(language);
  const [filter, setFilter] = useState<Filter>(() => filterOf(location.hash));
  const [chained, setChained] = useState(() => location.hash === CHAIN);
  const [opened, setOpened] = useState<{ part: Part; id: string } | null>(null);
  const open = useCallback((part: Part, id: string) => setOpened({ part, id }), []);
  const seek = useCallback((wished: Filter) => setFilter(wished), []);
  const parts = PARTS.filter((part) => part !== "audit" || session.may.includes("audit.read"));
  useEffect(() => history.replaceState(null, "", chained ? CHAIN : `#ledger?${searched(filter)}`), [filter, chained]);
  useEffect(() => {
    document.title = `${tell("title")} · Menshen`;
  }, [language]);
  const choose = (part: Part): void => {
    setChained(false);
    setFilter({ ...everything(part), site: filter.site, gate: filter.gate, since: filter.since, until: filter.until });
  };
  return (
    <Told.Provider value={tell}>
      <AdminTold.Provider value={adminTeller(language)}>
        <Ended.Provider value={props.ended}>
          <div class="administration ledger" data-ready="true">
            <header class="top">
              <Brand />
              <h1>{tell("title")}</h1>
              <span class="space" />
              <button type="button" class="quiet" data-action="back" onClick={props.back}>
                {adminTeller(language)("back")}
              </button>
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
              {parts.map((part) => (
                <button key={part} type="button" data-tab={part} aria-current={!chained && part === filter.part ? "page" : undefined} onClick={() => choose(part)}>
                  {tell(`part.${part}`)}
                </button>
              ))}
              <button type="button" data-tab="chain" aria-current={chained ? "page" : undefined} onClick={() => setChained(true)}>
                {tell("part.chain")}
              </button>
            </nav>
            <main>
              {chained ? (
                <Chain takes={session.may.includes("audit.read") && session.site === ""} />
              ) : (
                <List key={JSON.stringify(filter)} filter={filter} seek={seek} open={open} language={language} takes={session.may.includes("export")} />
              )}
            </main>
            {opened !== null && <Story key={opened.id} {...opened} language={language} open={open} close={() => setOpened((now) => (now?.id === opened.id ? null : now))} />}
          </div>
        </Ended.Provider>
      </AdminTold.Provider>
    </Told.Provider>
  );
}
