import { Client } from "./client";
import { makePalette } from "./colour";
import type { Config } from "./protocol";
import { Session } from "./session";
import { chime } from "./sound";
import { Store, findStorage } from "./store";
import styles from "./widget.css?inline";
import { ChatView } from "./view/chat";
import { ConfirmView } from "./view/confirm";
import { h } from "./view/dom";
import { FormView } from "./view/form";
import { HeaderView } from "./view/header";
import { HistoryView } from "./view/history";
import { LauncherView } from "./view/launcher";
import type { Surroundings } from "./view/message";
import { type Locale, type Words, chooseLocale, words } from "./words/index";

/** Backgrounds as in the style sheet; contrast is reckoned against them. */
const GROUNDS = {
  light: ["#ffffff", "#f3f4f7"],
  dark: ["#1b1d23", "#2a2d36"],
} as const;

type Screen = FormView | ChatView | HistoryView;

/**
 * `<frontdesk-widget host="https://…" widget="demo">`: the chat in a page's corner.
 *
 * All of it lives in a closed shadow root: the page's styles and scripts don't reach in, and it
 * changes nothing outside.
 */
export class FrontdeskWidget extends HTMLElement {
  readonly #root = this.attachShadow({ mode: "closed" });
  #app: App | null = null;

  connectedCallback(): void {
    const host = this.getAttribute("host") ?? location.origin;
    const widget = this.getAttribute("widget") ?? "";
    this.#app ??= new App(this, this.#root, host, widget);
    void this.#app.start();
  }

  disconnectedCallback(): void {
    this.#app?.stop();
    this.#app = null;
    this.#root.replaceChildren();
  }

  /** Opens the chat, as a click on its button does; for links and buttons of the page. */
  open(): void {
    this.#app?.show(true);
  }
}

/** Joins the conversation and what is seen of it. */
class App {
  readonly #element: HTMLElement;
  readonly #root: ShadowRoot;
  readonly #client: Client;
  readonly #store: Store;
  readonly #session: Session;
  #config: Config | null = null;
  #say: Words = words.en;
  #locale: Locale = "en";
  #launcher!: LauncherView;
  #header!: HeaderView;
  #confirm!: ConfirmView;
  #panel!: HTMLElement;
  #body!: HTMLElement;
  #offline!: HTMLElement;
  #screen: Screen | null = null;

  constructor(element: HTMLElement, root: ShadowRoot, host: string, widget: string) {
    this.#element = element;
    this.#root = root;
    this.#client = new Client(host, widget);
    const prefix = `frontdesk/${host}/${widget}`;
    this.#store = new Store(prefix, findStorage("localStorage"), findStorage("sessionStorage"));
    this.#session = new Session(this.#client, this.#store, {
      changed: () => this.#update(),
      message: (message, news) => {
        if (this.#screen instanceof ChatView) this.#screen.add(message);
        if (news && this.#store.sound) chime();
      },
      typing: (shown) => this.#screen instanceof ChatView && this.#screen.showTyping(shown),
      refused: (deed, detail) =>
        this.#screen instanceof ChatView && this.#screen.refuse(deed, detail),
      notOpened: (detail) => this.#screen instanceof FormView && this.#screen.showRefusal(detail),
      lost: () => this.#showForm(),
    });
  }

