// What can be said of an intent's examples by their letters alone.

const CYRILLIC = /\p{Script=Cyrillic}/u;
const ROMANIAN = /[ăâîșțşţ]/i;

/** A Romanian sentence without its letters counts as Latin: only the server tells by words. */
function scriptOf(text: string): "RU" | "RO" | "Latin" {
  if (CYRILLIC.test(text)) return "RU";
  return ROMANIAN.test(text) ? "RO" : "Latin";
}

export function countByScript(examples: string[]): [script: string, count: number][] {
  const scripts = examples.map(scriptOf);
  return (["Latin", "RO", "RU"] as const)
    .map((script): [string, number] => [script, scripts.filter((each) => each === script).length])
    .filter(([, count]) => count > 0);
}

const plain = (text: string) => text.trim().toLocaleLowerCase();

/** The lines of a text, without empty ones. */
export function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** What says the same as an earlier one, but for capitals. */
export function repeatedOf(examples: string[]): string[] {
  const seen = new Set<string>();
  return examples.filter((example) => {
    const known = seen.has(plain(example));
    seen.add(plain(example));
    return known;
  });
}

export function withoutRepeated(examples: string[]): string[] {
  return [
    ...new Map(examples.toReversed().map((each) => [plain(each), each])).values(),
  ].toReversed();
}
