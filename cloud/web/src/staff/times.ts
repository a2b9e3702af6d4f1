/** Times as the staff read them: on this screen's clock, to the minute. */

const two = (number: number): string => String(number).padStart(2, "0");

/** 14:02 */
export function clock(iso: string): string {
  const at = new Date(iso);
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** 11-23 14:02 */
export function dayAndClock(iso: string): string {
  const at = new Date(iso);
  return `${two(at.getMonth() + 1)}-${two(at.getDate())} ${clock(iso)}`;
}

/** 14:02, and the day before it where it is another one. */
export function near(iso: string, now: string): string {
  return new Date(iso).toDateString() === new Date(now).toDateString() ? clock(iso) : dayAndClock(iso);
}

/** The same day some days later: 2026-11-30. */
export function later(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** What a field of a local time says, in UTC. */
export const inUtc = (local: string): string => new Date(local).toISOString();