  async start(): Promise<void> {
    this.#config = await this.#fetchConfig();
    if (!this.#element.isConnected) return;
    const { colour, locale } = this.#config;
    const wishes = [this.#element.getAttribute("locale"), document.documentElement.lang, locale];
    this.#locale = chooseLocale(wishes);
    this.#say = words[this.#locale];
    this.#element.lang = this.#locale;
    this.#dress(colour);
    this.#build();
    addEventListener("storage", this.#followOtherTab);
    document.addEventListener("visibilitychange", this.#markRead);
    this.#session.resume();
    this.#update();
    if (this.#store.shown) this.show(true, false);
  }

  stop(): void {
    this.#session.stop();
    removeEventListener("storage", this.#followOtherTab);
    document.removeEventListener("visibilitychange", this.#markRead);
  }

  /** Opens or minimises the panel; focus goes along unless told otherwise. */
  show(shown: boolean, takeFocus = true): void {
    if (this.#config === null) return;
    this.#panel.hidden = !shown;
    this.#store.shown = shown;
    this.#element.toggleAttribute("open", shown);
    if (shown && this.#screen instanceof ChatView) this.#screen.shown();
    this.#update();
    if (!takeFocus) return;
    if (shown) this.#screen?.focus();
    else this.#launcher.root.focus();
  }

  /** The widget shows nothing until the server has told what; a page is never held up by it. */
  async #fetchConfig(): Promise<Config> {
    for (let wait = 1_000; ; wait = Math.min(60_000, wait * 2)) {
      try {
        return await this.#client.fetchConfig();
      } catch {
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  }

  #dress(colour: string): void {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    this.#root.adoptedStyleSheets = [sheet];
    for (const [theme, [ground, raised]] of Object.entries(GROUNDS)) {
      const palette = makePalette(colour, ground, raised);
      this.#element.style.setProperty(`--${theme}-accent`, palette.accent);
      this.#element.style.setProperty(`--${theme}-on-accent`, palette.onAccent);
      this.#element.style.setProperty(`--${theme}-accent-text`, palette.accentText);
    }
  }

  #build(): void {
    this.#launcher = new LauncherView(this.#say, () => this.show(this.#panel.hidden));
    this.#header = new HeaderView(this.#say, this.#store.sound, {
      minimise: () => this.show(false),
      back: () => this.#showForm(true),
      toggleSound: () => (this.#store.sound = !this.#store.sound),
      downloadTranscript: () => this.#downloadTranscript(),
      end: () => this.#askToEnd(true),
    });
    const end = () => {
      this.#askToEnd(false);
      this.#session.end();
    };
    this.#confirm = new ConfirmView(this.#say, end, () => this.#askToEnd(false));
    this.#offline = h("p", { class: "offline", hidden: true }, this.#say.offline);
    this.#body = h("div", { class: "body" });
    this.#panel = h(
      "section",
      {
        id: "panel",
        class: "panel",
        role: "dialog",
        "aria-labelledby": "title",
        hidden: true,
        keydown: (event) => this.#pressed(event as KeyboardEvent),
        pointerdown: (event) => this.#header.leaveMenu(event.target),
        dragover: (event) => event.preventDefault(),
        drop: (event) => this.#dropped(event as DragEvent),
      },
      this.#header.root,
      this.#offline,
      this.#body,
      this.#confirm.root,
    );
    this.#root.append(this.#panel, this.#launcher.root);
    this.#showForm();
  }

  #update(): void {
    if (this.#config === null) return;
    if (this.#session.open && this.#screen instanceof FormView) this.#showChat();
    if (this.#screen instanceof FormView)
      this.#screen.setBusy(this.#session.opening, this.#session.failing);
    if (this.#screen instanceof ChatView) this.#screen.update();
    this.#markRead();
    this.#updateHeader();
    this.#offline.hidden = !this.#session.open || this.#session.online || !this.#session.wasOnline;
    this.#launcher.show(!this.#panel.hidden, this.#session.unread);
  }

  #updateHeader(): void {
    const { contact, ended, open, ending } = this.#session;
    const history = this.#screen instanceof HistoryView;
    const waits = contact?.state === "waiting" || contact?.state === "offered";
    const agent = ended || history ? null : (contact?.agent_name ?? null);
    const company = history ? this.#say.earlier : (this.#config?.title ?? "");
    const subtitle = agent === null ? "" : contact?.held ? this.#say.held : company;
    this.#header.show(agent ?? company, waits ? this.#say.waitingShort : subtitle, agent);
    this.#header.allow({
      back: history,
      transcript: open && !history,
      end: open && !ended && !ending,
    });
  }

  #setScreen(screen: Screen, takeFocus: boolean): void {
    const hadFocus = this.#root.activeElement !== null && !this.#panel.hidden;
    this.#screen = screen;
    this.#body.replaceChildren(screen.root);
    if (screen instanceof ChatView && !this.#panel.hidden) screen.shown();
    if (takeFocus || hadFocus) screen.focus();
  }

  #showForm(takeFocus = false): void {
    if (this.#config === null) return;
    const returning = this.#store.visitorToken !== null;
    const form = new FormView(this.#config, this.#say, this.#locale, this.#store.name, returning, {
      start: (name, topicId) => this.#session.begin(name, topicId, this.#locale),
      showHistory: () => void this.#showHistory(),
    });
    this.#setScreen(form, takeFocus);
    this.#updateHeader();
  }

  #showChat(): void {
    if (this.#config === null) return;
    const chat = new ChatView(this.#config, this.#session, this.#store, this.#around(), {
      send: (text, attachments) => this.#session.say(text, attachments),
      choose: (choice) => this.#session.choose(choice),
      typing: () => this.#session.typing(),
      draft: (text) => (this.#store.draft = text),
      upload: (file, onProgress) => this.#client.upload(file, this.#session.token, onProgress),
      rate: (score, comment) => this.#session.rate(score, comment),
      downloadTranscript: () => this.#downloadTranscript(),
      again: () => {
        this.#session.forget();
        this.#showForm(true);
      },
    });
    this.#setScreen(chat, false);
  }

  async #showHistory(): Promise<void> {
    const attachmentUrl = (blobId: string, token: string) =>
      this.#client.attachmentUrl(blobId, token);
    const history = new HistoryView(this.#around(), attachmentUrl);
    this.#setScreen(history, true);
    this.#updateHeader();
    try {
      history.show(await this.#session.fetchHistory());
    } catch {
      history.showFailure();
    }
  }

  #around(): Surroundings {
    const attachmentUrl = (blobId: string) =>
      this.#client.attachmentUrl(blobId, this.#session.token);
    return { say: this.#say, locale: this.#locale, attachmentUrl };
  }

  #askToEnd(asked: boolean): void {
    this.#confirm.show(asked);
    for (const part of [this.#header.root, this.#body]) part.inert = asked;
    if (asked) this.#confirm.focus();
    else this.#screen?.focus();
  }

  #downloadTranscript(): void {
    const href = this.#client.transcriptUrl(this.#session.token);
    h("a", { href, download: "" }).click();
  }

  #pressed(event: KeyboardEvent): void {
    // The page's own shortcuts have no business with what is typed here.
    event.stopPropagation();
    if (event.key !== "Escape") return;
    event.preventDefault();
    if (!this.#confirm.root.hidden) this.#askToEnd(false);
    else if (!this.#header.closeMenu()) this.show(false);
  }

  #dropped(event: DragEvent): void {
    event.preventDefault();
    if (this.#screen instanceof ChatView) this.#screen.addFiles(event.dataTransfer?.files ?? []);
  }

  #markRead = (): void => {
    const seen = !this.#panel.hidden && document.visibilityState === "visible";
    if (seen && this.#screen instanceof ChatView) this.#session.markRead();
  };

  #followOtherTab = (event: StorageEvent): void => {
    if (event.key !== this.#store.key("contact")) return;
    this.#session.follow();
    if (this.#session.open) this.#showChat();
    else this.#showForm();
    this.#update();
  };
}
