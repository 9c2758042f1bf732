import { expect, test } from "vitest";
import { chooseLocale, sayPlace, saySize, sayWait, words } from "../src/words/index";

const minutes = (low: number, high: number) => ({ low_ms: low * 60_000, high_ms: high * 60_000 });

test.each([
  [0, 0.5, "less than a minute"],
  [0.5, 2.2, "up to 3 minutes"],
  [2.1, 3.9, "about 2–4 minutes"],
  [5, 5, "about 5 minutes"],
  [61, 90, "more than an hour"],
])("%d to %d minutes are said in words", (low, high, said) => {
  expect(sayWait(words.en, minutes(low, high))).toBe(said);
});

test("Russian and Romanian count as they do", () => {
  expect(sayWait(words.ru, minutes(2, 4))).toBe("примерно 2–4 минуты");
  expect(sayWait(words.ru, minutes(2, 5))).toBe("примерно 2–5 минут");
  expect(sayWait(words.ru, minutes(0.5, 21))).toBe("до 21 минуты");
  expect(sayWait(words.ro, minutes(2, 4))).toBe("aproximativ 2–4 minute");
  expect(sayWait(words.ro, minutes(10, 20))).toBe("aproximativ 10–20 de minute");
  expect(words.ru.openUnread(3)).toBe("Открыть чат, 3 непрочитанных сообщения");
});

test("what isn't known isn't said", () => {
  expect(sayPlace(words.en, 1, null)).toBe("You are next in line.");
  expect(sayPlace(words.en, null, minutes(0, 1))).toBe("Expected wait: less than a minute.");
  expect(sayPlace(words.en, null, null)).toBe("");
});

test("the first language that is spoken is chosen", () => {
  expect(chooseLocale([null, "de-DE", "ru-RU", "ro"])).toBe("ru");
  expect(chooseLocale(["", undefined, "fi"])).toBe("en");
});

test("sizes are for people", () => {
  expect(saySize("en", 900)).toBe("900 byte");
  expect(saySize("en", 49_300)).toBe("49 kB");
  expect(saySize("en", 2_500_000)).toBe("2.5 MB");
});
