import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Trouble } from "../admin/fields";
import { Waiting } from "../admin/waiting";
import { clock } from "../staff/times";
import { usePolled } from "../staff/use_polled";
import { ClockOffset } from "../state/now";
import type { Theme } from "../state/settings";
import type { Language } from "../words/table";
import { everything, type SensorNow } from "./board_api";
import { SensorPage } from "./board_history";
import { Tiles } from "./board_tiles";
import { Counts, Top } from "./board_top";
import { Files } from "./files";
import { boardTeller, ToldOfBoard, useBoard } from "./board_words";
import "./board.css";

interface Props {
  language: Language;
  theme: Theme;
  mayTake: boolean;
  go: (tab: "rounds" | "supplies" | "levels") => void;
  /** What waits on this telephone to be sent. */
  waits: (arrived: () => Promise<void>) => JSX.Element;
}

/** How everything stands: what needs somebody, what is due next, and every place with what its sensors say. */
export function BoardPage(props: Props): JSX.Element {
  return (
    <ToldOfBoard.Provider value={{ tell: boardTeller(props.language), language: props.language }}>
      <Page {...props} />
    </ToldOfBoard.Provider>
  );
}

function Page({ theme, mayTake, go, waits }: Props): JSX.Element {
  const { tell, language } = useBoard();
  const { rows, doing, again } = usePolled(everything);
  const [opened, setOpened] = useState<SensorNow | null>(null);
  const heard = doing.trouble === null;
  return (
    <ClockOffset.Provider value={rows?.ahead_ms ?? 0}>
      <section class="page board" aria-label={tell("board")} data-heard={heard}>
        {waits(again)}
        {opened !== null ? (
          <SensorPage one={opened} theme={theme} mayTake={mayTake} close={() => setOpened(null)} />
        ) : (
          <>
            <Trouble trouble={doing.trouble} />
            {rows !== null && !heard && <p class="trouble">{tell("stale", { when: clock(rows.sensors.at) })}</p>}
            <Waiting rows={rows} doing={doing} again={again} />
            {rows !== null && (
              <>
                <Top all={rows} heard={heard} />
                <Counts all={rows} heard={heard} go={go} />
                <Tiles sensors={rows.sensors.sensors} heard={heard} open={setOpened} />
                {mayTake && <Files at={(form) => `/api/facilities/board/file?form=${form}&lang=${language}`} />}
              </>
            )}
          </>
        )}
      </section>
    </ClockOffset.Provider>
  );
}
