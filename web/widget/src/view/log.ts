import type { Deed, Message } from "../protocol";
import { h } from "./dom";
import {
  type Surroundings,
  drawContent,
  drawMessage,
  isOtherDay,
  sayDay,
  startsGroup,
} from "./message";

type MessageDeed = Deed & { op: "message" };

/** How near the end the customer must be for new messages to be scrolled to. */
const NEAR_END_PX = 80;
const FOLLOWS = Node.DOCUMENT_POSITION_FOLLOWING;

/**
 * The conversation. This is the one live region of the widget: what is added here is read out by a
 * screen reader, so what changes often (ticks, the time) is changed in place, which is not.
 */
export class LogView {
  readonly root: HTMLElement;
  readonly #around: Surroundings;
  readonly #waiting = h("div", { class: "waiting", hidden: true });
  readonly #list = h("div", { class: "list" });
  readonly #pending = new Map<string, HTMLElement>();
  readonly #own: { number: number; status: HTMLElement }[] = [];
  #last: Message | undefined;
  #waitingText: string | null = null;
  #atEnd = true;

  constructor(around: Surroundings) {
    this.#around = around;
    this.root = h(
      "div",
      {
        class: "log",
        role: "log",
        "aria-label": around.say.log,
        "aria-relevant": "additions",
        tabindex: 0,
      },
      this.#waiting,
      this.#list,
    );
    this.root.addEventListener("scroll", () => (this.#atEnd = this.#isNearEnd()));
    // Pictures arrive late, and the composer grows: whoever was at the end stays there.
    this.root.addEventListener("load", () => this.#keepEnd(), true);
    new ResizeObserver(() => this.#keepEnd()).observe(this.root);
  }

  add(message: Message): void {
    const waiting = this.#pending.get(message.client_id);
    this.#pending.delete(message.client_id);
    if (isOtherDay(message, this.#last)) this.#insert(this.#drawDay(message));
    const drawn = drawMessage(message, startsGroup(message, this.#last), this.#around);
    const placed = this.#place(drawn, waiting);
    if (message.author === "customer") this.#remember(message, placed);
    this.#last = message;
    if (message.author === "customer") this.#atEnd = true;
    this.#keepEnd();
  }

  /** A line about what happens, said by nobody. */
  note(text: string): void {
    this.#insert(h("p", { class: "note" }, text));
    this.#keepEnd();
  }

  showPending(deeds: readonly MessageDeed[]): void {
    for (const deed of deeds) {
      if (!this.#pending.has(deed.client_id)) this.#addPending(deed);
    }
  }

  /** Marks a message that the server refused, and says why. */
  fail(clientId: string, detail: string): void {
    const drawn = this.#pending.get(clientId);
    this.#pending.delete(clientId);
    drawn?.classList.replace("pending", "failed");
    const status = drawn?.querySelector(".status");
    if (status) status.textContent = `${this.#around.say.failed}. ${detail}`;
  }

  /** Under the last message of our own: whether the agent has seen it. */
  showRead(readByAgent: number): void {
    const { say } = this.#around;
    for (const [index, { number, status }] of this.#own.entries()) {
      const text = number <= readByAgent ? say.seen : say.sent;
      const shown = index === this.#own.length - 1 ? text : "";
      if (status.textContent !== shown) status.textContent = shown;
    }
  }

  /** Place and expected wait, or null when the wait is over. */
  showWaiting(text: string | null): void {
    this.#waiting.hidden = text === null;
    if (text === null || text === this.#waitingText) return;
    const { say } = this.#around;
    this.#waitingText = text;
    this.#waiting.replaceChildren(
      h("strong", {}, say.waitingTitle),
      text ? h("p", {}, text) : h("p", {}, say.waitHint),
    );
  }

  scrollToEnd(): void {
    this.#atEnd = true;
    this.root.scrollTop = this.root.scrollHeight;
  }

  #remember(message: Message, drawn: HTMLElement): void {
    const status = drawn.querySelector<HTMLElement>(".status");
    if (status) this.#own.push({ number: message.number, status });
  }

  #addPending(deed: MessageDeed): void {
    const { say } = this.#around;
    const drawn = h(
      "div",
      { class: "message customer pending starts" },
      h("p", { class: "who hidden" }, say.you),
      ...drawContent(deed.text, deed.attachments, this.#around),
      h("p", { class: "status" }, say.sending),
    );
    this.#pending.set(deed.client_id, drawn);
    this.#list.append(drawn);
    this.scrollToEnd();
  }

  #drawDay(message: Message): HTMLElement {
    return h("p", { class: "note day" }, sayDay(message.at_ms, this.#around.locale));
  }

  /** Our own words are on the screen already: where they stand right, they stay as they are. */
  #place(drawn: HTMLElement, waiting: HTMLElement | undefined): HTMLElement {
    const others = [...this.#pending.values()];
    if (
      waiting === undefined ||
      others.some((other) => other.compareDocumentPosition(waiting) & FOLLOWS)
    ) {
      waiting?.remove();
      this.#insert(drawn);
      return drawn;
    }
    const who = drawn.querySelector(".who");
    if (who) waiting.querySelector(".who")?.replaceWith(who);
    waiting.className = drawn.className;
    return waiting;
  }

  #insert(element: HTMLElement): void {
    const before = [...this.#pending.values()][0] ?? null;
    this.#list.insertBefore(element, before);
  }

  #keepEnd(): void {
    if (this.#atEnd) this.scrollToEnd();
  }

  #isNearEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.root;
    return scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  }
}
