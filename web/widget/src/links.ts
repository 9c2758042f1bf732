/** Finds web addresses in a text, so that they can be shown as links without any markup. */

export type Piece = { text: string; href?: string };

const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"'`]{2,2000}/giu;
/** What usually ends the sentence rather than the address. */
const TRAILING = /[.,;:!?…»”’*_~]+$/u;

/** The text cut into pieces in order; joined, their texts are the text again. */
export function splitLinks(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimAddress(match[0]);
    const href = toHref(address);
    if (href === null) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push({ text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

function trimAddress(found: string): string {
  let address = found.replace(TRAILING, "");
  while (address.endsWith(")") && count(address, ")") > count(address, "(")) {
    address = address.slice(0, -1).replace(TRAILING, "");
  }
  return address;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

/** Only http and https, and no name or password that could pass for the host. */
function toHref(address: string): string | null {
  const whole = /^www\./iu.test(address) ? `https://${address}` : address;
  if (!URL.canParse(whole)) return null;
  const url = new URL(whole);
  const plain = url.username === "" && url.password === "" && url.hostname.includes(".");
  const local = url.hostname === "localhost";
  return (url.protocol === "http:" || url.protocol === "https:") && (plain || local)
    ? url.href
    : null;
}
