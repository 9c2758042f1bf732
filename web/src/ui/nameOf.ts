import type { Language } from "../i18n";

/** What a customer is called: by name, else by number or address, else as somebody unnamed. */
export function nameOf(
  customer: { name: string; address: string } | null | undefined,
  t: Language["t"],
): string {
  return customer?.name || customer?.address || t("customer.unnamed");
}
