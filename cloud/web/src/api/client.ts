import type { Figures } from "./figures";
import type { Move, Notice, Session, Snapshot } from "./types";

/** The cloud said no, or could not be reached (`status` 0). `detail`: why, in English; `code` with `values`: for this screen's words. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly detail = "",
    readonly code = "",
    readonly values: Readonly<Record<string, unknown>> = {},
  ) {
    super(`refused with ${status}`);
  }
}

export async function call(method: string, path: string, body?: unknown, patience_ms = 8_000): Promise<unknown> {
  const init: RequestInit = { method, credentials: "same-origin", headers: { accept: "application/json" }, cache: "no-store", signal: AbortSignal.timeout(patience_ms) };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { accept: "application/json", "content-type": "application/json" };
  }
  const answer = await fetch(path, init).catch(() => {
    throw new Refused(0);
  });
  if (!answer.ok) throw await refusedOf(answer);
  return answer.status !== 204 && answer.headers.get("content-type")?.includes("json") ? answer.json() : null;
}

export async function refusedOf(answer: Response): Promise<Refused> {
  const said = (await answer.json().catch(() => null)) as { detail?: unknown; code?: unknown; values?: unknown } | null;
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  const values = typeof said?.values === "object" && said.values !== null ? (said.values as Record<string, unknown>) : {};
  return new Refused(answer.status, text(said?.detail), text(said?.code), values);
}

export const signIn = (user: string, password: string): Promise<Session> =>
  call("POST", "/api/session", { user, password }) as Promise<Session>;
export const provider = (): Promise<{ name: string | null }> => call("GET", "/api/oidc") as Promise<{ name: string | null }>;
export const session = (): Promise<Session> => call("GET", "/api/session") as Promise<Session>;
export const signOut = (): Promise<unknown> => call("DELETE", "/api/session");
export const snapshot = (): Promise<Snapshot> => call("GET", "/api/snapshot") as Promise<Snapshot>;
export const alarmFigures = (days: number, operators: number): Promise<Figures> =>
  call("GET", `/api/alarm-figures?days=${days}&operators=${operators}`) as Promise<Figures>;
export const moves = (id: string): Promise<Move[]> => call("GET", `/api/alarms/${encodeURIComponent(id)}/moves`) as Promise<Move[]>;
export const noticesOf = (subject: string): Promise<Notice[]> => call("GET", `/api/notices?subject=${encodeURIComponent(subject)}`) as Promise<Notice[]>;
export const acknowledge = (id: string): Promise<unknown> =>
  call("POST", `/api/queue/${encodeURIComponent(id)}/acknowledge`);
export const shelve = (id: string, reason: string, minutes: number): Promise<unknown> =>
  call("POST", `/api/alarms/${encodeURIComponent(id)}/shelve`, { reason, minutes });
export const outOfService = (id: string, reason: string): Promise<unknown> =>
  call("POST", `/api/alarms/${encodeURIComponent(id)}/out-of-service`, { reason });
export const bringBack = (id: string, shelved: boolean): Promise<unknown> =>
  call("POST", `/api/alarms/${encodeURIComponent(id)}/${shelved ? "unshelve" : "restore"}`);
