import type { Client } from "./client";
import { Connection } from "./connection";
import type {
  Attachment,
  Choice,
  Contact,
  Deed,
  EarlierContact,
  Incoming,
  Message,
} from "./protocol";
import { CLOSE_UNAUTHORISED, RefusedError } from "./protocol";
import type { Store } from "./store";

/** How long a deed may go unanswered before the connection is taken for dead. */
const ANSWER_MAX_MS = 15_000;
const RESEND_MS = 1_000;
const REOPEN_MS = 2_000;
const TYPING_SHOWN_MS = 5_000;
const TYPING_SENT_EVERY_MS = 2_500;

export interface SessionEvents {
  /** The contact, the connection or the outbox changed. */
  changed(): void;
  /** A message arrived; `news` when somebody else wrote it while this page was there. */
  message(message: Message, news: boolean): void;
  typing(shown: boolean): void;
  /** The server refused a deed for good. */
  refused(deed: Deed, detail: string): void;
  /** No contact could be opened, for good. */
  notOpened(detail: string): void;
  /** The conversation is no longer known here: back to the form. */
  lost(): void;
}

/**
 * One customer's conversation, kept through reloads, lost networks and servers that die.
 *
 * What the customer does (a `Deed`) first goes to the store, then to the server, one at a time and
 * in order, again and again until the server says that it is durable. What the server has is asked
 * for from the last message seen, so nothing is missed and nothing comes twice.
 */
export class Session {
  contact: Contact | null = null;
  readonly messages: Message[] = [];
  /** The number of the last message that the agent has seen. */
  readByAgent = 0;
  online = false;
  /** There was a connection to this contact before. */
  wasOnline = false;
  /** Opening a contact has failed and is tried again. */
  failing = false;
  /** The customer's verdict has reached the journal. */
  rated = false;
  readonly #client: Client;
  readonly #store: Store;
  readonly #events: SessionEvents;
  #connection: Connection | null = null;
  #inFlight: string | null = null;
  #answerTimer: ReturnType<typeof setTimeout> | undefined;
  #resendTimer: ReturnType<typeof setTimeout> | undefined;
  #typingTimer: ReturnType<typeof setTimeout> | undefined;
  #reopenTimer: ReturnType<typeof setTimeout> | undefined;
  #typingSentAt = 0;
  /** The server's clock when this page first heard of the contact; later messages are news. */
  #since: number | null = null;

  constructor(client: Client, store: Store, events: SessionEvents) {
    this.#client = client;
    this.#store = store;
    this.#events = events;
  }

  get open(): boolean {
    return this.#store.held !== null;
  }

  get opening(): boolean {
    return this.#store.opening !== null;
  }

  get ended(): boolean {
    return this.contact?.state === "closed";
  }

  get token(): string {
    return this.#store.held?.token ?? "";
  }

  /** Messages on their way, in order. */
  get pendingMessages(): (Deed & { op: "message" })[] {
    const seen = new Set(this.messages.map((message) => message.client_id));
    return this.#store.pending
      .map(({ deed }) => deed)
      .filter((deed) => deed.op === "message")
      .filter((deed) => !seen.has(deed.client_id));
  }

  get ending(): boolean {
    return this.#store.pending.some(({ deed }) => deed.op === "end");
  }

  get rating(): boolean {
    return this.#store.pending.some(({ deed }) => deed.op === "rate");
  }

  get unread(): number {
    const read = this.#store.read;
    return this.messages.filter(({ number, author }) => number > read && author !== "customer")
      .length;
  }

  /** Goes on with what the last page left: a conversation, or the attempt to begin one. */
  resume(): void {
    if (this.open) this.#connect();
    else if (this.opening) void this.#tryOpening();
  }

  /** Asks for a contact until there is one or the server refuses for good. */
  begin(name: string, topicId: string, language: string): void {
    this.#store.name = name;
    const page = location.href.slice(0, 500);
    const opening = { client_id: newId(), name, topic_id: topicId, page_url: page, language };
    this.#store.opening = opening;
    void this.#tryOpening();
    this.#events.changed();
  }

