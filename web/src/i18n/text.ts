// A text is a sentence with {places}, or one for each plural form that its language has.
export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
export type Text = string | Plural;
export type Places = Record<string, string | number>;

export function fill(text: Text, places: Places, locale: string): string {
  const sentence = typeof text === "string" ? text : pluralOf(text, places["count"], locale);
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(places[name] ?? whole));
}

function pluralOf(text: Plural, count: string | number | undefined, locale: string): string {
  const rule = new Intl.PluralRules(locale).select(Number(count ?? 0));
  return text[rule] ?? text.other;
}
