import type { Config, Topic } from "../protocol";
import { type Locale, type Words, regionOf } from "../words/index";
import { h, icon } from "./dom";

export interface FormActions {
  start(name: string, topicId: string): void;
  showHistory(): void;
}

/** The first screen: who the customer is and what it is about. */
export class FormView {
  readonly root: HTMLFormElement;
  readonly #say: Words;
  readonly #actions: FormActions;
  readonly #name: HTMLInputElement;
  readonly #nameError: HTMLElement;
  readonly #topics: HTMLInputElement[];
  readonly #topicError: HTMLElement;
  readonly #notice = h("p", { class: "error", id: "form-error" });
  readonly #start: HTMLButtonElement;
  readonly #anyOpen: boolean;

  constructor(
    config: Config,
    say: Words,
    locale: Locale,
    name: string,
    returning: boolean,
    actions: FormActions,
  ) {
    this.#say = say;
    this.#actions = actions;
    this.#anyOpen = config.topics.some((topic) => topic.open);
    this.#nameError = h("p", { class: "error", id: "name-error" });
    this.#topicError = h("p", { class: "error", id: "topic-error" });
    this.#name = h("input", {
      id: "name",
      name: "name",
      autocomplete: "name",
      maxlength: 80,
      value: name,
      input: () => this.#showError(this.#nameError, this.#name, ""),
    });
    this.#topics = config.topics.map((topic) => this.#makeTopic(topic, config.topics.length === 1));
    this.#start = h("button", { class: "primary", disabled: !this.#anyOpen }, say.start);
    this.root = h(
      "form",
      { class: "screen form", novalidate: true, submit: (event) => this.#submit(event) },
      config.greeting ? h("p", { class: "greeting" }, config.greeting) : null,
      h(
        "div",
        { class: "field" },
        h("label", { for: "name" }, say.name),
        this.#name,
        this.#nameError,
      ),
      h(
        "fieldset",
        { class: "field", "aria-describedby": "topic-error" },
        h("legend", {}, say.topic),
        ...config.topics.map((topic, index) => this.#wrapTopic(topic, locale, this.#topics[index])),
        this.#topicError,
      ),
      this.#anyOpen ? null : h("p", { class: "closed-note" }, icon("alert"), say.allClosed),
      this.#notice,
      this.#start,
      returning ? this.#makeHistoryButton() : null,
    );
  }

  focus(): void {
    const target = this.#name.value ? this.#topics.find((topic) => !topic.disabled) : this.#name;
    (target ?? this.#name).focus();
  }

  /** Shows that the contact is being opened, or that it goes on failing. */
  setBusy(busy: boolean, failing: boolean): void {
    this.#start.textContent = busy ? this.#say.starting : this.#say.start;
    // Not `disabled`, which would take the focus away that the conversation is to inherit.
    this.#start.setAttribute("aria-disabled", String(busy));
    if (busy) this.#notice.textContent = failing ? this.#say.startFailed : "";
  }

  showRefusal(detail: string): void {
    this.#notice.textContent = detail;
    this.#start.setAttribute("aria-describedby", "form-error");
    this.#start.focus();
  }

  #makeTopic(topic: Topic, only: boolean): HTMLInputElement {
    return h("input", {
      type: "radio",
      name: "topic",
      value: topic.topic_id,
      disabled: !topic.open,
      checked: only && topic.open,
      change: () => (this.#topicError.textContent = ""),
    });
  }

  #wrapTopic(topic: Topic, locale: Locale, input: HTMLInputElement | undefined): HTMLElement {
    const closed = topic.open ? null : h("small", {}, this.#sayClosed(topic, locale));
    return h("label", { class: "topic" }, input ?? null, h("span", {}, topic.name, closed));
  }

  #sayClosed(topic: Topic, locale: Locale): string {
    if (topic.opens_ms == null) return this.#say.closed;
    const format = new Intl.DateTimeFormat(regionOf(locale), {
      weekday: "long",
      hour: "numeric",
      minute: "2-digit",
    });
    return this.#say.opens(format.format(topic.opens_ms));
  }

  #makeHistoryButton(): HTMLButtonElement {
    const click = () => this.#actions.showHistory();
    return h(
      "button",
      { type: "button", class: "text", click },
      icon("history"),
      this.#say.earlier,
    );
  }

  #submit(event: Event): void {
    event.preventDefault();
    if (this.#start.ariaDisabled === "true") return;
    const name = this.#name.value.trim();
    const topic = this.#topics.find((input) => input.checked);
    this.#showError(this.#nameError, this.#name, name ? "" : this.#say.nameMissing);
    this.#topicError.textContent = topic ? "" : this.#say.topicMissing;
    if (!name) this.#name.focus();
    else if (!topic) this.#topics.find((input) => !input.disabled)?.focus();
    else this.#actions.start(name, topic.value);
  }

  #showError(place: HTMLElement, input: HTMLInputElement, text: string): void {
    place.textContent = text;
    input.setAttribute("aria-invalid", String(text !== ""));
    if (text) input.setAttribute("aria-describedby", place.id);
    else input.removeAttribute("aria-describedby");
  }
}
