/** The company's colour, made readable: contrast by WCAG 2.2 (relative luminance, sRGB). */

type Rgb = [number, number, number];

export interface Palette {
  /** Fill of buttons and of the customer's own messages; at least 3:1 against the background. */
  accent: string;
  /** Text on `accent`; at least 4.5:1. */
  onAccent: string;
  /** The accent as text, on the background and on what is raised; at least 4.5:1. */
  accentText: string;
}

const FALLBACK: Rgb = [47, 111, 237];
const WHITE: Rgb = [255, 255, 255];
const INK: Rgb = [0, 0, 0];

/** `background` is the panel's, `raised` what stands out from it; both as `#rrggbb`. */
export function makePalette(colour: string, background: string, raised: string): Palette {
  const base = parse(colour) ?? FALLBACK;
  const ground = parse(background) ?? WHITE;
  const accent = reach(base, ground, 3);
  const onAccent = contrast(accent, WHITE) >= 4.5 ? WHITE : INK;
  return {
    accent: format(accent),
    onAccent: format(onAccent),
    accentText: format(reach(base, parse(raised) ?? ground, 4.5)),
  };
}

/** Contrast of two colours as `#rrggbb`: 1 (none) to 21. */
export function contrastRatio(one: string, other: string): number {
  return contrast(parse(one) ?? FALLBACK, parse(other) ?? FALLBACK);
}

/** Moves a colour away from the ground, towards black or white, until the contrast suffices. */
function reach(colour: Rgb, ground: Rgb, ratio: number): Rgb {
  const away = luminance(ground) > 0.18 ? INK : WHITE;
  for (let step = 0; step < 20; step += 1) {
    const moved = mix(colour, away, step / 20);
    if (contrast(moved, ground) >= ratio) return moved;
  }
  return away;
}

function mix(one: Rgb, other: Rgb, share: number): Rgb {
  const part = (index: 0 | 1 | 2) => Math.round(one[index] * (1 - share) + other[index] * share);
  return [part(0), part(1), part(2)];
}

function contrast(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function parse(colour: string): Rgb | null {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/iu.exec(colour);
  const hex = short ? short.slice(1).map((digit) => digit + digit) : split(colour);
  return hex ? [byte(hex[0]), byte(hex[1]), byte(hex[2])] : null;
}

function split(colour: string): string[] | null {
  return /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/iu.exec(colour)?.slice(1) ?? null;
}

function byte(digits: string | undefined): number {
  return parseInt(digits ?? "0", 16);
}

function format(colour: Rgb): string {
  return `#${colour.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}
