import type { JSX } from "preact";
import { dayAndClock } from "../staff/times";
import { Shape, type Sign } from "../view/shapes";
import type { Stock, Stocks } from "./supplies_api";
import { supplyWord, useTellOfSupplies, type Tell } from "./supplies_words";

const SIGNS: Readonly<Record<string, Sign>> = { short: "recheck", unknown: "unknown", contradicted: "unknown", uncounted: "unknown", fine: "pass" };

interface Props {
  rows: Stocks;
  open: (id: string) => void;
  enter?: (stock: Stock) => void;
}

export function StockTable({ rows, open, enter }: Props): JSX.Element {
  const tell = useTellOfSupplies();
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={tell("tab.supplies")}>
      <table>
        <thead>
          <tr>
            {(["name", "state", "book", "lasts", "counted"] as const).map((key) => (
              <th key={key} scope="col">
                {tell(key)}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.stocks.map((one) => (
            <tr key={one.id} data-stock={one.id}>
              <th scope="row">
                {one.name}
                <span class="dim below">{[supplyWord(tell, "kind", one.kind), one.site].filter((part) => part !== "").join(" · ")}</span>
              </th>
              <td>
                <StockLight stock={one} low_days={rows.low_days} />
              </td>
              <td class="figure" data-label={tell("book")}>
                <span>
                  {one.book === null ? tell("book.unknown") : `${one.book} ${one.unit}`}
                  <span class="dim below">
                    {tell("minimum")} {one.minimum}
                  </span>
                </span>
              </td>
              <td data-label={tell("lasts")}>
                <Lasts stock={one} least_days={rows.least_days} />
              </td>
              <td data-label={tell("counted")}>
                <Counted stock={one} />
              </td>
              <td>
                <span class="acts">
                  {enter && (
                    <button type="button" class="second" data-action="enter" aria-label={tell("enter.of", { name: one.name })} onClick={() => enter(one)}>
                      {tell("enter")}
                    </button>
                  )}
                  <button type="button" class="quiet" data-action="book" aria-label={tell("story.of", { name: one.name })} onClick={() => open(one.id)}>
                    {tell("story")}
                  </button>
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Colour, shape and word together; what this screen does not know is unknown. */
export function StockLight({ stock, low_days }: { stock: Stock; low_days: number }): JSX.Element {
  const tell = useTellOfSupplies();
  return (
    <span class="light" data-light={stock.light}>
      <Shape sign={SIGNS[stock.light] ?? "unknown"} />
      <span>
        {supplyWord(tell, "light", stock.light)}
        {stock.short !== null && <span class="dim below">{supplyWord(tell, "short", stock.short, { n: low_days })}</span>}
        {stock.short_since !== null && <span class="dim below">{tell("since", { when: dayAndClock(stock.short_since) })}</span>}
      </span>
    </span>
  );
}

function Lasts({ stock, least_days }: { stock: Stock; least_days: number }): JSX.Element {
  const tell = useTellOfSupplies();
  if (stock.left === null)
    return (
      <span>
        {tell("left.unknown")}
        <span class="dim below">{tell("left.why", { n: least_days })}</span>
      </span>
    );
  const { likely, used_a_day, days } = stock.left;
  return (
    <span>
      {likely === null ? tell("left.seldom") : tell("left.days", { n: Math.floor(likely) })}
      <span class="dim below">{range(stock.left.least, stock.left.most, tell)}</span>
      <span class="dim below">{tell("left.rate", { n: Math.round(used_a_day * 10) / 10, days })}</span>
    </span>
  );
}

/** Whole days, rounded down: nobody runs out a day early. */
function range(least: number | null, most: number | null, tell: Tell): string {
  if (least === null) return "";
  return most === null ? tell("left.from", { least: Math.floor(least) }) : tell("left.between", { least: Math.floor(least), most: Math.floor(most) });
}

function Counted({ stock }: { stock: Stock }): JSX.Element {
  const tell = useTellOfSupplies();
  if (stock.counted_at === null) return <span class="wrong">{tell("counted.never")}</span>;
  return (
    <span>
      {dayAndClock(stock.counted_at)}
      <span class={stock.difference ? "wrong below" : "dim below"}>{differs(stock.difference, tell)}</span>
    </span>
  );
}

export function differs(difference: number | null, tell: Tell): string {
  if (difference === null) return tell("counted.first");
  if (difference === 0) return tell("counted.agrees");
  return tell(difference > 0 ? "counted.more" : "counted.less", { n: Math.abs(difference) });
}
