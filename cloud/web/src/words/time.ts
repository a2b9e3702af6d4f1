import type { Say } from "./say";

const two = (number: number): string => String(number).padStart(2, "0");

/** An age that counts up in place: 0:41, 12:05, 3:07:00; never negative. */
export function counting(age_ms: number): string {
  const whole_s = Math.max(0, Math.floor(age_ms / 1000));
  const [hours, minutes, seconds] = [Math.floor(whole_s / 3600), Math.floor(whole_s / 60) % 60, whole_s % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** An age in words, coarse: for rows nobody acts on. */
export function coarse(say: Say, age_ms: number): string {
  const minutes = Math.floor(age_ms / 60_000);
  if (minutes < 1) return say("time.now");
  if (minutes < 60) return say("time.min", { n: minutes });
  return minutes < 1440 ? say("time.hours", { n: Math.floor(minutes / 60) }) : say("time.days", { n: Math.floor(minutes / 1440) });
}

/** Time of day on this screen's clock: 14:02:09. */
export function ofDay(iso: string): string {
  const at = new Date(iso);
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** The whole moment, for hovering: 2026-11-21 14:02:09. */
export function absolute(iso: string): string {
  const at = new Date(iso);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${ofDay(iso)}`;
}
