// The reader's language: texts by key, and formats. English is at hand, others are fetched.
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from "react";
import { en, type Dictionary, type Key } from "./en";
import * as format from "./format";
import { fill, type Places } from "./text";

export const LOCALES = ["en", "ru", "ro"] as const;
export type Locale = (typeof LOCALES)[number];

export const LOCALE_NAMES: Record<Locale, string> = {
  en: "English",
  ru: "Русский",
  ro: "Română",
};

const LOADERS: Record<Locale, () => Promise<Dictionary>> = {
  en: () => Promise.resolve(en),
  ru: () => import("./ru").then((module) => module.ru),
  ro: () => import("./ro").then((module) => module.ro),
};

export function localeOf(wanted: string | null | undefined): Locale {
  const language = (wanted ?? "").slice(0, 2).toLowerCase();
  return LOCALES.find((locale) => locale === language) ?? "en";
}

export interface Language {
  locale: Locale;
  t: (key: Key, places?: Places) => string;
  clock: (durationMs: number) => string;
  span: (durationMs: number) => string;
  waitRange: (lowMs: number, highMs: number) => string;
  time: (atMs: number) => string;
  since: (atMs: number) => string;
  timeToSeconds: (atMs: number) => string;
  date: (atMs: number) => string;
  dateTime: (atMs: number) => string;
  ratio: (ratio: number) => string;
  number: (value: number) => string;
  bytes: (sizeBytes: number) => string;
  languageName: (code: string) => string;
}

/** The reader's own region of the language (`en-GB`, `ro-MD`), whose formats are the ones expected. */
function regionOf(locale: Locale): string {
  return (
    navigator.languages.find((each) => each.startsWith(`${locale}-`)) ?? DEFAULT_REGIONS[locale]
  );
}

const DEFAULT_REGIONS: Record<Locale, string> = { en: "en-GB", ru: "ru", ro: "ro" };

export function languageOf(locale: Locale, dictionary: Dictionary): Language {
  const region = regionOf(locale);
  return {
    locale,
    t: (key, places = {}) => fill(dictionary[key], places, locale),
    clock: format.formatClock,
    span: (durationMs) => format.formatSpan(durationMs, region),
    waitRange: (lowMs, highMs) =>
      highMs < 1_000
        ? fill(dictionary["wait.none"], {}, locale)
        : format.formatWaitRange(lowMs, highMs, region),
    timeToSeconds: (atMs) => format.formatTimeToSeconds(atMs, region),
    time: (atMs) => format.formatTime(atMs, region),
    since: (atMs) => format.formatSince(atMs, Date.now(), region),
    date: (atMs) => format.formatDate(atMs, region),
    dateTime: (atMs) => format.formatDateTime(atMs, region),
    ratio: (ratio) => format.formatRatio(ratio, region),
    number: (value) => format.formatNumber(value, region),
    bytes: (sizeBytes) => format.formatBytes(sizeBytes, region),
    languageName: (code) => format.formatLanguageName(code, region),
  };
}

const LanguageContext = createContext<Language>(languageOf("en", en));

export function LanguageProvider({ locale, children }: { locale: Locale; children: ReactNode }) {
  const [loaded, setLoaded] = useState<{ locale: Locale; dictionary: Dictionary }>({
    locale: "en",
    dictionary: en,
  });
  useEffect(() => {
    let wanted = true;
    void LOADERS[locale]().then((dictionary) => {
      if (wanted) setLoaded({ locale, dictionary });
    });
    return () => {
      wanted = false;
    };
  }, [locale]);
  useEffect(() => {
    document.documentElement.lang = loaded.locale;
  }, [loaded.locale]);
  const language = useMemo(() => languageOf(loaded.locale, loaded.dictionary), [loaded]);
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

export function useLanguage(): Language {
  return use(LanguageContext);
}
