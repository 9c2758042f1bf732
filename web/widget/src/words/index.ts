import type { WaitRange } from "../protocol";
import { en } from "./en";
import { ro } from "./ro";
import { ru } from "./ru";
import type { Words } from "./types";

export type { Words };
export type Locale = "en" | "ru" | "ro";

export const words: Record<Locale, Words> = { en, ru, ro };

/** The first of the wishes that is spoken here (`ru-RU` counts as `ru`), else English. */
export function chooseLocale(wishes: readonly (string | null | undefined)[]): Locale {
  const spoken = wishes.map((wish) => wish?.slice(0, 2).toLowerCase());
  return (
    spoken.find((wish): wish is Locale => wish === "en" || wish === "ru" || wish === "ro") ?? "en"
  );
}

/** The visitor's own region of the language, whose way of writing times is the one expected. */
export function regionOf(locale: Locale): string {
  const own = navigator.languages.find((wish) => wish.startsWith(`${locale}-`));
  return own ?? (locale === "en" ? "en-GB" : locale);
}

const MINUTE_MS = 60_000;

/** A wait in words: ranges in whole minutes, never a false exactness. */
export function sayWait(say: Words, { low_ms, high_ms }: WaitRange): string {
  const low = Math.floor(low_ms / MINUTE_MS);
  const high = Math.ceil(high_ms / MINUTE_MS);
  if (low >= 60) return say.waitLong;
  if (high <= 1) return say.waitUnderMinute;
  if (low === 0) return say.waitUpTo(high);
  return low === high ? say.waitAbout(high) : say.waitRange(low, high);
}

/** Place and expected wait; what isn't known isn't said. */
export function sayPlace(say: Words, position: number | null, wait: WaitRange | null): string {
  const parts: string[] = [];
  if (position !== null) parts.push(position === 1 ? say.next : say.position(position));
  if (wait !== null) parts.push(say.expectedWait(sayWait(say, wait)));
  return parts.join(" ");
}

/** A size in bytes for people, in powers of ten. */
export function saySize(locale: Locale, bytes: number): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  const power = Math.min(3, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const digits = power > 1 && bytes / 1000 ** power < 10 ? 1 : 0;
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: units[power] ?? "byte",
    unitDisplay: "short",
    maximumFractionDigits: digits,
  }).format(bytes / 1000 ** power);
}
