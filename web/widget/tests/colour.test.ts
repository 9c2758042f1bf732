import { expect, test } from "vitest";
import { contrastRatio, makePalette } from "../src/colour";

const COLOURS = [
  "#2f6fed",
  "#ffee00",
  "#000000",
  "#ffffff",
  "#777777",
  "#e00",
  "#9fe8d0",
  "nonsense",
];

test.each(
  COLOURS.flatMap((colour) => [
    [colour, "#ffffff", "#f3f4f7"],
    [colour, "#1b1d23", "#2a2d36"],
  ]),
)("%s can be read on %s and %s", (colour, ground, raised) => {
  const { accent, onAccent, accentText } = makePalette(colour, ground, raised);
  expect(contrastRatio(accent, ground)).toBeGreaterThanOrEqual(3);
  expect(contrastRatio(onAccent, accent)).toBeGreaterThanOrEqual(4.5);
  expect(contrastRatio(accentText, ground)).toBeGreaterThanOrEqual(4.5);
  expect(contrastRatio(accentText, raised)).toBeGreaterThanOrEqual(4.5);
});

test("a colour that can be read stays as it is", () => {
  expect(makePalette("#2f6b5c", "#ffffff", "#f3f4f7").accent).toBe("#2f6b5c");
});

test("contrast is reckoned as WCAG does", () => {
  expect(contrastRatio("#000000", "#ffffff")).toBeCloseTo(21);
  expect(contrastRatio("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});
