import type { JSX } from "preact";
import { Field, sent } from "../admin/fields";
import { useSay } from "../words/say";
import { WORDS, type Key } from "../words/table";
import { FIELDS, local, OF_PART, utc, type FieldName, type Filter } from "./address";
import { useTell } from "./words";

const TIMES: readonly FieldName[] = ["since", "until"];
const WORDS_OF = { verdict: "verdict.", reason: "reason." } as const;
const keys = (room: string): Key[] => (Object.keys(WORDS) as Key[]).filter((key) => key.startsWith(room) && key !== "verdict.unknown");

/** The form above the rows; it says what the address says, and nothing is sought before it is sent. */
export function Search({ filter, seek }: { filter: Filter; seek: (filter: Filter) => void }): JSX.Element {
  const tell = useTell();
  const find = (event: Event): void => {
    const field = sent(event);
    const said = FIELDS.map((name): [FieldName, string] => [name, TIMES.includes(name) ? utc(field(name)) : field(name)]);
    seek({ part: filter.part, ...(Object.fromEntries(said) as Record<FieldName, string>) });
  };
  const clear = (): void => seek({ part: filter.part, ...(Object.fromEntries(FIELDS.map((name) => [name, ""])) as Record<FieldName, string>) });
  return (
    <form class="card line seek" onSubmit={find} key={JSON.stringify(filter)} role="search">
      {OF_PART[filter.part].map((name) => (
        <Field key={name} label={tell(`field.${name}`)}>
          <Input name={name} filter={filter} />
        </Field>
      ))}
      <span class="buttons">
        <button class="primary">{tell("find")}</button>
        <button type="button" class="second" data-action="clear" onClick={clear}>
          {tell("clear")}
        </button>
      </span>
    </form>
  );
}

function Input({ name, filter }: { name: FieldName; filter: Filter }): JSX.Element {
  const tell = useTell();
  const say = useSay();
  if (name === "since" || name === "until") return <input type="datetime-local" name={name} defaultValue={local(filter[name])} />;
  if (name === "who") return <Choice name={name} value={filter.who} options={[["staff", tell("who.staff")], ["visitor", tell("who.visitor")]]} />;
  if (name === "verdict" || name === "reason")
    return <Choice name={name} value={filter[name]} options={keys(WORDS_OF[name]).map((key) => [key.slice(WORDS_OF[name].length), say(key)])} />;
  const hint = name === "text" ? tell(`hint.${filter.part}`) : "";
  return <input name={name} defaultValue={filter[name]} placeholder={hint} maxLength={100} spellcheck={false} autocapitalize="none" autocomplete="off" />;
}

function Choice({ name, value, options }: { name: string; value: string; options: (readonly [string, string])[] }): JSX.Element {
  const tell = useTell();
  return (
    <select name={name}>
      {[["", tell("any")] as const, ...options].map(([one, shown]) => (
        <option key={one} value={one} selected={one === value}>
          {shown}
        </option>
      ))}
    </select>
  );
}
