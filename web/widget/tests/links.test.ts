import { expect, test } from "vitest";
import { splitLinks } from "../src/links";

function hrefs(text: string): (string | undefined)[] {
  return splitLinks(text).map((piece) => piece.href);
}

test("the pieces are the text", () => {
  const text = "See https://shop.example/a(b), www.shop.example. <script>alert(1)</script> end";
  expect(
    splitLinks(text)
      .map((piece) => piece.text)
      .join(""),
  ).toBe(text);
});

test("addresses become links without what ends the sentence", () => {
  expect(splitLinks("Look (https://shop.example/x_(y)), please!")).toEqual([
    { text: "Look (" },
    { text: "https://shop.example/x_(y)", href: "https://shop.example/x_(y)" },
    { text: "), please!" },
  ]);
  expect(hrefs("www.shop.example")).toEqual(["https://www.shop.example/"]);
});

test.each([
  "javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "https://bank.example@evil.example/",
  "https://nodots",
  "file:///etc/passwd",
  "https://",
])("%s is no link", (text) => {
  expect(hrefs(text)).toEqual([undefined]);
});
