// Numbers, times and durations as the reader's language writes them.

/** `0:42`, `12:05`, `1:02:03`; for clocks that tick. */
export function formatClock(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1_000));
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  const twoDigits = (value: number) => String(value).padStart(2, "0");
  const tail = twoDigits(seconds % 60);
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${tail}` : `${minutes}:${tail}`;
}

type Unit = "second" | "minute" | "hour" | "day";

function unitOf(durationMs: number): [number, Unit] {
  if (durationMs < 60_000) return [1_000, "second"];
  if (durationMs < 3_600_000) return [60_000, "minute"];
  if (durationMs < 86_400_000) return [3_600_000, "hour"];
  return [86_400_000, "day"];
}

function inUnit(value: number, unit: Unit, locale: string): string {
  const whole = unit === "hour" && value < 10 ? 1 : 0;
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: whole,
  }).format(value);
}

/** `45 sec`, `3 min`, `1.5 hr`. */
export function formatSpan(durationMs: number, locale: string): string {
  const [size, unit] = unitOf(Math.max(0, durationMs));
  return inUnit(Math.max(0, durationMs) / size, unit, locale);
}

/** `2–5 min`; both ends in the unit of the greater. */
export function formatWaitRange(lowMs: number, highMs: number, locale: string): string {
  const [size, unit] = unitOf(highMs);
  const low = Math.floor(lowMs / size);
  const high = Math.ceil(highMs / size);
  if (low === high) return inUnit(high, unit, locale);
  return low === 0
    ? `≤ ${inUnit(high, unit, locale)}`
    : `${new Intl.NumberFormat(locale).format(low)}–${inUnit(high, unit, locale)}`;
}

export function formatTime(atMs: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" }).format(atMs);
}

/** `09:12` of the same day, `24 Nov 2026, 09:12` of another; by this machine's calendar. */
export function formatSince(atMs: number, nowMs: number, locale: string): string {
  return daysBetween(atMs, nowMs) === 0 ? formatTime(atMs, locale) : formatDateTime(atMs, locale);
}

/** For what happens within a contact. */
export function formatTimeToSeconds(atMs: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "short", timeStyle: "medium" }).format(atMs);
}

export function formatDate(atMs: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(atMs);
}

export function formatDateTime(atMs: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(atMs);
}

export function formatRatio(ratio: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(
    ratio,
  );
}

export function formatNumber(value: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(value);
}

export function formatBytes(sizeBytes: number, locale: string): string {
  const [size, unit] =
    sizeBytes < 1_000
      ? [1, "byte"]
      : sizeBytes < 1_000_000
        ? [1_000, "kilobyte"]
        : [1_000_000, "megabyte"];
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: sizeBytes < 10_000_000 ? 1 : 0,
  }).format(sizeBytes / size);
}

/** `Romanian` for `ro`; what is no language’s code stays as it is. */
export function formatLanguageName(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: "language" }).of(code) ?? code;
  } catch (error) {
    if (error instanceof RangeError) return code;
    throw error;
  }
}

/** Whole days between two instants by this machine's calendar: 0 the same day, 1 the day before. */
export function daysBetween(earlierMs: number, laterMs: number): number {
  const midnight = (atMs: number) => new Date(atMs).setHours(0, 0, 0, 0);
  return Math.round((midnight(laterMs) - midnight(earlierMs)) / 86_400_000);
}
