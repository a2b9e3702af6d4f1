/** Staff: who is on duty, what they have to do, roster, rota, register and declarations. Loaded when somebody opens it. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import "../admin/admin.css";
import { Ended } from "../admin/use_doing";
import { teller as adminTeller, Told as AdminTold } from "../admin/words";
import type { Session } from "../api/types";
import type { Theme } from "../state/settings";
import { Brand } from "../view/top";
import { useSay } from "../words/say";
import type { Language } from "../words/table";
import { Declarations } from "./declarations";
import { MyTasks } from "./mine";
import { People } from "./people";
import { RotaPage } from "./rota";
import "./staff.css";
import { TodayPage } from "./today";
import { Week } from "./week";
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
  ["today", "staff.read"],
  ["week", "staff.read"],
  ["rota", "staff.read"],
  ["people", "staff.read"],
  ["declarations", "staff.declarations"],
  ["mine", "self"],
] as const;
type Tab = (typeof TABS)[number][0];

export default function Staff(props: Props): JSX.Element {
  const { session } = props;
  const say = useSay();
  const tell = teller(props.language);
  const open = TABS.filter(([, permission]) => session.may.includes(permission));
  const [tab, setTab] = useState<Tab>(open[0]?.[0] ?? "mine");
  const may = (permission: string): boolean => session.may.includes(permission);
  useEffect(() => {
    document.title = `${tell("title")} · Menshen`;
  }, [props.language]);
  return (
    <AdminTold.Provider value={adminTeller(props.language)}>
      <Told.Provider value={tell}>
        <Ended.Provider value={props.ended}>
          <div class="administration staff" data-ready="true">
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
              {open.map(([name]) => (
                <button key={name} type="button" data-tab={name} aria-current={name === tab ? "page" : undefined} onClick={() => setTab(name)}>
                  {tell(`tab.${name}`)}
                </button>
              ))}
            </nav>
            <main>
              {tab === "today" && <TodayPage enters={may("staff.enter")} />}
              {tab === "week" && <Week edits={may("staff.manage")} top={session.site} />}
              {tab === "rota" && <RotaPage edits={may("staff.manage")} top={session.site} />}
              {tab === "people" && <People edits={may("staff.manage")} top={session.site} />}
              {tab === "declarations" && <Declarations />}
              {tab === "mine" && <MyTasks />}
            </main>
          </div>
        </Ended.Provider>
      </Told.Provider>
    </AdminTold.Provider>
  );
}
