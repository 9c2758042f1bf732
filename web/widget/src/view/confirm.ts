import type { Words } from "../words/index";
import { h } from "./dom";

/** Asks whether to end the conversation; the rest of the chat is out of reach meanwhile. */
export class ConfirmView {
  readonly root: HTMLElement;
  readonly #stay: HTMLButtonElement;

  constructor(say: Words, end: () => void, stay: () => void) {
    this.#stay = h("button", { type: "button", class: "plain", click: stay }, say.endCancel);
    const labels = { "aria-labelledby": "confirm-title", "aria-describedby": "confirm-text" };
    this.root = h(
      "div",
      { class: "confirm", hidden: true },
      h(
        "div",
        { role: "alertdialog", "aria-modal": "true", ...labels },
        h("h3", { id: "confirm-title" }, say.endTitle),
        h("p", { id: "confirm-text" }, say.endText),
        h(
          "div",
          { class: "buttons" },
          this.#stay,
          h("button", { type: "button", class: "danger", click: end }, say.endConfirm),
        ),
      ),
    );
  }

  show(shown: boolean): void {
    this.root.hidden = !shown;
  }

  focus(): void {
    this.#stay.focus();
  }
}
