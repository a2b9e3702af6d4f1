import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { dropPickup, keptPickups, sendKeptPickups } from "./levels_kept";
import { useTellOfLevels } from "./levels_words";

const SEND_EVERY_MS = 20_000;

/** What waits on this telephone: sent by itself when there is a network, and looked at where it was refused. */
export function LevelWaits({ user, arrived }: { user: string; arrived: () => Promise<void> }): JSX.Element {
  const tell = useTellOfLevels();
  const [rows, setRows] = useState(() => keptPickups(user));
  const send = async (): Promise<void> => {
    if (keptPickups(user).length > 0 && (await sendKeptPickups(user)) > 0) await arrived();
    setRows(keptPickups(user));
  };
  useEffect(() => {
    void send();
    const timer = window.setInterval(() => void send(), SEND_EVERY_MS);
    const online = (): void => void send();
    window.addEventListener("online", online);
    return () => {
      window.clearInterval(timer);
      window.removeEventListener("online", online);
    };
  }, [user]);
  const waiting = rows.filter((one) => one.refused === null);
  return (
    <div class="waits" role="status">
      {waiting.length > 0 && (
        <p class="trouble" data-kept={waiting.length}>
          {tell("kept", { n: waiting.length })}{" "}
          <button type="button" class="second" onClick={() => void send()}>
            {tell("kept.send")}
          </button>
        </p>
      )}
      {rows
        .filter((one) => one.refused !== null)
        .map((one) => (
          <p key={one.pickup.key} class="trouble">
            {tell("kept.refused", { name: one.name, why: one.refused ?? "" })}{" "}
            <button type="button" class="second" onClick={() => { dropPickup(one.pickup.key); setRows(keptPickups(user)); }}>
              {tell("kept.drop")}
            </button>
          </p>
        ))}
    </div>
  );
}
