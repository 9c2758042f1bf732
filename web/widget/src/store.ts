import type { Deed, Opening } from "./protocol";

/** A contact that goes on, and the secret by which its customer is known. */
export interface Held {
  contact_id: number;
  token: string;
}

/** A deed that the server has not yet confirmed, in the order of `at`. */
export interface Pending {
  at: number;
  deed: Deed;
}

/**
 * What outlives the page: kept in the browser, so that a reload, a crash or a lost network loses
 * nothing. Each unconfirmed deed has a key of its own, so that two tabs never overwrite each
 * other's; sending one from both is safe because its `client_id` makes it count once.
 */
export class Store {
  readonly #prefix: string;
  readonly #lasting: Shelf;
  readonly #tab: Shelf;

  /** `lasting` is shared by the tabs, `tab` is this one's own. */
  constructor(prefix: string, lasting: Storage | null, tab: Storage | null) {
    this.#prefix = prefix;
    this.#lasting = new Shelf(lasting);
    this.#tab = new Shelf(tab);
  }

  get visitorToken(): string | null {
    return this.#lasting.get(this.key("visitor"));
  }

  set visitorToken(token: string | null) {
    this.#lasting.put(this.key("visitor"), token);
  }

  get name(): string {
    return this.#lasting.get(this.key("name")) ?? "";
  }

  set name(name: string) {
    this.#lasting.put(this.key("name"), name);
  }

  get held(): Held | null {
    return this.#lasting.read(this.key("contact")) as Held | null;
  }

  set held(held: Held | null) {
    this.#lasting.put(this.key("contact"), held && JSON.stringify(held));
  }

  /** A contact asked for and not yet confirmed. */
  get opening(): Opening | null {
    return this.#lasting.read(this.key("opening")) as Opening | null;
  }

  set opening(opening: Opening | null) {
    this.#lasting.put(this.key("opening"), opening && JSON.stringify(opening));
  }

  /** The number of the last message that was on the customer's screen. */
  get read(): number {
    return Number(this.#lasting.get(this.key("read")) ?? 0);
  }

  set read(number: number) {
    this.#lasting.put(this.key("read"), String(number));
  }

  get sound(): boolean {
    return this.#lasting.get(this.key("sound")) === "on";
  }

  set sound(on: boolean) {
    this.#lasting.put(this.key("sound"), on ? "on" : null);
  }

  get shown(): boolean {
    return this.#tab.get(this.key("shown")) === "yes";
  }

  set shown(shown: boolean) {
    this.#tab.put(this.key("shown"), shown ? "yes" : null);
  }

  get draft(): string {
    return this.#tab.get(this.key("draft")) ?? "";
  }

  set draft(text: string) {
    this.#tab.put(this.key("draft"), text === "" ? null : text);
  }

  get pending(): Pending[] {
    return this.#lasting.keys
      .filter((key) => key.startsWith(this.key("out/")))
      .map((key) => this.#lasting.read(key) as Pending | null)
      .filter((pending) => pending !== null)
      .sort((one, other) => one.at - other.at);
  }

  addPending(deed: Deed): void {
    const last = this.pending.at(-1)?.at ?? 0;
    const pending: Pending = { at: Math.max(Date.now(), last + 1), deed };
    this.#lasting.put(this.key(`out/${deed.client_id}`), JSON.stringify(pending));
  }

  removePending(clientId: string): void {
    this.#lasting.put(this.key(`out/${clientId}`), null);
  }

  /** Forgets the contact and all that belongs to it; the visitor stays known. */
  forgetContact(): void {
    for (const { deed } of this.pending) this.removePending(deed.client_id);
    this.held = null;
    this.opening = null;
    this.#lasting.put(this.key("read"), null);
  }

  key(name: string): string {
    return `${this.#prefix}/${name}`;
  }
}

/** A browser's storage; what it won't take (full, forbidden) the page remembers while it lives. */
class Shelf {
  readonly #storage: Storage | null;
  readonly #memory = new Map<string, string>();

  constructor(storage: Storage | null) {
    this.#storage = storage;
  }

  get keys(): string[] {
    const stored = this.#storage;
    const length = stored?.length ?? 0;
    const names = Array.from({ length }, (_, index) => stored?.key(index) ?? "");
    return [...names, ...this.#memory.keys()];
  }

  get(key: string): string | null {
    return this.#memory.get(key) ?? this.#storage?.getItem(key) ?? null;
  }

  read(key: string): unknown {
    try {
      return JSON.parse(this.get(key) ?? "null");
    } catch {
      return null;
    }
  }

  put(key: string, value: string | null): void {
    this.#memory.delete(key);
    this.#storage?.removeItem(key);
    if (value === null) return;
    try {
      if (this.#storage === null) this.#memory.set(key, value);
      else this.#storage.setItem(key, value);
    } catch {
      this.#memory.set(key, value);
    }
  }
}

/** The browser's storage; null where the browser forbids it. */
export function findStorage(kind: "localStorage" | "sessionStorage"): Storage | null {
  try {
    return window[kind];
  } catch {
    return null;
  }
}
