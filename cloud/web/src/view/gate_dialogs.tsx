import type { JSX } from "preact";
import type { Verb } from "../api/gates";
import type { Board } from "../state/board";
import type { Language } from "../words/table";
import { Later } from "./later";

/** What is open of the gates: the tree of sites, or one gate, with what the guard came for. */
export type Shown = "sites" | { gate: string; begin: Verb | null } | null;

interface Props {
  shown: Shown;
  show: (shown: Shown) => void;
  board: Board;
  feedStale: boolean;
  site: string;
  choose: (site: string) => void;
  user: string;
  may: readonly string[];
  language: Language;
  ended: () => void;
}

const gatePage = (): Promise<typeof import("../gates/gate")> => import("../gates/gate");
const sitesPage = (): Promise<typeof import("../gates/sites")> => import("../gates/sites");

/** The dialogs about gates; fetched with the first one. */
export function GateDialogs({ shown, show, board, site, choose, ...shared }: Props): JSX.Element | null {
  if (shown === null) return null;
  if (shown === "sites") {
    const showGate = (gate: string): void => show({ gate, begin: null });
    const only = (wanted: string): void => (choose(wanted), show(null));
    return <Later key="sites" load={sitesPage} props={{ ...shared, board, site, choose: only, showGate, close: () => show(null) }} />;
  }
  const { gate, begin } = shown;
  const one = { name: gate, gate: board.gates.get(gate), items: board.items, visits: board.visits, begin };
  return <Later key={gate} load={gatePage} props={{ ...shared, ...one, close: () => show(null) }} />;
}
