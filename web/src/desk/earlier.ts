import { contacts } from "../api/calls";
import type { ContactDocument, ContactRecord } from "../api/types";
import { useFetched, type Fetched } from "../ui/useFetched";

/** What tells a customer apart from all others: an id, or else a telephone number; empty: nothing. */
export function keyOf({ customer_id, address }: ContactDocument["customer"]): string {
  return customer_id || (address.startsWith("+") ? address : "");
}

/** The customer’s contacts, this one among them, the latest first. */
export function useEarlierContacts(contact: ContactDocument): Fetched<{ items: ContactRecord[] }> {
  const key = keyOf(contact.customer);
  return useFetched(
    () => (key === "" ? null : contacts.ofCustomer(key)),
    [key, contact.contact_id],
  );
}

/** The contact’s customer, a nameless one by the name that was last given from the same number. */
export function useKnownCustomer(contact: ContactDocument): ContactDocument["customer"] {
  const { customer } = contact;
  const key = customer.name === "" ? keyOf(customer) : "";
  const earlier = useFetched(
    () => (key === "" ? null : contacts.ofCustomer(key)),
    [key, contact.contact_id],
  );
  const known = earlier.value?.items.find((each) => each.customer.name !== "");
  return known === undefined ? customer : { ...customer, name: known.customer.name };
}
