import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Refused } from "../api/client";
import { noteLeft, register, type How, type Inside, type Register as Known } from "../api/register";
import { Shape } from "../view/shapes";
import { absolute } from "../words/time";
import { refusalHere } from "../words/refusal";
import { useAsked } from "./use_asked";
import { useTell } from "./words";

const AGAIN_MS = 30_000;
const HOW: readonly How[] = ["seen", "asked", "day_end"];

interface Props {
  gate: string;
  /** Whether this account may note that somebody has left. */
  notes: boolean;
  ended: () => void;
}

/** Who went in with a badge or pass and is not known to have left. The way out has no reader: nothing here is a guess. */
export function Register({ gate, notes, ended }: Props): JSX.Element {
  const tell = useTell();
  const [noted, setNoted] = useState(0);
  const asked = useAsked<Known>(() => register(gate), [gate, noted], ended, AGAIN_MS);
  const { found } = asked;
  if (found === null) return <p class="dim">{tell(asked.failed ? "away" : "loading")}</p>;
  const over = found.inside.filter((one) => one.day_over).length;
  return (
    <div data-register={found.inside.length}>
      <p class="dim small">{tell("register.how")}</p>
      {asked.failed && <p class="dim">{tell("away")}</p>}
      {over > 0 && (
        <p class="trouble" role="status">
          {tell("register.over", { n: over })}
        </p>
      )}
      {found.inside.length === 0 && <p class="dim">{tell("register.none")}</p>}
      <ul class="inside">
        {found.inside.map((one) => (
          <Row key={one.visit} gate={gate} one={one} notes={notes} done={() => setNoted((count) => count + 1)} ended={ended} />
        ))}
      </ul>
      <p class="dim small">
        {tell("register.left", { n: found.left })} {found.without_code > 0 && tell("register.without", { n: found.without_code })}
      </p>
    </div>
  );
}

interface RowProps {
  gate: string;
  one: Inside;
  notes: boolean;
  done: () => void;
  ended: () => void;
}

function Row({ gate, one, notes, done, ended }: RowProps): JSX.Element {
  const tell = useTell();
  const [asking, setAsking] = useState(false);
  const [trouble, setTrouble] = useState<Refused | null>(null);
  const say = async (how: How): Promise<void> => {
    try {
      await noteLeft(gate, one.visit, how);
      done();
    } catch (error) {
      const no = error instanceof Refused ? error : new Refused(0);
      if (no.status === 401) ended();
      setTrouble(no);
    }
  };
  return (
    <li data-inside={one.visit}>
      <Shape sign="unknown" />
      <span>
        <strong>{one.badge ?? one.visitor_pass}</strong> <span class="dim">{tell(one.badge === null ? "register.pass" : "register.badge")}</span>
      </span>
      <span class="dim">{tell("register.since", { time: absolute(one.entered) })}</span>
      {notes && !asking && (
        <button type="button" class="quiet framed" data-action="left" onClick={() => setAsking(true)}>
          {tell("register.go")}
        </button>
      )}
      {asking && (
        <span class="buttons">
          {HOW.map((how) => (
            <button key={how} type="button" class="quiet framed" data-how={how} onClick={() => void say(how)}>
              {tell(`register.${how}`)}
            </button>
          ))}
          <button type="button" class="quiet" onClick={() => setAsking(false)}>
            {tell("register.not")}
          </button>
        </span>
      )}
      {trouble !== null && (
        <span class="trouble" role="alert">
          {refusalHere(trouble) || tell("away")}
        </span>
      )}
    </li>
  );
}
