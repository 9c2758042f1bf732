// Keeps a stream open: subscribes, resumes from the last frame seen, reconnects with back-off.
import type { ClientFrame, ServerFrame, Topic } from "./protocol";

/**
 * `connecting`: the first time. `live`: frames flow. `waiting`: lost; tries again at `retryAtMs`.
 * `retrying`: trying again now. `closed`: ended by us, or by the server for good (not signed in).
 */
export type Status =
  { name: "connecting" | "live" | "retrying" | "closed" } | { name: "waiting"; retryAtMs: number };

/** The part of a WebSocket that is used here. */
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  send(text: string): void;
  close(): void;
}

export interface Timers {
  nowMs(): number;
  after(delayMs: number, action: () => void): () => void;
  random(): number;
}

export interface Listener {
  /** Where to resume from; null: nothing seen yet. */
  resumeFrom(): { epoch: string; seq: number } | null;
  onFrame(frame: ServerFrame): void;
  onStatus(status: Status): void;
  onUnauthorised(): void;
}

const nothing = () => undefined;

const RETRY_FIRST_MS = 500;
const RETRY_LONGEST_MS = 15_000;
const PING_EVERY_MS = 15_000;
const SILENCE_LONGEST_MS = 10_000;
const ACK_EVERY_MS = 2_000;
/** The server's close code for "not signed in". */
const CLOSED_UNAUTHORISED = 4401;

export class Connection {
  #socket: Socket | null = null;
  #isLive = false;
  #attempts = 0;
  #cancelNext: () => void = nothing;
  #cancelSilence: () => void = nothing;
  #ackDue = false;
  #stopped = false;

  constructor(
    private readonly open: () => Socket,
    private readonly topics: Topic[],
    private readonly listener: Listener,
    private readonly timers: Timers,
  ) {}

  start(): void {
    this.#stopped = false;
    this.#attempts = 0;
    this.listener.onStatus({ name: "connecting" });
    this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    this.#drop();
    this.listener.onStatus({ name: "closed" });
  }

  /** The network is said to be back, or a person is impatient: try at once. */
  retryNow(): void {
    if (this.#stopped || this.#socket !== null) return;
    this.#clearTimers();
    this.listener.onStatus({ name: "retrying" });
    this.#connect();
  }

  send(frame: ClientFrame): boolean {
    if (!this.#isLive) return false;
    this.#socket?.send(JSON.stringify(frame));
    return true;
  }

  #connect(): void {
    const socket = this.open();
    this.#socket = socket;
    this.#watchSilence();
    socket.onopen = () => {
      const subscribe: ClientFrame = {
        op: "subscribe",
        resume: this.listener.resumeFrom(),
        topics: this.topics,
      };
      socket.send(JSON.stringify(subscribe));
    };
    socket.onmessage = (event) => {
      this.#receive(JSON.parse(String(event.data)) as ServerFrame);
    };
    socket.onclose = (event) => {
      if (this.#socket === socket) this.#lost(event.code);
    };
  }

  #receive(frame: ServerFrame): void {
    this.#watchSilence();
    if (frame.op !== "error") this.#becomeLive();
    this.listener.onFrame(frame);
    if (frame.op === "snapshot" || frame.op === "update") this.#acknowledgeSoon();
  }

  #becomeLive(): void {
    if (this.#isLive) return;
    this.#isLive = true;
    this.#attempts = 0;
    this.listener.onStatus({ name: "live" });
    this.#pingLater();
  }

  #pingLater(): void {
    this.#cancelNext = this.timers.after(PING_EVERY_MS, () => {
      this.send({ op: "ping" });
      this.#pingLater();
    });
  }

  /** A connection that says nothing, not even to a ping, is dead though nobody told us. */
  #watchSilence(): void {
    this.#cancelSilence();
    this.#cancelSilence = this.timers.after(PING_EVERY_MS + SILENCE_LONGEST_MS, () => {
      this.#lost(0);
    });
  }

  #acknowledgeSoon(): void {
    if (this.#ackDue) return;
    this.#ackDue = true;
    this.timers.after(ACK_EVERY_MS, () => {
      this.#ackDue = false;
      const seen = this.listener.resumeFrom();
      if (seen !== null) this.send({ op: "ack", seq: seen.seq });
    });
  }

  #lost(code: number): void {
    this.#drop();
    if (this.#stopped) return;
    if (code === CLOSED_UNAUTHORISED) {
      this.#stopped = true;
      this.listener.onStatus({ name: "closed" });
      this.listener.onUnauthorised();
      return;
    }
    this.#attempts += 1;
    const delayMs = backOffMs(this.#attempts, this.timers.random());
    this.listener.onStatus({ name: "waiting", retryAtMs: this.timers.nowMs() + delayMs });
    this.#cancelNext = this.timers.after(delayMs, () => {
      this.retryNow();
    });
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#isLive = false;
    this.#clearTimers();
    socket?.close();
  }

  #clearTimers(): void {
    this.#cancelSilence();
    this.#cancelNext();
  }
}

/** Doubles up to a limit, spread over half of it so that desks don't all return at once. */
export function backOffMs(attempt: number, random: number): number {
  const longest = Math.min(RETRY_LONGEST_MS, RETRY_FIRST_MS * 2 ** (attempt - 1));
  return Math.round(longest * (0.5 + random / 2));
}

export const browserTimers: Timers = {
  nowMs: () => Date.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
  random: () => Math.random(),
};
