import type { Choice } from "../protocol";
import type { Words } from "../words/index";
import { h } from "./dom";

export interface ChoicesActions {
  choose(choice: Choice): void;
}

/** The answers that can be clicked; whoever likes writes instead. */
export class ChoicesView {
  readonly root: HTMLElement;
  readonly #actions: ChoicesActions;
  #shown: readonly Choice[] = [];

  constructor(say: Words, actions: ChoicesActions) {
    this.#actions = actions;
    this.root = h("div", {
      class: "choices",
      role: "group",
      "aria-label": say.choices,
      hidden: true,
    });
  }

  show(choices: readonly Choice[]): void {
    if (choices === this.#shown || (!choices.length && !this.#shown.length)) return;
    this.#shown = choices;
    this.root.hidden = !choices.length;
    this.root.replaceChildren(...choices.map((choice) => this.#draw(choice)));
  }

  #draw(choice: Choice): HTMLButtonElement {
    const click = () => this.#actions.choose(choice);
    return h("button", { type: "button", click }, choice.label);
  }
}
