import type { Incoming, Outgoing } from "./protocol";

const PING_INTERVAL_MS = 20_000;
/** Silence for longer than this, although we ping, is a dead connection. */
const SILENCE_MAX_MS = 45_000;
const RETRY_FIRST_MS = 400;
const RETRY_MAX_MS = 10_000;

export interface Listener {
  /** The socket is open: say hello. */
  opened(): void;
  received(frame: Incoming): void;
  /** The socket is gone; `code` as in RFC 6455 §7.4. Whether it is tried again is the answer. */
  closed(code: number): boolean;
}

/** A websocket that comes back by itself, sooner when the network or the tab does. */
export class Connection {
  readonly #url: string;
  readonly #listener: Listener;
  #socket: WebSocket | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #pulse: ReturnType<typeof setInterval> | undefined;
  #attempts = 0;
  #heardAt = 0;
  #stopped = false;

  constructor(url: string, listener: Listener) {
    this.#url = url;
    this.#listener = listener;
    addEventListener("online", this.#hurry);
    addEventListener("offline", this.#drop);
    document.addEventListener("visibilitychange", this.#hurry);
    this.#connect();
  }

  /** False when there is no open socket; the caller sends again after `opened`. */
  send(frame: Outgoing): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** Gives the present socket up and connects anew. */
  restart(): void {
    this.#leave(1006);
  }

  stop(): void {
    this.#stopped = true;
    removeEventListener("online", this.#hurry);
    removeEventListener("offline", this.#drop);
    document.removeEventListener("visibilitychange", this.#hurry);
    clearTimeout(this.#retry);
    this.#release()?.close();
  }

  #connect(): void {
    clearTimeout(this.#retry);
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    this.#heardAt = Date.now();
    socket.onopen = () => this.#listener.opened();
    socket.onmessage = ({ data }) => this.#receive(String(data));
    socket.onclose = ({ code }) => this.#leave(code);
    this.#pulse = setInterval(this.#beat, PING_INTERVAL_MS);
  }

  #receive(text: string): void {
    this.#heardAt = Date.now();
    this.#attempts = 0;
    this.#listener.received(JSON.parse(text) as Incoming);
  }

  /** The one way out of a socket, whoever noticed that it is dead. */
  #leave(code: number): void {
    const socket = this.#release();
    if (socket === null) return;
    socket.close();
    if (!this.#listener.closed(code) || this.#stopped) return;
    const wait = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** this.#attempts);
    this.#attempts += 1;
    this.#retry = setTimeout(() => this.#connect(), wait * (0.5 + Math.random() / 2));
  }

  #release(): WebSocket | null {
    const socket = this.#socket;
    clearInterval(this.#pulse);
    this.#socket = null;
    if (socket !== null) socket.onopen = socket.onmessage = socket.onclose = null;
    return socket;
  }

  #beat = (): void => {
    if (Date.now() - this.#heardAt > SILENCE_MAX_MS) this.restart();
    else this.send({ op: "ping" });
  };

  #hurry = (): void => {
    if (this.#stopped || document.visibilityState === "hidden") return;
    if (this.#socket === null) this.#connect();
    else if (this.#socket.readyState === WebSocket.OPEN) this.#beat();
  };

  /** A socket can outlive its network for minutes without a word. */
  #drop = (): void => {
    if (this.#socket !== null) this.restart();
  };
}
