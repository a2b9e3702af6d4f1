import { useEffect, useRef, useState } from "preact/hooks";
import type { Item } from "../api/types";
import { stage } from "../state/board";
import { firstSound, remember } from "../state/settings";
import { audible, newest, occurrence, play, touched, urgency, wake } from "../state/sound";

const AGAIN_MS = 30_000;

export type Sound = "on" | "off" | "blocked";

export interface Sounding {
  sound: Sound;
  turn: (on: boolean) => void;
  test: (priority: number) => void;
}

/** Sounds for what is new, and again for what is urgent and still open. */
export function useSound(items: ReadonlyMap<string, Item>, ready: boolean): Sounding {
  const [wanted, setWanted] = useState(firstSound);
  const [heardBy, setHeardBy] = useState(false);
  const heard = useRef<Set<string> | null>(null);
  const rows = useRef(items);
  rows.current = items;
  const rouse = (): void => void wake().then(setHeardBy);

  // The browser lets a page sound after the first key or click in it. Not at the press: the strip gets shorter then, and on a
  // phone the row would slide away from under the finger before it is let go.
  useEffect(() => {
    if (!wanted) return;
    if (touched()) rouse();
    const touch = (): void => (audible() ? setHeardBy(true) : rouse());
    window.addEventListener("click", touch);
    window.addEventListener("keydown", touch);
    return () => {
      window.removeEventListener("click", touch);
      window.removeEventListener("keydown", touch);
    };
  }, [wanted]);
  useEffect(() => {
    if (!ready) return;
    const open = [...items.values()].filter((item) => stage(item) === "open");
    const loudest = newest(open, heard.current ?? new Set());
    heard.current = new Set(open.map(occurrence));
    if (wanted && loudest !== null) play(loudest);
  }, [items, ready, wanted]);
  useEffect(() => {
    if (!wanted) return;
    const again = (): void => {
      if ([...rows.current.values()].some((item) => stage(item) === "open" && urgency(item) === 1)) play(1);
    };
    const timer = window.setInterval(again, AGAIN_MS);
    return () => window.clearInterval(timer);
  }, [wanted]);

  const turn = (on: boolean): void => {
    remember("sound", on ? "on" : "off");
    setWanted(on);
  };
  const test = (priority: number): void =>
    void wake().then((can) => {
      setHeardBy(can);
      play(priority);
    });
  return { sound: wanted ? (heardBy ? "on" : "blocked") : "off", turn, test };
}
