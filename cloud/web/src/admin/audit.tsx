import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { DEEDS, deedWord } from "../words/deed_words";
import type { Language } from "../words/table";
import { absolute } from "../words/time";
import { audit, type Deed, type Deeds, type Search } from "./api";
import { Field, sent, Trouble } from "./fields";
import { useDoing } from "./use_doing";
import { Waiting } from "./waiting";
import { useTell, type AdminKey } from "./words";

const EVERYTHING: Search = { user: "", action: "", subject: "" };
const FIELDS: readonly (readonly [keyof Search, AdminKey])[] = [
  ["user", "user"],
  ["action", "audit.action"],
  ["subject", "audit.subject"],
];

export function Audit({ language }: { language: Language }): JSX.Element {
  const tell = useTell();
  const doing = useDoing();
  const [search, setSearch] = useState<Search>(EVERYTHING);
  const [deeds, setDeeds] = useState<Deed[] | null>(null);
  const [older, setOlder] = useState<number | null>(null);
  const { run } = doing;
  const take = (page: Deeds, before: Deed[]): void => {
    setDeeds([...before, ...page.deeds]);
    setOlder(page.next);
  };
  useEffect(() => {
    let wanted = true; // an answer to an earlier question may come later
    void run(async () => {
      const page = await audit(search, null);
      if (wanted) take(page, []);
    });
    return () => {
      wanted = false;
    };
  }, [search, run]);
  const find = (event: Event): void => {
    const field = sent(event);
    setSearch({ user: field("user"), action: field("action"), subject: field("subject") });
  };
  return (
    <section class="page" aria-label={tell("tab.audit")}>
      <form class="card line" onSubmit={find}>
        {FIELDS.map(([name, key]) => (
          <Field key={name} label={tell(key)}>
            <input name={name} placeholder={tell("audit.begins")} maxLength={100} list={`known-${name}`} spellcheck={false} autocapitalize="none" autocomplete="off" />
          </Field>
        ))}
        <datalist id="known-action">
          {Object.keys(DEEDS).map((action) => (
            <option key={action} value={action} label={deedWord(language, action)} />
          ))}
        </datalist>
        <button class="primary">{tell("audit.find")}</button>
      </form>
      <Trouble trouble={doing.trouble} />
      <Waiting rows={deeds} doing={doing} again={() => setSearch({ ...search })} />
      {deeds !== null && deeds.length === 0 && <p class="dim">{tell("empty")}</p>}
      {deeds !== null && deeds.length > 0 && <Table deeds={deeds} language={language} />}
      {older !== null && (
        <button type="button" class="second" disabled={doing.busy} onClick={() => void run(async () => take(await audit(search, older), deeds ?? []))}>
          {tell("audit.older")}
        </button>
      )}
    </section>
  );
}

function Table({ deeds, language }: { deeds: Deed[]; language: Language }): JSX.Element {
  const tell = useTell();
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={tell("tab.audit")}>
      <table>
        <thead>
          <tr>
            {(["audit.at", "user", "audit.action", "audit.subject", "audit.detail", "audit.address"] as const).map((key) => (
              <th key={key} scope="col">
                {tell(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {deeds.map((one) => (
            <tr key={one.number}>
              <td class="when">{absolute(one.at)}</td>
              <td>{one.user}</td>
              <td>{deedWord(language, one.action)}</td>
              <td lang="en">{one.subject}</td>
              <td class="dim" lang="en">{one.detail}</td>
              <td class="dim">{one.address}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
