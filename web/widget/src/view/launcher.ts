import type { Words } from "../words/index";
import { h, icon } from "./dom";

/** The round button in the page's corner, with the number of unread messages. */
export class LauncherView {
  readonly root: HTMLButtonElement;
  readonly #say: Words;
  readonly #badge = h("span", { class: "badge", "aria-hidden": "true", hidden: true });

  constructor(say: Words, toggle: () => void) {
    this.#say = say;
    this.root = h(
      "button",
      { type: "button", class: "launcher", "aria-controls": "panel", click: toggle },
      icon("chat"),
      icon("down"),
      this.#badge,
    );
    this.show(false, 0);
  }

  show(open: boolean, unread: number): void {
    const count = open ? 0 : unread;
    const closedLabel = count ? this.#say.openUnread(count) : this.#say.open;
    this.root.setAttribute("aria-label", open ? this.#say.minimise : closedLabel);
    this.root.setAttribute("aria-expanded", String(open));
    this.#badge.hidden = count === 0;
    this.#badge.textContent = count > 99 ? "99+" : String(count);
  }
}
