import type { Config, Deed, Message } from "../protocol";
import type { Session } from "../session";
import type { Store } from "../store";
import { sayPlace } from "../words/index";
import { ComposerView, type ComposerActions } from "./composer";
import { ChoicesView, type ChoicesActions } from "./choices";
import { h } from "./dom";
import { EndedView, type EndedActions } from "./ended";
import { LogView } from "./log";
import type { Surroundings } from "./message";

/** The conversation's screen: the log, and beneath it the composer or what follows the end. */
export class ChatView {
  readonly root: HTMLElement;
  readonly #session: Session;
  readonly #around: Surroundings;
  readonly #log: LogView;
  readonly #choices: ChoicesView;
  readonly #composer: ComposerView;
  readonly #ended: EndedView;
  readonly #typing: HTMLElement;
  readonly #typingName = h("span");
  #agentName: string | null | undefined;

  constructor(
    config: Config,
    session: Session,
    store: Store,
    around: Surroundings,
    actions: ComposerActions & ChoicesActions & EndedActions,
  ) {
    this.#session = session;
    this.#around = around;
    this.#log = new LogView(around);
    this.#choices = new ChoicesView(around.say, {
      choose: (choice) => {
        this.#composer.focus();
        actions.choose(choice);
      },
    });
    this.#composer = new ComposerView(
      config.attachments,
      around.say,
      around.locale,
      store.draft,
      actions,
    );
    this.#ended = new EndedView(around.say, actions);
    const dots = h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
    this.#typing = h("p", { class: "typing", hidden: true }, dots, this.#typingName);
    this.root = h(
      "div",
      { class: "screen chat" },
      this.#log.root,
      this.#typing,
      this.#choices.root,
      this.#composer.root,
      this.#ended.root,
    );
    for (const message of session.messages) this.#log.add(message);
    this.update();
  }

  focus(): void {
    if (this.#session.ended) this.#ended.focus();
    else this.#composer.focus();
  }

  /** What could not be measured while it was hidden. */
  shown(): void {
    this.#composer.fit();
    this.#log.scrollToEnd();
  }

  add(message: Message): void {
    this.#log.add(message);
  }

  addFiles(files: Iterable<File>): void {
    if (!this.#session.ended) this.#composer.addFiles(files);
  }

  showTyping(shown: boolean): void {
    this.#typing.hidden = !shown;
    this.#typingName.textContent = this.#around.say.typing(this.#session.contact?.agent_name ?? "");
  }

  refuse(deed: Deed, detail: string): void {
    if (deed.op === "message") this.#log.fail(deed.client_id, detail);
    else this.#log.note(detail);
  }

  update(): void {
    const { contact, ended } = this.#session;
    const hadFocus = this.#composer.root.contains(
      (this.root.getRootNode() as ShadowRoot).activeElement,
    );
    this.#log.showPending(this.#session.pendingMessages);
    this.#log.showRead(this.#session.readByAgent);
    this.#noteAgent();
    const waits = contact?.state === "waiting" || contact?.state === "offered";
    const { say } = this.#around;
    this.#log.showWaiting(waits ? sayPlace(say, contact.position, contact.expected_wait) : null);
    this.#choices.show(this.#session.choices);
    this.#composer.root.hidden = ended;
    this.#ended.root.hidden = !ended;
    this.#ended.show(contact?.rating_open === true, this.#session.rated || contact?.rating != null);
    if (ended) this.#typing.hidden = true;
    if (ended && hadFocus) this.#ended.focus();
  }

  /** Says who has come and that somebody has gone; what was so before we looked needs no word. */
  #noteAgent(): void {
    const { contact, ended } = this.#session;
    if (contact === null || ended) return;
    const before = this.#agentName;
    this.#agentName = contact.agent_name;
    if (before === undefined || before === contact.agent_name) return;
    const { say } = this.#around;
    this.#log.note(contact.agent_name === null ? say.left : say.joined(contact.agent_name));
  }
}
