import { describe, expect, test } from "vitest";
import { en, type Dictionary, type Key } from "../src/i18n/en";
import { formatBytes, formatClock, formatWaitRange } from "../src/i18n/format";
import { ro } from "../src/i18n/ro";
import { ru } from "../src/i18n/ru";
import { fill, type Text } from "../src/i18n/text";

const forms = (text: Text) => (typeof text === "string" ? [text] : Object.values(text));
const placesIn = (text: Text) =>
  [...new Set(forms(text).flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort();

describe.each<[string, Dictionary]>([
  ["ru", ru],
  ["ro", ro],
])("the texts in %s", (locale, dictionary) => {
  const keys = Object.keys(en) as Key[];

  test("have the same places to fill as the English ones", () => {
    const wrong = keys.filter((key) => {
      const [ours, english] = [placesIn(dictionary[key]), placesIn(en[key])];
      return ours.join() !== english.join();
    });
    expect(wrong).toEqual([]);
  });

  test("have every plural form that the language needs", () => {
    const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions();
    const lacking = keys.filter((key) => {
      const text = dictionary[key];
      return typeof text !== "string" && pluralCategories.some((form) => text[form] === undefined);
    });
    expect(lacking).toEqual([]);
  });

  test("are translated", () => {
    const same = keys.filter(
      (key) => JSON.stringify(dictionary[key]) === JSON.stringify(en[key]) && !SAME.has(key),
    );
    expect(same).toEqual([]);
  });
});

/** What is rightly the same in another language. */
const SAME = new Set<Key>([
  "kind.secret.one",
  "trunk.port",
  "phone.agent",
  "phone.server",
  "phone.transport",
  "app.missing",
  "channel.sms",
  "flow.item",
  "flow.channel.sms",
  "flow.channel.email",
  "flow.channel.webchat",
  "flow.kind.decide",
  "channel.email",
  "state.offline",
  "presence.offline",
  "verdict.offline",
  "unit.second",
  "whatif.seconds",
  "unit.minute",
  "admin.id",
  "admin.name",
  "role.agent",
  "role.supervisor",
  "role.administrator",
  "kind.agent_profile.one",
  "floor.agent",
  "floor.filter_agent",
  "commands.contact",
  "floor.contact",
  "channel.other",
  "floor.presence_set",
  "report.nps",
  "report.by.agent",
]);

test("plural forms follow the language", () => {
  const text = {
    one: "{count} сообщение",
    few: "{count} сообщения",
    many: "{count} сообщений",
    other: "{count} сообщения",
  };
  expect([1, 3, 5, 21].map((count) => fill(text, { count }, "ru"))).toEqual([
    "1 сообщение",
    "3 сообщения",
    "5 сообщений",
    "21 сообщение",
  ]);
});

test("clocks, ranges and sizes read naturally", () => {
  expect(formatClock(42_000)).toBe("0:42");
  expect(formatClock(3_725_000)).toBe("1:02:05");
  expect(formatClock(-5)).toBe("0:00");
  expect(formatWaitRange(120_000, 290_000, "en-GB")).toMatch(/^2–5\smins$/);
  expect(formatWaitRange(0, 100_000, "en-GB")).toMatch(/^≤ 2\smins$/);
  expect(formatBytes(1_240_000, "en-GB")).toMatch(/^1\.2\sMB$/);
});
