// Days of the centre's clock, whatever the clock of the reader says.

export interface Days {
  /** `YYYY-MM-DD`, both included; empty: without an end. */
  from: string;
  to: string;
}

const DAYS_SHOWN = 30;

export function latestDays(timeZone: string): Days {
  const day = new Intl.DateTimeFormat("en-CA", { timeZone });
  const now = Date.now();
  return { from: day.format(now - (DAYS_SHOWN - 1) * 86_400_000), to: day.format(now) };
}

/** The instants between which the days lie; the second left out. */
export function spanOf(
  days: Days,
  timeZone: string,
): { from_ms: number | null; to_ms: number | null } {
  return {
    from_ms: days.from === "" ? null : midnight(days.from, 0, timeZone),
    to_ms: days.to === "" ? null : midnight(days.to, 1, timeZone),
  };
}

function midnight(day: string, later: number, timeZone: string): number {
  const wall = Date.parse(`${day}T00:00:00Z`) + later * 86_400_000;
  // The offset may change on the very day: what it is at the guess is asked once more.
  const guess = wall - offsetAt(wall, timeZone);
  return wall - offsetAt(guess, timeZone);
}

function offsetAt(atMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(atMs);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  const wall = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return wall - Math.floor(atMs / 1_000) * 1_000;
}
