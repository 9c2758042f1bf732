import type { EarlierContact, Message } from "../protocol";
import { h } from "./dom";
import { type Surroundings, drawMessage, isOtherDay, sayDay, startsGroup } from "./message";

/** Earlier conversations of the same visitor, the oldest first, to be read only. */
export class HistoryView {
  readonly root: HTMLElement;
  readonly #around: Surroundings;
  readonly #attachmentUrl: (blobId: string, token: string) => string;

  constructor(around: Surroundings, attachmentUrl: (blobId: string, token: string) => string) {
    this.#around = around;
    this.#attachmentUrl = attachmentUrl;
    const { say } = around;
    const label = { role: "region", "aria-label": say.earlier, tabindex: 0 };
    this.root = h(
      "div",
      { class: "screen history log", ...label },
      h("p", { class: "note" }, say.loading),
    );
  }

  focus(): void {
    this.root.focus();
  }

  show(contacts: readonly EarlierContact[]): void {
    const drawn = contacts.map((contact) => this.#draw(contact));
    const none = h("p", { class: "note" }, this.#around.say.noEarlier);
    this.root.replaceChildren(...(drawn.length ? drawn : [none]));
    this.root.scrollTop = this.root.scrollHeight;
  }

  showFailure(): void {
    this.root.replaceChildren(h("p", { class: "note" }, this.#around.say.unavailable));
  }

  #draw({ opened_ms, topic, token, messages }: EarlierContact): HTMLElement {
    const heading = [sayDay(opened_ms, this.#around.locale), topic].filter(Boolean).join(" · ");
    const attachmentUrl = (blobId: string) => this.#attachmentUrl(blobId, token);
    const around = { ...this.#around, attachmentUrl };
    const drawn = messages.flatMap((message, index) => draw(message, messages[index - 1], around));
    return h("section", {}, h("h3", { class: "note day" }, heading), ...drawn);
  }
}

function draw(message: Message, before: Message | undefined, around: Surroundings): HTMLElement[] {
  const drawn = drawMessage(message, startsGroup(message, before), around);
  if (!isOtherDay(message, before)) return [drawn];
  return [h("p", { class: "note day" }, sayDay(message.at_ms, around.locale)), drawn];
}
