import type { Words } from "../words/index";
import { h, icon } from "./dom";

const COMMENT_LENGTH_MAX = 1_000;

export interface EndedActions {
  rate(score: number, comment: string): void;
  downloadTranscript(): void;
  again(): void;
}

/** What stands in the composer's place once the conversation is over. */
export class EndedView {
  readonly root: HTMLElement;
  readonly #say: Words;
  readonly #actions: EndedActions;
  readonly #comment: HTMLTextAreaElement;
  readonly #rating: HTMLFormElement;
  readonly #heading: HTMLElement;
  readonly #thanks: HTMLElement;
  readonly #submit: HTMLButtonElement;

  constructor(say: Words, actions: EndedActions) {
    this.#say = say;
    this.#actions = actions;
    this.#heading = h("p", { class: "ended-note", tabindex: -1 }, say.endedQuietly);
    this.#thanks = h("p", { class: "thanks", hidden: true, tabindex: -1 }, say.rated);
    this.#comment = h("textarea", {
      rows: 2,
      maxlength: COMMENT_LENGTH_MAX,
      placeholder: say.comment,
      "aria-label": say.comment,
      hidden: true,
    });
    this.#submit = h("button", { class: "primary", hidden: true }, say.rate);
    this.#rating = this.#makeRating();
    this.root = h(
      "section",
      { class: "ended", "aria-label": say.endedQuietly },
      this.#heading,
      this.#rating,
      this.#thanks,
      this.#makeButtons(),
    );
  }

  focus(): void {
    this.#heading.focus();
  }

  /** `open`: a verdict is still taken; `rated`: it has been given. */
  show(open: boolean, rated: boolean): void {
    const wasFocused = this.#rating.contains((this.root.getRootNode() as ShadowRoot).activeElement);
    this.#rating.hidden = !open || rated;
    this.#thanks.hidden = !rated;
    if (rated && wasFocused) this.#thanks.focus();
  }

  #makeRating(): HTMLFormElement {
    const scores = this.#say.rateScores.map((label, index) => this.#makeScore(label, index + 1));
    return h(
      "form",
      { class: "rating", submit: (event) => this.#rate(event) },
      h(
        "fieldset",
        {},
        h("legend", {}, this.#say.rateTitle),
        h("div", { class: "stars" }, ...scores),
      ),
      this.#comment,
      this.#submit,
    );
  }

  #makeScore(label: string, score: number): HTMLElement {
    const change = () => this.#choose(score);
    const input = h("input", {
      type: "radio",
      name: "score",
      value: score,
      "aria-label": label,
      change,
    });
    return h("label", { title: label }, input, icon("star"));
  }

  #choose(score: number): void {
    const stars = [...this.#rating.querySelectorAll(".stars label")];
    for (const [index, star] of stars.entries()) star.classList.toggle("lit", index < score);
    this.#comment.hidden = false;
    this.#submit.hidden = false;
  }

  #rate(event: Event): void {
    event.preventDefault();
    const score = Number(new FormData(this.#rating).get("score") ?? 0);
    if (score > 0) this.#actions.rate(score, this.#comment.value.trim());
  }

  #makeButtons(): HTMLElement {
    const { transcript, again } = this.#say;
    return h(
      "div",
      { class: "after" },
      h("button", { type: "button", class: "plain", click: () => this.#actions.again() }, again),
      h(
        "button",
        { type: "button", class: "text", click: () => this.#actions.downloadTranscript() },
        icon("download"),
        transcript,
      ),
    );
  }
}
