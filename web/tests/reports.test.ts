import { expect, test } from "vitest";
import { spanOf } from "../src/reports/days";

const HOUR_MS = 3_600_000;

/** How long the day is on the centre's clock, and when it begins. */
function dayOf(day: string, timeZone: string): [string, number] {
  const { from_ms, to_ms } = spanOf({ from: day, to: day }, timeZone);
  if (from_ms === null || to_ms === null) throw new Error("both ends are given");
  return [new Date(from_ms).toISOString(), (to_ms - from_ms) / HOUR_MS];
}

test("days are the centre's, longer and shorter where clocks change", () => {
  expect(dayOf("2025-10-26", "Europe/Chisinau")).toEqual(["2025-10-25T21:00:00.000Z", 25]);
  expect(dayOf("2025-03-30", "Europe/Chisinau")).toEqual(["2025-03-29T22:00:00.000Z", 23]);
  expect(dayOf("2025-07-01", "Asia/Kathmandu")).toEqual(["2025-06-30T18:15:00.000Z", 24]);
  expect(dayOf("2025-11-02", "America/New_York")).toEqual(["2025-11-02T04:00:00.000Z", 25]);
});

test("a day that isn't given is no end", () => {
  expect(spanOf({ from: "", to: "" }, "UTC")).toEqual({ from_ms: null, to_ms: null });
});
