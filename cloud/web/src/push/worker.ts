/** The service worker: shows what a push says and brings its receipt. Keeps nothing and answers no request of the page. */
import { speaker, word } from "../words/say";
import { coarse } from "../words/time";

interface Said {
  tag: string;
  kind: string;
  site: string;
  gate: string;
  priority: number;
  age_s: number;
  more: number;
  receipt: string;
}

interface Push extends ExtendableEvent {
  data: { json(): unknown } | null;
}

interface ExtendableEvent extends Event {
  waitUntil(until: Promise<unknown>): void;
}

interface Clicked extends ExtendableEvent {
  notification: { close(): void };
}

interface Scope {
  registration: { showNotification(title: string, options: NotificationOptions): Promise<void> };
  clients: {
    matchAll(of: { type: "window"; includeUncontrolled: boolean }): Promise<{ focus(): Promise<unknown> }[]>;
    openWindow(url: string): Promise<unknown>;
  };
  addEventListener(name: "push", hear: (event: Push) => void): void;
  addEventListener(name: "notificationclick", hear: (event: Clicked) => void): void;
}

const scope = self as unknown as Scope;
const say = speaker(navigator.language.startsWith("zh") ? "zh" : "en");

async function show(said: Said): Promise<void> {
  const where = [said.site, said.gate].filter((part) => part !== "").join(" · ");
  const title = [word(say, "kind", said.kind), where].filter((part) => part !== "").join(" · ");
  const parts = [`${say("priority")} ${word(say, "priority", String(said.priority))}`, coarse(say, said.age_s * 1000)];
  if (said.more > 0) parts.push(`+${said.more}`);
  const body = said.kind === "test" ? "" : parts.join(" · ");
  await scope.registration.showNotification(title, { body, tag: said.tag, icon: "/favicon.svg", requireInteraction: said.priority === 1 });
  if (said.receipt !== "") await bring(said.receipt);
}

/** Shown is shown, whether or not the cloud can be told. */
async function bring(receipt: string): Promise<void> {
  const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ receipt }) };
  await fetch("/api/push/receipt", init).catch(() => undefined);
}

async function open(): Promise<void> {
  const [first] = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  await (first === undefined ? scope.clients.openWindow("/") : first.focus());
}

scope.addEventListener("push", (event) => {
  if (event.data !== null) event.waitUntil(show(event.data.json() as Said));
});
scope.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open());
});
