/** The live stream: opens, notices silence, resumes after the last row, and asks for a new snapshot where that fails. */
import { Refused, snapshot } from "./client";
import type { Gate, Item, Snapshot, Visit } from "./types";
import type { Change } from "../state/board";

/** The server's beat comes every 2 s; this long without a word and the connection counts as lost. */
const SILENCE_MS = 4_000;
/** This browser was asleep when its own timer comes so late; a hidden page's comes once a minute. */
const SLEPT_MS = 90_000;
const RETRY_MS = [500, 1_000, 2_000, 4_000] as const;

export interface Listener {
  change(change: Change): void;
  /** Something arrived; `server_ms` is the cloud's clock where it was said. */
  heard(server_ms: number | null): void;
  /** The session is over. */
  ended(): void;
}

export class Live {
  private source: EventSource | null = null;
  private feed = 0;
  private failures = 0;
  private heardAt_ms = 0;
  private lookedAt_ms = Date.now();
  private timer = 0;
  private watch = 0;
  private closed = false;

  constructor(private readonly listener: Listener) {}

  start(): void {
    this.watch = window.setInterval(() => this.look(), 500);
    void this.refresh();
  }

  close(): void {
    this.closed = true;
    window.clearInterval(this.watch);
    window.clearTimeout(this.timer);
    this.source?.close();
  }

  /** Take everything anew, then listen from there. */
  private async refresh(): Promise<void> {
    try {
      const whole = await snapshot();
      if (this.closed) return;
      this.take(whole);
      this.listen();
    } catch (error) {
      if (this.closed) return;
      if (error instanceof Refused && error.status === 401) this.listener.ended();
      else this.again(() => this.refresh());
    }
  }

  private take(whole: Snapshot): void {
    this.feed = whole.feed;
    this.listener.change({ type: "snapshot", snapshot: whole });
    this.hear(whole.server_time);
  }

  private listen(): void {
    this.source?.close();
    const source = new EventSource(`/api/live?after=${this.feed}`);
    this.source = source;
    this.heardAt_ms = performance.now();
    this.on<Gate>(source, "gate", (feed, row) => ({ type: "gate", feed, row }));
    this.on<Item>(source, "queue", (feed, row) => ({ type: "queue", feed, row }));
    this.on<Visit>(source, "visit", (feed, row) => ({ type: "visit", feed, row }));
    source.addEventListener("beat", (event) => {
      const beat = JSON.parse((event as MessageEvent<string>).data) as { server_time?: string };
      this.failures = 0;
      this.hear(beat.server_time);
    });
    // The cloud cannot resume from so far back, or started with a new ledger.
    source.addEventListener("reset", () => this.lost(() => this.refresh()));
    // A refusal closes the source for good (readyState CLOSED): ask for the whole picture; otherwise resume after the last row.
    source.onerror = () => this.lost(source.readyState === EventSource.CLOSED ? () => this.refresh() : () => this.listen());
  }

  private on<R>(source: EventSource, name: string, make: (feed: number, row: R) => Change): void {
    source.addEventListener(name, (event) => {
      const message = event as MessageEvent<string>;
      this.feed = Math.max(this.feed, Number(message.lastEventId) || 0);
      this.listener.change(make(this.feed, JSON.parse(message.data) as R));
      this.hear(undefined);
    });
  }

  private hear(server_time: string | undefined): void {
    this.heardAt_ms = performance.now();
    this.listener.heard(server_time === undefined ? null : Date.parse(server_time));
  }

  /** A connection can die without an error, when a cable is pulled: silence is the only sign. */
  private look(): void {
    const slept = Date.now() - this.lookedAt_ms > SLEPT_MS;
    this.lookedAt_ms = Date.now();
    const silent = this.source !== null && performance.now() - this.heardAt_ms > SILENCE_MS;
    if (silent || (slept && this.source !== null)) this.lost(() => this.refresh());
  }

  private lost(then: () => void | Promise<void>): void {
    this.source?.close();
    this.source = null;
    this.again(then);
  }

  private again(then: () => void | Promise<void>): void {
    const wait_ms = RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)] ?? 4_000;
    this.failures += 1;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void then(), wait_ms);
  }
}
