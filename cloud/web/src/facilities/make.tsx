import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Field, sent, Trouble } from "../admin/fields";
import { useDoing } from "../admin/use_doing";
import { AGENTS, type Asset, type Limits, type NewRound, type Round } from "./api";
import { sendOrKeep } from "./kept";
import { LightWord, TrustWord } from "./light";
import { PhotoField } from "./photo_field";
import { useTell, valueWord } from "./words";

const DILUTIONS = [
  { parts: 100, ppm: 500 },
  { parts: 200, ppm: 250 },
] as const;
const CHLORINE: readonly string[] = ["bleach_84", "chlorine"];

interface Props {
  asset: Asset;
  limits: Limits;
  user: string;
  /** The code that was scanned; null where none was. */
  tag: string | null;
  done: () => void;
  close: () => void;
}

/** One asset, for one hand: what with, how strong, how long, done. */
export function Make({ asset, limits, user, tag, done, close }: Props): JSX.Element {
  const tell = useTell();
  const doing = useDoing();
  const [agent, setAgent] = useState(asset.agent ?? "bleach_84");
  const [other, setOther] = useState(agent !== "bleach_84");
  const [made, setMade] = useState<Round | "kept" | null>(null);
  const [key] = useState(() => newKey());
  const [photo, setPhoto] = useState<string | null>(null);
  const strength = CHLORINE.includes(agent);
  const bare = tag === null && photo === null && asset.sensor === "";
  const send = async (event: Event): Promise<void> => {
    const field = sent(event);
    const round = roundOf(field, { key, asset: asset.id, agent, strength, tag, photo });
    await doing.run(async () => {
      setMade((await sendOrKeep({ user, name: asset.name, round, refused: null })) ?? "kept");
    });
    done();
  };
  return (
    <section class="make" data-make={asset.id}>
      <header>
        <LightWord light={asset.light} />
        <h2>{asset.name}</h2>
        <p class="dim">
          {valueWord(tell, "kind", asset.kind)}
          {asset.site !== "" && ` · ${asset.site}`}
        </p>
      </header>
      {made === null ? (
        <form onSubmit={(event) => void send(event)}>
          <p class={bare ? "trouble" : "said"} role="status">
            {tag !== null ? `✓ ${tell("round.tag")}` : bare ? tell("round.nothing") : ""}
            {tag === null && asset.sensor !== "" && (
              <label class="check">
                <input type="checkbox" name="sensor" defaultChecked /> {tell("round.sensor")}
              </label>
            )}
          </p>
          <Field label={tell("round.agent")}>
            <select name="agent" value={agent} onChange={(event) => { setAgent(event.currentTarget.value); setOther(event.currentTarget.value !== "bleach_84"); }}>
              {AGENTS.map((one) => (
                <option key={one} value={one}>
                  {valueWord(tell, "agent", one)}
                </option>
              ))}
            </select>
          </Field>
          {strength && (
            <fieldset class="strength">
              <legend>{tell("round.strength")}</legend>
              {agent === "bleach_84" && (
                <div class="big">
                  {DILUTIONS.map((one) => (
                    <label key={one.parts}>
                      <input type="radio" name="parts" value={one.parts} required onChange={() => setOther(false)} />
                      <span>{tell("round.parts", { n: one.parts, ppm: one.ppm })}</span>
                    </label>
                  ))}
                  <label>
                    <input type="radio" name="parts" value="" required onChange={() => setOther(true)} />
                    <span>{tell("round.other")}</span>
                  </label>
                </div>
              )}
              {other && (
                <Field label={tell("round.ppm")}>
                  <input name="ppm" type="number" inputMode="decimal" min="0" max="100000" step="any" required />
                </Field>
              )}
              <p class="dim small">{tell("round.allowed", { low: limits.low_ppm, high: limits.high_ppm, minutes: limits.contact_min })}</p>
            </fieldset>
          )}
          <Field label={tell("round.contact")}>
            <input name="contact_min" type="number" inputMode="decimal" min="0" max="1440" step="any" required />
          </Field>
          <PhotoField photo={photo} taken={setPhoto} />
          <Trouble trouble={doing.trouble} />
          <div class="foot">
            <button class="primary" disabled={doing.busy}>
              {tell("round.done")}
            </button>
            <button type="button" class="quiet" onClick={close}>
              {tell("close")}
            </button>
          </div>
        </form>
      ) : (
        <div class="outcome" role="status" data-outcome={made === "kept" ? "kept" : made.faults.length > 0 ? "invalid" : made.trust}>
          {made === "kept" ? <p>{tell("round.kept")}</p> : <Outcome made={made} />}
          <button type="button" class="primary" onClick={close}>
            {tell("round.next")}
          </button>
        </div>
      )}
    </section>
  );
}

function Outcome({ made }: { made: Round }): JSX.Element {
  const tell = useTell();
  return (
    <>
      <TrustWord round={made} />
      <p>
        {made.faults.length > 0
          ? tell("round.invalid", { why: made.faults.map((one) => valueWord(tell, "fault", one)).join(", ") })
          : tell("round.counts", { trust: valueWord(tell, "trust", made.trust) })}
      </p>
    </>
  );
}

/** 24 random letters: a round that is sent again is the same one. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (one) => one.toString(16).padStart(2, "0")).join("");
}

interface Chosen {
  key: string;
  asset: string;
  agent: string;
  strength: boolean;
  tag: string | null;
  photo: string | null;
}

function roundOf(field: (name: string) => string, chosen: Chosen): NewRound {
  const { strength, tag, photo, ...named } = chosen;
  const parts = strength ? field("parts") : "";
  return {
    ...named,
    done_at: new Date().toISOString(),
    contact_min: Number(field("contact_min")),
    ...(parts !== "" && { parts: Number(parts) }),
    ...(strength && parts === "" && { ppm: Number(field("ppm")) }),
    ...(tag !== null && { tag }),
    ...(photo !== null && { photo }),
    ...(tag === null && field("sensor") !== "" && { sensor: true }),
  };
}
