/** One language of state: colour, shape and word together. The kiosk draws the same shapes (edge/kiosk/pages/index.html). */
import type { JSX } from "preact";
import { useSay, word } from "../words/say";
import type { Verdict } from "../api/types";

export type Sign = Verdict | "unknown";

const MASK = "M6.4 10.2c2-.2 3.6-1.2 5.6-1.2s3.6 1 5.6 1.2v2.6c0 3-2.4 4.9-5.6 4.9s-5.6-1.9-5.6-4.9z";
const LOW_MASK = "M6.4 13.2c2-.2 3.6-.9 5.6-.9s3.6.7 5.6.9v1.6c0 2.6-2.4 4-5.6 4s-5.6-1.4-5.6-4z";
const HAND =
  "M7.6 12.6V6.4a1.2 1.2 0 0 1 2.4 0v4.4l.3.1V4.2a1.2 1.2 0 0 1 2.4 0v6.6l.3-.1V5.2a1.2 1.2 0 0 1 2.4 0v6.4l.3.2V7.8a1.2 1.2 0 0 1 2.4 0v7.4c0 3.8-2.4 6.6-6 6.6-2.6 0-4.2-1-5.6-3.2L3.9 14.7c-.9-1.5.9-2.9 2.1-1.7z";

const DRAWINGS: Readonly<Record<Sign, () => JSX.Element>> = {
  pass: () => (
    <>
      <circle class="fill" cx="12" cy="12" r="10.5" />
      <path class="stroke" d="M7 12.4l3.5 3.6L17.2 8.6" />
    </>
  ),
  wait: () => (
    <>
      <circle class="fill" cx="4.4" cy="12" r="3.2" />
      <circle class="fill" cx="12" cy="12" r="3.2" />
      <circle class="fill" cx="19.6" cy="12" r="3.2" />
    </>
  ),
  put_on_mask: () => (
    <>
      <rect class="fill" x="1.5" y="1.5" width="21" height="21" rx="5" />
      <path class="stroke thin" d="M6.4 11.2H4M17.6 11.2H20" />
      <path class="ink" d={MASK} />
    </>
  ),
  fix_mask: () => (
    <>
      <rect class="fill" x="1.5" y="1.5" width="21" height="21" rx="5" />
      <path class="ink" d={LOW_MASK} />
      <path class="stroke" d="M12 10.4V5.2M9.4 7.4L12 4.8l2.6 2.6" />
    </>
  ),
  recheck: () => (
    <>
      <path class="fill" d="M12 .8L23.2 12 12 23.2.8 12z" />
      <path class="stroke" d="M6.6 12h10M12.8 8l4 4-4 4" />
    </>
  ),
  cannot_measure: () => <path class="fill" d={HAND} />,
  not_admitted: () => <rect class="fill" x="1.5" y="8" width="21" height="8" rx="2" />,
  hold: () => <rect class="fill" x="1.5" y="8" width="21" height="8" rx="2" />,
  unknown: () => (
    <>
      <path class="fill" d="M12 1.8L23.4 21.8H.6z" />
      <path class="hatching" d="M3.4 20.4l9-15.6M7.4 20.6l7-12.1M11.6 20.6l4.8-8.3M15.8 20.6l2.6-4.5" />
      <path class="stroke halo" d="M9.4 11.2c.2-3.4 5.6-3.2 5.4.2-.2 2-2.7 2-2.7 4.2" />
      <path class="stroke" d="M9.4 11.2c.2-3.4 5.6-3.2 5.4.2-.2 2-2.7 2-2.7 4.2M12.1 18.9v.1" />
    </>
  ),
};

/** The drawing alone; always beside its word. */
export function Shape({ sign }: { sign: Sign }): JSX.Element {
  return (
    <svg class={`shape ${sign}`} viewBox="0 0 24 24" aria-hidden="true">
      {DRAWINGS[sign]()}
    </svg>
  );
}

export function VerdictWord({ verdict }: { verdict: Sign }): JSX.Element {
  const say = useSay();
  return (
    <span class="verdict">
      <Shape sign={verdict in DRAWINGS ? verdict : "unknown"} />
      <span>{word(say, "verdict", verdict)}</span>
    </span>
  );
}
