/** Daily reports and the chronicle: loaded when somebody opens it. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Session } from "../api/types";
import type { Theme } from "../state/settings";
import { Brand } from "../view/top";
import { useSay } from "../words/say";
import type { Language } from "../words/table";
import { Chronicle } from "./chronicle";
import { Days } from "./days";
import "./reports.css";
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

const TABS = ["reports", "chronicle"] as const;

export default function Reports(props: Props): JSX.Element {
  const say = useSay();
  const tell = teller(props.language);
  const [tab, setTab] = useState<(typeof TABS)[number]>("reports");
  const shared = { language: props.language, mayTake: props.session.may.includes("export"), ended: props.ended };
  useEffect(() => {
    document.title = `${tell("title")} · Menshen`;
  }, [props.language]);
  return (
    <Told.Provider value={tell}>
      <div class="reports" data-ready="true">
        <header class="top">
          <Brand />
          <h1>{tell("title")}</h1>
          <span class="space" />
          <button type="button" class="quiet" data-action="back" onClick={props.back}>
            {tell("back")}
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
          {TABS.map((name) => (
            <button key={name} type="button" data-tab={name} aria-current={name === tab ? "page" : undefined} onClick={() => setTab(name)}>
              {tell(`tab.${name}`)}
            </button>
          ))}
        </nav>
        <main>{tab === "reports" ? <Days {...shared} /> : <Chronicle {...shared} />}</main>
      </div>
    </Told.Provider>
  );
}
