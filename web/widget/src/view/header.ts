import type { Words } from "../words/index";
import { h, icon, iconButton, initials } from "./dom";

export interface HeaderActions {
  minimise(): void;
  back(): void;
  toggleSound(): boolean;
  downloadTranscript(): void;
  end(): void;
}

/** Who one talks to, and what can be done besides talking. */
export class HeaderView {
  readonly root: HTMLElement;
  readonly #say: Words;
  readonly #title: HTMLElement;
  readonly #subtitle = h("p", { class: "subtitle" });
  readonly #avatar = h("span", { class: "avatar", "aria-hidden": "true" });
  readonly #back: HTMLButtonElement;
  readonly #more: HTMLButtonElement;
  readonly #menu: HTMLElement;
  readonly #sound: HTMLButtonElement;
  readonly #transcript: HTMLButtonElement;
  readonly #end: HTMLButtonElement;

  constructor(say: Words, sound: boolean, actions: HeaderActions) {
    this.#say = say;
    this.#title = h("h2", { id: "title" });
    this.#back = iconButton("back", say.back, () => actions.back());
    this.#more = iconButton("more", say.more, () => this.#toggle());
    this.#more.setAttribute("aria-expanded", "false");
    this.#more.setAttribute("aria-controls", "menu");
    const act = (action: () => void) => () => {
      this.closeMenu();
      action();
    };
    this.#sound = h("button", {
      type: "button",
      click: () => this.#showSound(actions.toggleSound()),
    });
    this.#transcript = h(
      "button",
      { type: "button", click: act(() => actions.downloadTranscript()) },
      icon("download"),
      say.transcript,
    );
    this.#end = h(
      "button",
      { type: "button", click: act(() => actions.end()) },
      icon("leave"),
      say.end,
    );
    this.#menu = h(
      "div",
      { id: "menu", class: "menu", hidden: true },
      this.#sound,
      this.#transcript,
      this.#end,
    );
    this.#showSound(sound);
    this.root = h(
      "div",
      { class: "head" },
      this.#back,
      this.#avatar,
      h("div", { class: "names" }, this.#title, this.#subtitle),
      this.#more,
      iconButton("down", say.minimise, () => actions.minimise()),
      this.#menu,
    );
  }

  show(title: string, subtitle: string, agentName: string | null): void {
    this.#title.textContent = title;
    this.#subtitle.textContent = subtitle;
    this.#subtitle.hidden = subtitle === "";
    this.#avatar.hidden = agentName === null;
    this.#avatar.textContent = agentName === null ? "" : initials(agentName);
  }

  allow({ back, transcript, end }: { back: boolean; transcript: boolean; end: boolean }): void {
    this.#back.hidden = !back;
    this.#transcript.hidden = !transcript;
    this.#end.hidden = !end;
  }

  /** Closes the menu; false when it was closed. */
  closeMenu(): boolean {
    const was = !this.#menu.hidden;
    this.#menu.hidden = true;
    this.#more.setAttribute("aria-expanded", "false");
    if (was) this.#more.focus();
    return was;
  }

  /** Closes the menu when the pointer goes elsewhere. */
  leaveMenu(target: EventTarget | null): void {
    if (target instanceof Node && !this.#menu.contains(target) && !this.#more.contains(target)) {
      this.#menu.hidden = true;
      this.#more.setAttribute("aria-expanded", "false");
    }
  }

  #toggle(): void {
    if (this.closeMenu()) return;
    this.#menu.hidden = false;
    this.#more.setAttribute("aria-expanded", "true");
    this.#sound.focus();
  }

  #showSound(on: boolean): void {
    const label = on ? this.#say.soundOff : this.#say.soundOn;
    this.#sound.replaceChildren(icon(on ? "mute" : "bell"), label);
  }
}
