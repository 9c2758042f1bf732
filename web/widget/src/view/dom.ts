/** Elements are made by name and filled with text nodes: no markup is ever parsed. */

type Props = Record<
  string,
  string | number | boolean | null | undefined | ((event: Event) => void)
>;
type Child = Node | string | null;

/** Makes an element; functions become listeners, true and false attributes without a value. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else setAttribute(element, name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

export function setAttribute(
  element: Element,
  name: string,
  value: string | number | boolean | null | undefined,
): void {
  if (value === false || value === null || value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : String(value));
}

/** Shapes on a 24 × 24 grid, drawn as strokes. */
const SHAPES = {
  chat: "M21 11.5a8.4 8.4 0 0 1-12.3 7.4L3.5 20.5l1.6-5A8.4 8.4 0 1 1 21 11.5Z",
  down: "m6 9 6 6 6-6",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  send: "M12 19V5m-6.5 6.5L12 5l6.5 6.5",
  attach:
    "m20.5 11.2-8.6 8.6a5.6 5.6 0 0 1-8-8l8.7-8.6a3.8 3.8 0 0 1 5.3 5.3l-8.6 8.6a1.9 1.9 0 0 1-2.7-2.7l8-7.9",
  file: "M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8Zm0 0v5h5",
  close: "M6 6l12 12M18 6 6 18",
  back: "m14.5 6-6 6 6 6",
  download: "M12 4v11m-5-5 5 5 5-5M5 20h14",
  bell: "M18 9a6 6 0 1 0-12 0c0 6-2.5 7.5-2.5 7.5h17S18 15 18 9m-7.7 11.5a2 2 0 0 0 3.4 0",
  mute: "M18 9a6 6 0 0 0-9.6-4.8M6 9c0 6-2.5 7.5-2.5 7.5h13m-6.2 4a2 2 0 0 0 3.4 0M4 3l17 18",
  leave: "M15 4h2a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-2M10 8l-4 4 4 4m-4-4h9",
  star: "m12 3.6 2.6 5.2 5.8.9-4.2 4 1 5.8-5.2-2.7-5.2 2.7 1-5.8-4.2-4 5.8-.9Z",
  history: "M3.5 12a8.5 8.5 0 1 0 2.6-6.1L3.5 8.4m0-4.4v4.4H8M12 8v4.3l3 1.7",
  alert: "M12 8v4.5m0 3.5h.01M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18Z",
} as const;

export type Shape = keyof typeof SHAPES;

/** A decorative picture; whatever it stands for is said in words beside it. */
export function icon(shape: Shape): SVGSVGElement {
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  setAttribute(picture, "viewBox", "0 0 24 24");
  setAttribute(picture, "aria-hidden", "true");
  setAttribute(picture, "class", `icon icon-${shape}`);
  setAttribute(path, "d", SHAPES[shape]);
  picture.append(path);
  return picture;
}

/** A button that shows a picture and says a word. */
export function iconButton(shape: Shape, label: string, click: () => void): HTMLButtonElement {
  return h(
    "button",
    { type: "button", class: "quiet", "aria-label": label, title: label, click },
    icon(shape),
  );
}

/** The first letters of a name's first two words. */
export function initials(name: string): string {
  const letters = name.trim().match(/(?<=^|\s)\S/gu) ?? [];
  return letters.slice(0, 2).join("").toUpperCase();
}
