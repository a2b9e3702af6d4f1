/** This browser as one that takes web pushes: the only place that touches the service worker and the push manager. */
import { call } from "../api/client";

export interface Device {
  number: number;
  service: string;
  endpoint_sha256: string;
}

export interface Pushes {
  /** What a browser subscribes with; null where this cloud sends none. */
  key: string | null;
  devices: Device[];
}

export interface Tried {
  taken: boolean;
  answer: string;
}

const WORKER = "/push.js";

export const pushes = (): Promise<Pushes> => call("GET", "/api/push") as Promise<Pushes>;
export const sendTest = (): Promise<Tried> => call("POST", "/api/push/test") as Promise<Tried>;
export const able = (): boolean => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

/** Which of the devices is this browser; null where it takes none, or the cloud does not know it. */
export async function own(of: Pushes): Promise<Device | null> {
  const registered = await navigator.serviceWorker.getRegistration("/");
  const subscription = await registered?.pushManager.getSubscription();
  if (subscription == null) return null;
  const mark = await sha256(subscription.endpoint);
  return of.devices.find((one) => one.endpoint_sha256 === mark) ?? null;
}

/** Asks the browser's owner, then the browser's push service, then tells the cloud. Throws where one of them says no. */
export async function subscribe(key: string): Promise<Pushes> {
  const registered = await navigator.serviceWorker.register(WORKER, { scope: "/" });
  await navigator.serviceWorker.ready;
  const wish = { userVisibleOnly: true, applicationServerKey: bytesOf(key) };
  const subscription = await registered.pushManager.subscribe(wish).catch(async (refused: unknown) => {
    // Subscribed once with the key of another cloud: the old one has to go first.
    const old = await registered.pushManager.getSubscription();
    if (old === null) throw refused;
    await old.unsubscribe();
    return registered.pushManager.subscribe(wish);
  });
  const { endpoint, keys } = subscription.toJSON();
  return call("POST", "/api/push", { endpoint, keys: { p256dh: keys?.["p256dh"], auth: keys?.["auth"] } }) as Promise<Pushes>;
}

export async function unsubscribe(device: Device): Promise<void> {
  const registered = await navigator.serviceWorker.getRegistration("/");
  await (await registered?.pushManager.getSubscription())?.unsubscribe();
  await call("DELETE", `/api/push/${device.number}`);
}

function bytesOf(key: string): Uint8Array<ArrayBuffer> {
  const text = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

async function sha256(text: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