  say(text: string, attachments: Attachment[]): void {
    this.#do({ op: "message", client_id: newId(), text, attachments });
  }

  /** Answers a prompt by one of its choices. */
  choose({ value, label }: Choice): void {
    this.#do({ op: "message", client_id: newId(), text: label, choice: value, attachments: [] });
  }

  /** The answers that can be clicked now: of the last message, until it is answered. */
  get choices(): readonly Choice[] {
    const served = this.contact === null || this.contact.agent_name !== null || this.ended;
    if (served || this.pendingMessages.length > 0) return [];
    return this.messages.at(-1)?.prompt?.choices ?? [];
  }

  end(): void {
    if (!this.ending) this.#do({ op: "end", client_id: newId() });
  }

  rate(score: number, comment: string): void {
    if (!this.rating) this.#do({ op: "rate", client_id: newId(), score, comment });
  }

  typing(): void {
    if (Date.now() - this.#typingSentAt < TYPING_SENT_EVERY_MS) return;
    this.#typingSentAt = Date.now();
    this.#connection?.send({ op: "typing" });
  }

  /** All messages are on the customer's screen. */
  markRead(): void {
    const last = this.messages.at(-1)?.number ?? 0;
    if (last <= this.#store.read) return;
    this.#store.read = last;
    this.#connection?.send({ op: "read", number: last });
  }

  /** This visitor's earlier contacts, the oldest first. */
  async fetchHistory(): Promise<EarlierContact[]> {
    const visitor = this.#store.visitorToken;
    if (visitor === null) return [];
    const current = this.#store.held?.contact_id;
    const contacts = await this.#client.fetchHistory(visitor);
    return contacts.filter((contact) => contact.contact_id !== current).reverse();
  }

  /** Leaves the conversation behind, so that a new one can begin. */
  forget(): void {
    this.#store.forgetContact();
    this.#close();
    this.#events.changed();
  }

  /** Another tab has begun or left a conversation: do as it did. */
  follow(): void {
    this.#close();
    this.resume();
    this.#events.changed();
  }

  stop(): void {
    this.#close();
  }

  #close(): void {
    this.#connection?.stop();
    this.#connection = null;
    clearTimeout(this.#reopenTimer);
    this.#settle();
    this.contact = null;
    this.messages.length = 0;
    this.readByAgent = 0;
    this.rated = false;
    this.#since = null;
    this.online = false;
    this.wasOnline = false;
  }

  async #tryOpening(): Promise<void> {
    const opening = this.#store.opening;
    if (opening === null) return;
    try {
      const opened = await this.#client.openContact(opening, this.#store.visitorToken);
      if (this.#store.opening?.client_id !== opening.client_id) return;
      this.#store.visitorToken = opened.visitor_token;
      this.#store.held = { contact_id: opened.contact_id, token: opened.token };
      this.#store.opening = null;
      this.failing = false;
      this.#connect();
    } catch (failure) {
      if (!(failure instanceof RefusedError)) throw failure;
      this.#openingFailed(failure);
    }
  }

  #openingFailed(failure: RefusedError): void {
    const unknownVisitor = failure.status === 401 && this.#store.visitorToken !== null;
    if (unknownVisitor) this.#store.visitorToken = null;
    this.failing = failure.retryable;
    if (unknownVisitor || failure.retryable) {
      this.#reopenTimer = setTimeout(() => void this.#tryOpening(), REOPEN_MS);
    } else {
      this.#store.opening = null;
      this.#events.notOpened(failure.message);
    }
    this.#events.changed();
  }

  #connect(): void {
    this.#connection?.stop();
    this.#connection = new Connection(this.#client.streamUrl(), {
      opened: () => this.#hello(),
      received: (frame) => this.#receive(frame),
      closed: (code) => this.#disconnected(code),
    });
    this.#events.changed();
  }

  #hello(): void {
    const after = this.messages.at(-1)?.number ?? 0;
    this.#connection?.send({ op: "hello", token: this.token, after });
  }

  #disconnected(code: number): boolean {
    this.online = false;
    this.#settle();
    if (code === CLOSE_UNAUTHORISED) this.#lose();
    else this.#events.changed();
    return code !== CLOSE_UNAUTHORISED;
  }

  /** What was written and never arrived goes back into the customer's hands. */
  #lose(): void {
    const unsent = this.pendingMessages.map(({ text }) => text);
    this.#store.draft = [...unsent, this.#store.draft].filter((text) => text !== "").join("\n");
    this.forget();
    this.#events.lost();
  }

  #receive(frame: Incoming): void {
    switch (frame.op) {
      case "state":
        this.#receiveState(frame);
        break;
      case "message":
        this.#receiveMessage(frame);
        break;
      case "typing":
        this.#receiveTyping();
        break;
      case "read":
        this.readByAgent = Math.max(this.readByAgent, frame.number);
        this.#events.changed();
        break;
      case "ok":
        this.#confirmed(frame.client_id ?? null);
        break;
      case "error":
        this.#failed(frame.client_id ?? null, frame.detail, frame.retryable);
        break;
      case "ended": // the state that comes with it says all
      case "pong":
        break;
    }
  }

  #receiveState(state: Contact & { now_ms: number }): void {
    this.#since ??= state.now_ms;
    this.contact = state;
    this.online = true;
    this.wasOnline = true;
    this.#flush();
    this.#events.changed();
  }

  #receiveMessage(message: Message): void {
    if (message.number <= (this.messages.at(-1)?.number ?? 0)) return;
    this.messages.push(message);
    if (message.author === "customer") this.#confirmed(message.client_id);
    else this.#showTyping(false);
    const news = this.#since !== null && message.at_ms > this.#since;
    this.#events.message(message, news && message.author !== "customer");
    this.#events.changed();
  }

  #receiveTyping(): void {
    this.#showTyping(true);
    this.#typingTimer = setTimeout(() => this.#showTyping(false), TYPING_SHOWN_MS);
  }

  #showTyping(shown: boolean): void {
    clearTimeout(this.#typingTimer);
    this.#events.typing(shown);
  }

  #do(deed: Deed): void {
    this.#store.addPending(deed);
    this.#flush();
    this.#events.changed();
  }

  /** Sends the first unconfirmed deed, if none is under way: so they arrive in order. */
  #flush(): void {
    if (!this.online || this.#inFlight !== null) return;
    const next = this.#store.pending[0]?.deed;
    if (next === undefined || this.#connection?.send(next) !== true) return;
    this.#inFlight = next.client_id;
    this.#answerTimer = setTimeout(() => this.#connection?.restart(), ANSWER_MAX_MS);
  }

  #settle(): void {
    this.#inFlight = null;
    clearTimeout(this.#answerTimer);
    clearTimeout(this.#resendTimer);
  }

  #confirmed(clientId: string | null): void {
    if (clientId === null) return;
    const deed = this.#store.pending.find((pending) => pending.deed.client_id === clientId)?.deed;
    if (deed?.op === "rate") this.rated = true;
    this.#store.removePending(clientId);
    if (clientId === this.#inFlight) this.#settle();
    this.#flush();
    this.#events.changed();
  }

  #failed(clientId: string | null, detail: string, retryable: boolean): void {
    if (clientId === this.#inFlight) this.#settle();
    const pending = this.#store.pending.find(({ deed }) => deed.client_id === clientId);
    if (pending === undefined) return;
    if (retryable) {
      this.#inFlight = clientId;
      this.#resendTimer = setTimeout(() => this.#resend(), RESEND_MS);
      return;
    }
    this.#store.removePending(pending.deed.client_id);
    this.#events.refused(pending.deed, detail);
    this.#flush();
    this.#events.changed();
  }

  #resend(): void {
    this.#inFlight = null;
    this.#flush();
  }
}

/** An id that nobody else makes up; `crypto.randomUUID` would need a secure page. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
