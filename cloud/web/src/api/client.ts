import type { Session, Snapshot } from "./types";

/** The cloud said no, or could not be reached (`status` 0). */
export class Refused extends Error {
  constructor(readonly status: number) {
    super(`refused with ${status}`);
  }
}

async function call(method: string, path: string, body?: unknown): Promise<unknown> {
  const init: RequestInit = { method, credentials: "same-origin", headers: { accept: "application/json" }, cache: "no-store", signal: AbortSignal.timeout(8_000) };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { accept: "application/json", "content-type": "application/json" };
  }
  const answer = await fetch(path, init).catch(() => {
    throw new Refused(0);
  });
  if (!answer.ok) throw new Refused(answer.status);
  return answer.headers.get("content-type")?.includes("json") ? answer.json() : null;
}

export const signIn = (user: string, password: string): Promise<Session> =>
  call("POST", "/api/session", { user, password }) as Promise<Session>;
export const session = (): Promise<Session> => call("GET", "/api/session") as Promise<Session>;
export const signOut = (): Promise<unknown> => call("DELETE", "/api/session");
export const snapshot = (): Promise<Snapshot> => call("GET", "/api/snapshot") as Promise<Snapshot>;
export const acknowledge = (id: string): Promise<unknown> =>
  call("POST", `/api/queue/${encodeURIComponent(id)}/acknowledge`);
