import type { Attachment, Config } from "../protocol";
import { type Locale, type Words, saySize } from "../words/index";
import { h, icon, iconButton } from "./dom";

const TEXT_LENGTH_MAX = 4_000;
const FILES_MAX = 5;

export interface ComposerActions {
  send(text: string, attachments: Attachment[]): void;
  typing(): void;
  draft(text: string): void;
  upload(file: File, onProgress: (share: number) => void): Promise<Attachment>;
}

interface Chosen {
  chip: HTMLElement;
  attachment: Attachment | null;
}

/** Where the customer writes and chooses files. Files are uploaded at once and sent with the text. */
export class ComposerView {
  readonly root: HTMLFormElement;
  readonly #say: Words;
  readonly #locale: Locale;
  readonly #limits: Config["attachments"];
  readonly #actions: ComposerActions;
  readonly #text: HTMLTextAreaElement;
  readonly #send: HTMLButtonElement;
  readonly #files: HTMLInputElement;
  readonly #chips = h("ul", { class: "chips", hidden: true });
  readonly #error = h("p", { class: "error", id: "file-error" });
  readonly #chosen = new Set<Chosen>();

  constructor(
    limits: Config["attachments"],
    say: Words,
    locale: Locale,
    draft: string,
    actions: ComposerActions,
  ) {
    this.#say = say;
    this.#locale = locale;
    this.#limits = limits;
    this.#actions = actions;
    this.#text = h("textarea", {
      rows: 1,
      maxlength: TEXT_LENGTH_MAX,
      placeholder: say.message,
      "aria-label": say.message,
      "aria-describedby": "file-error",
      input: () => this.#typed(),
      keydown: (event) => this.#pressed(event as KeyboardEvent),
      paste: (event) => this.#pasted(event as ClipboardEvent),
    });
    this.#text.value = draft;
    this.#files = h("input", {
      type: "file",
      multiple: true,
      hidden: true,
      accept: limits?.types.join(",") ?? "",
      change: () => this.#picked(),
    });
    this.#send = h(
      "button",
      { class: "send", "aria-label": say.send, title: say.send },
      icon("send"),
    );
    const attach = iconButton("attach", say.attach, () => this.#files.click());
    this.root = h(
      "form",
      { class: "composer", submit: (event) => this.#submit(event) },
      this.#error,
      this.#chips,
      h("div", { class: "line" }, limits ? attach : null, this.#files, this.#text, this.#send),
    );
    this.#refresh();
  }

  focus(): void {
    this.#text.focus();
  }

  /** Takes files that were dropped on the chat. */
  addFiles(files: Iterable<File>): void {
    this.#showError("");
    for (const file of files) {
      const problem = this.#findProblem(file);
      if (problem) this.#showError(problem);
      else void this.#upload(file);
    }
  }

  /** Fits the height to the text; only possible once it is shown. */
  fit(): void {
    this.#text.style.height = "auto";
    this.#text.style.height = `${this.#text.scrollHeight}px`;
  }

  #findProblem(file: File): string {
    if (this.#limits === null) return this.#say.wrongType(file.name);
    const { max_bytes: limit, types } = this.#limits;
    if (this.#chosen.size >= FILES_MAX) return this.#say.tooMany(FILES_MAX);
    if (file.size > limit) return this.#say.tooLarge(file.name, saySize(this.#locale, limit));
    return isAccepted(file.type, types) ? "" : this.#say.wrongType(file.name);
  }

  async #upload(file: File): Promise<void> {
    const bar = h("span", { class: "bar" });
    const remove = iconButton("close", this.#say.remove(file.name), () => this.#remove(chosen));
    const size = saySize(this.#locale, file.size);
    const name = h("span", {}, file.name, h("small", {}, size));
    const chip = h(
      "li",
      { "aria-label": this.#say.uploading(file.name) },
      icon("file"),
      name,
      remove,
      bar,
    );
    const chosen: Chosen = { chip, attachment: null };
    this.#chosen.add(chosen);
    this.#chips.append(chip);
    this.#refresh();
    const onProgress = (share: number) => (bar.style.width = `${Math.round(share * 100)}%`);
    try {
      chosen.attachment = await this.#actions.upload(file, onProgress);
      chip.removeAttribute("aria-label");
      bar.remove();
    } catch (failure) {
      this.#remove(chosen);
      const detail = failure instanceof Error ? failure.message : "";
      this.#showError([this.#say.uploadFailed(file.name), detail].join(" ").trim());
    }
    this.#refresh();
  }

  #remove(chosen: Chosen): void {
    chosen.chip.remove();
    this.#chosen.delete(chosen);
    this.#refresh();
    this.#text.focus();
  }

  #submit(event: Event): void {
    event.preventDefault();
    const text = this.#text.value.trim();
    const chosen = [...this.#chosen];
    const attachments = chosen.map(({ attachment }) => attachment).filter((one) => one !== null);
    if (attachments.length < chosen.length || (!text && !attachments.length)) return;
    this.#chosen.clear();
    this.#chips.replaceChildren();
    this.#text.value = "";
    this.#showError("");
    this.#actions.draft("");
    this.#refresh();
    this.#actions.send(text, attachments);
    this.#text.focus();
  }

  #typed(): void {
    this.#actions.draft(this.#text.value);
    if (this.#text.value) this.#actions.typing();
    this.#refresh();
  }

  #pressed(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.root.requestSubmit();
  }

  #pasted(event: ClipboardEvent): void {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.addFiles(files);
  }

  #picked(): void {
    this.addFiles(this.#files.files ?? []);
    this.#files.value = "";
  }

  #showError(text: string): void {
    this.#error.textContent = text;
  }

  #refresh(): void {
    const uploading = [...this.#chosen].some(({ attachment }) => attachment === null);
    const empty = !this.#text.value.trim() && !this.#chosen.size;
    this.#send.disabled = uploading || empty;
    this.#chips.hidden = !this.#chosen.size;
    this.fit();
  }
}

/** `types` as in the `accept` attribute: `image/png`, `image/*`. */
function isAccepted(type: string, types: readonly string[]): boolean {
  return types.some((allowed) =>
    allowed.endsWith("/*") ? type.startsWith(allowed.slice(0, -1)) : type === allowed,
  );
}
