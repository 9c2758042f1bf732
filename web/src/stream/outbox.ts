// Messages that the server has not confirmed. Kept in the browser's storage, so that neither a
// reload nor a lost network loses one; sent again under the same client_id, so that none doubles.
import { createStore, type StoreApi } from "zustand";
import type { Attachment, MessageDocument } from "../api/types";

export interface Unsent {
  client_id: string;
  contact_id: number;
  text: string;
  attachments: Attachment[];
  internal: boolean;
  written_ms: number;
  /** Why the server refused it; null: it is on its way. */
  refusal: string | null;
}

/** What became of an attempt. `later`: no answer, or a failure that passes. */
export type Delivery =
  { result: "delivered" } | { result: "later" } | { result: "refused"; detail: string };

export interface Keeper {
  load(): Unsent[];
  save(messages: Unsent[]): void;
}

export interface OutboxTimers {
  after(delayMs: number, action: () => void): () => void;
}

const RETRY_FIRST_MS = 1_000;
const RETRY_LONGEST_MS = 10_000;
const UNSENT_MAX = 500;

export class Outbox {
  readonly store: StoreApi<{ messages: Unsent[] }>;
  /** Contacts with a message under way: those after it wait, so that order is kept. */
  readonly #busy = new Set<number>();
  #failures = 0;
  #cancelRetry: (() => void) | null = null;

  constructor(
    private readonly deliver: (message: Unsent) => Promise<Delivery>,
    private readonly keeper: Keeper,
    private readonly timers: OutboxTimers,
  ) {
    this.store = createStore(() => ({ messages: keeper.load() }));
  }

  /** False: too many wait already. */
  add(message: Omit<Unsent, "refusal">): boolean {
    if (this.keeper.load().length >= UNSENT_MAX) return false;
    this.#update((messages) => [...messages, { ...message, refusal: null }]);
    this.flush();
    return true;
  }

  retry(clientId: string): void {
    this.#change(clientId, { refusal: null });
    this.flush();
  }

  discard(clientId: string): void {
    this.#update((messages) => messages.filter((each) => each.client_id !== clientId));
  }

  /** The stream has brought these: whatever became of our attempt, they are delivered. */
  confirm(delivered: Iterable<MessageDocument>): void {
    const ids = new Set(Array.from(delivered, (message) => message.client_id));
    const { messages } = this.store.getState();
    if (messages.some((message) => ids.has(message.client_id)))
      this.#update((kept) => kept.filter((message) => !ids.has(message.client_id)));
  }

  /** Another tab has changed what is kept. */
  reload(): void {
    this.store.setState({ messages: this.keeper.load() });
  }

  /** Sends whatever can be sent now: the first of each contact, unless it was refused. */
  flush(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    const seen = new Set<number>(this.#busy);
    for (const message of this.store.getState().messages) {
      if (message.refusal !== null || seen.has(message.contact_id)) continue;
      seen.add(message.contact_id);
      void this.#send(message);
    }
  }

  async #send(message: Unsent): Promise<void> {
    this.#busy.add(message.contact_id);
    const delivery = await this.deliver(message);
    this.#busy.delete(message.contact_id);
    if (delivery.result === "later") {
      this.#failures += 1;
      this.#retryLater();
      return;
    }
    this.#failures = 0;
    if (delivery.result === "delivered") this.discard(message.client_id);
    else this.#change(message.client_id, { refusal: delivery.detail });
    this.flush();
  }

  #retryLater(): void {
    const delayMs = Math.min(RETRY_LONGEST_MS, RETRY_FIRST_MS * 2 ** (this.#failures - 1));
    this.#cancelRetry?.();
    this.#cancelRetry = this.timers.after(delayMs, () => {
      this.#cancelRetry = null;
      this.flush();
    });
  }

  #change(clientId: string, change: Partial<Unsent>): void {
    this.#update((messages) =>
      messages.map((each) => (each.client_id === clientId ? { ...each, ...change } : each)),
    );
  }

  /** Starts from what is kept, not from what this tab remembers: other tabs write there too. */
  #update(change: (messages: Unsent[]) => Unsent[]): void {
    const messages = change(this.keeper.load());
    this.keeper.save(messages);
    this.store.setState({ messages });
  }
}

/** Keeps the outbox of one agent in the browser's storage. */
export function storedIn(storage: Storage, key: string): Keeper {
  return {
    load: () => JSON.parse(storage.getItem(key) ?? "[]") as Unsent[],
    save: (messages) => {
      if (messages.length === 0) storage.removeItem(key);
      else storage.setItem(key, JSON.stringify(messages));
    },
  };
}
