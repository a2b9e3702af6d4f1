import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Trouble } from "../admin/fields";
import { useDoing, useRows } from "../admin/use_doing";
import { Waiting } from "../admin/waiting";
import { absolute } from "../words/time";
import { chain, check, heads, type Chain as Ends, type Checked, type SignedHead } from "./api";
import { useTell } from "./words";

const LINKS = 1_000;
const signedAt = (head: SignedHead): string => absolute(new Date(head.at_ms).toISOString());

/** Where the chain ends, who signed that, whether it holds; and what a third party needs. */
export function Chain({ takes }: { takes: boolean }): JSX.Element {
  const tell = useTell();
  const { rows: ends, doing, again } = useRows<Ends>(chain);
  const { rows: signed, doing: listing, again: list } = useRows<SignedHead[]>(heads);
  return (
    <section class="page" aria-label={tell("part.chain")}>
      <Trouble trouble={doing.trouble ?? listing.trouble} />
      <Waiting rows={ends ?? signed} doing={doing} again={() => Promise.all([again(), list()])} />
      {ends !== null && <Head ends={ends} />}
      <Check />
      {takes && (
        <div class="card plain">
          <h2>{tell("chain.evidence")}</h2>
          <p class="dim">{tell("chain.evidence.how")}</p>
          <p class="buttons">
            <a class="second" data-evidence="hashes" href="/api/chain/evidence" download>
              {tell("chain.evidence.hashes")}
            </a>
            <a class="second" data-evidence="contents" href="/api/chain/evidence?contents=true" download>
              {tell("chain.evidence.contents")}
            </a>
          </p>
        </div>
      )}
      {signed !== null && signed.length > 0 && <Heads heads={signed} />}
    </section>
  );
}

function Head({ ends }: { ends: Ends }): JSX.Element {
  const tell = useTell();
  return (
    <dl class="ends">
      <dt>{tell("chain.ends")}</dt>
      <dd>
        <code data-head={ends.number}>
          {ends.number}:{ends.link}
        </code>
      </dd>
      <dt>{tell("chain.signed")}</dt>
      <dd>{ends.signed === null ? tell("chain.unsigned") : <code>{`${ends.signed.number} · ${signedAt(ends.signed)}`}</code>}</dd>
      {ends.key !== null && <dt>{tell("chain.key")}</dt>}
      {ends.key !== null && (
        <dd>
          <code>{ends.key}</code>{" "}
          {ends.signed !== null && (
            <a href="/api/chain/key" download>
              {tell("chain.key.get")}
            </a>
          )}
        </dd>
      )}
    </dl>
  );
}

function Check(): JSX.Element {
  const tell = useTell();
  const doing = useDoing();
  const [found, setFound] = useState<Checked | null>(null);
  return (
    <div class="card plain">
      <p class="buttons">
        <button type="button" class="primary" data-action="check" disabled={doing.busy} onClick={() => void doing.run(async () => setFound(await check(LINKS)))}>
          {doing.busy ? tell("chain.checking") : tell("chain.check", { n: LINKS })}
        </button>
      </p>
      <Trouble trouble={doing.trouble} />
      {found !== null && found.faults.length === 0 && (
        <p role="status" class="seal" data-found="good">
          ✓ {tell("chain.good", { first: found.first, last: found.last, rows: found.rows, erased: found.erased, removed: found.removed, signed: found.signed })}
        </p>
      )}
      {found !== null && found.faults.length > 0 && (
        <div role="alert" class="seal broken" data-found="bad">
          <p>✗ {tell("chain.bad")}</p>
          <ul>{found.faults.map((fault) => <li key={fault}>{fault}</li>)}</ul>
        </div>
      )}
    </div>
  );
}

function Heads({ heads: signed }: { heads: SignedHead[] }): JSX.Element {
  const tell = useTell();
  return (
    <>
      <h2>{tell("chain.heads")}</h2>
      <p class="dim">
        {tell("chain.heads.how")}{" "}
        <a href="/api/chain/heads?limit=1000" download="ledger-heads.json">
          {tell("chain.heads.get")}
        </a>
      </p>
      <div class="scroll" tabIndex={0} role="region" aria-label={tell("chain.heads")}>
        <table>
          <thead>
            <tr>
              {(["chain.at", "chain.number", "chain.hash", "chain.signature"] as const).map((key) => (
                <th key={key} scope="col">
                  {tell(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {signed.map((one) => (
              <tr key={one.number}>
                <td class="when">{signedAt(one)}</td>
                <td>{one.number}</td>
                <td class="hash">{one.link}</td>
                <td class="hash dim">{one.signature}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
