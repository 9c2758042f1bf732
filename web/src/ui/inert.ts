/**
 * Marks a menu's item that can't be chosen now. It keeps the focus it is given, as the ARIA practices
 * ask for: a menu that began with one truly disabled would leave the focus outside, and deaf to Escape.
 */
export function inert(isInert: boolean) {
  return isInert ? { "aria-disabled": true, "data-disabled": true } : {};
}
