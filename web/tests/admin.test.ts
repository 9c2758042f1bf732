import { expect, test } from "vitest";
import { FRESH, newIdFor } from "../src/admin/entities";
import { validateHours, validateQueue, validateWidget } from "../src/admin/validate";
import { languageOf } from "../src/i18n";
import { en } from "../src/i18n/en";

const { t } = languageOf("en", en);

test("ids come from names, and none twice", () => {
  expect(newIdFor("Technical support", new Set(), "queue")).toBe("technical-support");
  expect(newIdFor("Sales", new Set(["sales", "sales-2"]), "queue")).toBe("sales-3");
  expect(newIdFor("Продажи", new Set(), "break_reason")).toBe("break-reason");
});

test("a step before the last must say how long it lasts", () => {
  const queue = FRESH.queue();
  const [step] = queue.steps;
  if (step === undefined) throw new Error("A fresh queue has a step");
  const problems = validateQueue({ ...queue, name: "Sales", steps: [step, step] }, t);
  expect(Object.keys(problems)).toEqual(["steps.0.duration_ms"]);
});

test("openings that overlap are told beside their day", () => {
  const spans = [
    { weekday: 2, start_minute: 540, end_minute: 780 },
    { weekday: 2, start_minute: 720, end_minute: 900 },
  ];
  const problems = validateHours({ ...FRESH.hours(), name: "Office", spans }, t);
  expect(problems).toEqual({ "day.2": en["problem.span_overlap"] });
});

test("an origin with a path is not an origin", () => {
  const widget = { ...FRESH.widget(), name: "Shop", title: "Chat" };
  const topics = [{ topic_id: "t", name: "Orders", queue_id: "sales", flow_id: null }];
  const good = { ...widget, topics, allowed_origins: ["https://shop.example.com"] };
  const bad = { ...widget, topics, allowed_origins: ["https://shop.example.com/page"] };
  expect(validateWidget(good, t)).toEqual({});
  expect(Object.keys(validateWidget(bad, t))).toEqual(["allowed_origins"]);
});
