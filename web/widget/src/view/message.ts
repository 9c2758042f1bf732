import type { Attachment, Message } from "../protocol";
import { splitLinks } from "../links";
import { type Locale, type Words, regionOf, saySize } from "../words/index";
import { h, icon } from "./dom";

/** Pictures that every browser draws and that carry no script. */
const PREVIEWS = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

/** What a message's picture needs to know of the place it is drawn in. */
export interface Surroundings {
  say: Words;
  locale: Locale;
  attachmentUrl: (blobId: string) => string;
}

/** A message as the log shows it; its name and time stand above it when a new speaker begins. */
export function drawMessage(message: Message, starts: boolean, around: Surroundings): HTMLElement {
  const own = message.author === "customer";
  const { you, assistant } = around.say;
  const name = own ? you : message.author === "bot" ? assistant : message.author_name;
  const time = h(
    "time",
    { datetime: new Date(message.at_ms).toISOString() },
    sayTime(message.at_ms, around.locale),
  );
  return h(
    "div",
    { class: `message ${message.author}${starts ? " starts" : ""}` },
    h(
      "p",
      { class: starts && message.author !== "system" ? "who" : "who hidden" },
      h("span", { class: own ? "hidden" : null }, name, " "),
      time,
    ),
    ...drawContent(message.text, message.attachments, around),
    own ? h("p", { class: "status" }) : null,
  );
}

/** Text, then files. */
export function drawContent(
  text: string,
  attachments: readonly Attachment[],
  around: Surroundings,
): HTMLElement[] {
  const bubble = text ? [h("p", { class: "bubble" }, ...splitLinks(text).map(drawPiece))] : [];
  return [...bubble, ...attachments.map((attachment) => drawAttachment(attachment, around))];
}

function drawPiece({ text, href }: { text: string; href?: string }): Node | string {
  if (href === undefined) return text;
  return h("a", { href, target: "_blank", rel: "noopener noreferrer nofollow ugc" }, text);
}

function drawAttachment(
  attachment: Attachment,
  { say, locale, attachmentUrl }: Surroundings,
): HTMLElement {
  const href = attachmentUrl(attachment.blob_id);
  const target = { href, target: "_blank", rel: "noopener noreferrer" };
  if (PREVIEWS.has(attachment.media_type)) {
    const picture = h("img", { src: href, alt: say.image(attachment.name), decoding: "async" });
    return h("a", { ...target, class: "picture" }, picture);
  }
  const size = saySize(locale, attachment.size_bytes);
  return h(
    "a",
    {
      ...target,
      class: "file",
      download: attachment.name,
      "aria-label": say.download(attachment.name, size),
    },
    icon("file"),
    h("span", {}, attachment.name, h("small", {}, size)),
  );
}

export function sayTime(at: number, locale: Locale): string {
  return new Intl.DateTimeFormat(regionOf(locale), { timeStyle: "short" }).format(at);
}

export function sayDay(at: number, locale: Locale): string {
  return new Intl.DateTimeFormat(regionOf(locale), {
    weekday: "long",
    day: "numeric",
    month: "long",
  }).format(at);
}

/** Whether a message begins anew: another speaker, or a pause. */
export function startsGroup(message: Message, before: Message | undefined): boolean {
  const pause = message.at_ms - (before?.at_ms ?? 0) > 5 * 60_000;
  const other = message.author !== before?.author || message.author_name !== before.author_name;
  return pause || other;
}

export function isOtherDay(message: Message, before: Message | undefined): boolean {
  return (
    before !== undefined &&
    new Date(message.at_ms).toDateString() !== new Date(before.at_ms).toDateString()
  );
}
