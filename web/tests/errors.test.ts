import { expect, test } from "vitest";
import { ApiError } from "../src/api/client";
import { messageOf } from "../src/app/toast";
import { fill, type Places } from "../src/i18n/text";
import { en, type Key } from "../src/i18n/en";
import { ru } from "../src/i18n/ru";

const inEnglish = (key: Key, places: Places = {}) => fill(en[key], places, "en");
const inRussian = (key: Key, places: Places = {}) => fill(ru[key], places, "ru");
const inUse = new ApiError(409, "in_use", "Queue sales uses it.", false);

test("the server's own sentence is shown, behind the reader's own words in other languages", () => {
  expect(messageOf(inUse, inEnglish)).toBe("Queue sales uses it.");
  expect(messageOf(inUse, inRussian)).toMatch(/^Это ещё используется.*\(Queue sales uses it\.\)$/);
});

test("without a sentence there are words for it all the same", () => {
  expect(messageOf(new ApiError(500, "internal", "", true), inEnglish)).toContain("internal");
  expect(messageOf(new ApiError(0, "offline", "", true), inEnglish)).toContain("network");
});
