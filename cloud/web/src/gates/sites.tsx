/** The tree of sites, each with everything below it added up. Loaded when somebody opens it. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Board } from "../state/board";
import { siteTree, type SiteNode, type SiteState } from "../state/sites";
import { Dialog } from "../view/dialog";
import { COUNTED } from "../view/gates";
import { Shape, type Sign } from "../view/shapes";
import { useSay, word } from "../words/say";
import type { Language } from "../words/table";
import { teller, Told, useTell } from "./words";
import "./gates.css";

interface Props {
  board: Board;
  feedStale: boolean;
  /** The site that is shown alone; empty: everything. */
  site: string;
  choose: (site: string) => void;
  showGate: (gate: string) => void;
  language: Language;
  close: () => void;
}

const SIGNS: Readonly<Record<SiteState, Sign>> = { none: "unknown", live: "pass", fault: "unknown", stale: "unknown", offline: "unknown" };
/** Trees up to so many gates are shown open. */
const OPEN_UP_TO = 24;

export default function Sites({ board, feedStale, language, close, ...rest }: Props): JSX.Element {
  const tell = teller(language);
  const tree = siteTree(board, feedStale);
  const placed = tree.below.length > 0;
  return (
    <Told.Provider value={tell}>
      <Dialog title={tell("sites.title")} close={close}>
        <div class="site-tree">
          {!placed && <p class="dim">{tell("sites.none")}</p>}
          <ul>
            <Node node={tree} open {...rest} />
          </ul>
        </div>
        <form method="dialog">
          <button class="primary">{tell("close")}</button>
        </form>
      </Dialog>
    </Told.Provider>
  );
}

type NodeProps = Pick<Props, "site" | "choose" | "showGate"> & { node: SiteNode; open?: boolean };

function Node({ node, open: first = false, ...rest }: NodeProps): JSX.Element {
  const tell = useTell();
  const [open, setOpen] = useState(first || node.gateCount <= OPEN_UP_TO);
  const name = node.site === "" ? tell("sites.all") : node.name;
  return (
    <li data-site={node.site} data-worst={node.state}>
      <button type="button" class="turn" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Shape sign={SIGNS[node.state]} />
        <strong>{name}</strong>
      </button>
      <button type="button" class="quiet framed" data-only={node.site} aria-pressed={rest.site === node.site} onClick={() => rest.choose(node.site)}>
        {tell(node.site === "" ? "sites.every" : "sites.only")}
        <span class="unseen"> {name}</span>
      </button>
      <Sum node={node} />
      {open && (
        <ul>
          {node.below.map((one) => (
            <Node key={one.site} node={one} {...rest} />
          ))}
          {node.gates.length > 0 && (
            <li class="stand">
              {node.site === "" && <span class="dim">{tell("sites.unplaced")}</span>}
              {node.gates.map((gate) => (
                <button key={gate.gate} type="button" class="opens" data-gate={gate.gate} onClick={() => rest.showGate(gate.gate)}>
                  {gate.gate}
                </button>
              ))}
            </li>
          )}
        </ul>
      )}
    </li>
  );
}

/** What is below, in one line. */
function Sum({ node }: { node: SiteNode }): JSX.Element {
  const tell = useTell();
  const say = useSay();
  const counted = COUNTED.filter((verdict) => (node.verdicts[verdict] ?? 0) > 0);
  return (
    <div class="sum">
      <span>{tell(`state.${node.state}`)}</span>
      <span class="dim">{tell("sites.gates", { n: node.gateCount })}</span>
      <span class={node.alarms > 0 ? "hot" : "dim"} data-sum="alarms">
        {tell("sites.alarms", { n: node.alarms })}
      </span>
      <span class={node.cases > 0 ? "hot" : "dim"} data-sum="cases">
        {tell("sites.cases", { n: node.cases })}
      </span>
      <span class="dim" data-sum="visits">
        {tell("sites.visits", { n: node.visits })}
      </span>
      {counted.map((verdict) => (
        <span key={verdict} class="share" title={word(say, "verdict", verdict)}>
          <Shape sign={verdict} />
          <span class="unseen">{word(say, "verdict", verdict)}</span> {((100 * (node.verdicts[verdict] ?? 0)) / node.visits).toFixed(0)} %
        </span>
      ))}
    </div>
  );
}
