import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { fill } from "../words/say";
import type { Language } from "../words/table";
import { able, own, pushes, sendTest, subscribe, unsubscribe, type Device, type Pushes } from "./device";
import { PUSH_WORDS, type PushKey } from "./words";

type Said = { key: PushKey; answer?: string } | null;

/** Whether this device shows web pushes, and a test of it. */
export default function PushChoice({ language }: { language: Language }): JSX.Element {
  const tell = (key: PushKey, values: Record<string, string | number> = {}): string => fill(PUSH_WORDS[key][language], values);
  const [there, setThere] = useState<Pushes | null>(null);
  const [mine, setMine] = useState<Device | null>(null);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<Said>(null);
  const show = async (now: Pushes): Promise<void> => {
    setThere(now);
    setMine(able() ? await own(now) : null);
  };
  const doing = async (deed: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setSaid(null);
    try {
      await deed();
    } catch {
      setSaid({ key: able() && Notification.permission === "denied" ? "blocked" : "failed" });
    } finally {
      setBusy(false);
    }
  };
  useEffect(() => void doing(async () => show(await pushes())), []);
  const turn = (key: string, on: boolean): Promise<void> =>
    doing(async () => {
      if (on) return show(await subscribe(key));
      if (mine !== null) await unsubscribe(mine);
      return show(await pushes());
    });
  const test = (): Promise<void> =>
    doing(async () => {
      const { taken, answer } = await sendTest();
      setSaid({ key: taken ? "taken" : "refused", answer });
      await show(await pushes());
    });
  const key = there?.key ?? null;
  return (
    <section class="pushes" aria-label={tell("title")}>
      <h3>{tell("title")}</h3>
      <p class="dim">{tell("what")}</p>
      {there !== null && key === null && <p class="dim">{tell("none")}</p>}
      {key !== null && !able() && <p class="dim">{tell("unable")}</p>}
      {key !== null && able() && (
        <label class="choice">
          <input type="checkbox" data-action="push" checked={mine !== null} disabled={busy} onChange={(event) => void turn(key, event.currentTarget.checked)} />
          {tell("switch")}
        </label>
      )}
      {there !== null && there.devices.length > 0 && (
        <p class="buttons">
          <button type="button" class="quiet framed" data-action="push-test" disabled={busy} onClick={() => void test()}>
            {tell("test")}
          </button>
          <span class="dim">{tell("others", { n: there.devices.length })}</span>
        </p>
      )}
      <p role="status" class={said === null || said.key === "taken" ? "dim" : "trouble"}>
        {busy ? tell("busy") : said !== null && tell(said.key, { answer: said.answer ?? "" })}
      </p>
    </section>
  );
}
