import { expect, test } from "vitest";
import type { Deed } from "../src/protocol";
import { Store } from "../src/store";

/** As much of `Storage` as the store uses; it holds so many characters. */
function makeStorage(room = 100_000): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => {
      if (value.length > room) throw new DOMException("full", "QuotaExceededError");
      items.set(key, value);
    },
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  };
}

const message = (id: string): Deed => ({ op: "message", client_id: id, text: id, attachments: [] });
const ids = (store: Store) => store.pending.map(({ deed }) => deed.client_id);

test("deeds survive the page, in their order, until they are confirmed", () => {
  const storage = makeStorage();
  const before = new Store("a", storage, null);
  for (const id of ["one", "two", "three"]) before.addPending(message(id));
  const after = new Store("a", storage, null);
  expect(ids(after)).toEqual(["one", "two", "three"]);
  after.removePending("two");
  expect(ids(after)).toEqual(["one", "three"]);
});

test("two tabs keep each other's deeds", () => {
  const storage = makeStorage();
  const [one, other] = [new Store("a", storage, null), new Store("a", storage, null)];
  one.addPending(message("mine"));
  other.addPending(message("theirs"));
  one.removePending("mine");
  expect(ids(one)).toEqual(["theirs"]);
});

test("widgets of other names are left alone", () => {
  const storage = makeStorage();
  const [one, other] = [new Store("a", storage, null), new Store("b", storage, null)];
  other.addPending(message("theirs"));
  one.forgetContact();
  expect(ids(one)).toEqual([]);
  expect(ids(other)).toEqual(["theirs"]);
});

test("what the browser won't keep the page keeps", () => {
  const full = new Store("a", makeStorage(0), null);
  const none = new Store("a", null, null);
  for (const store of [full, none]) {
    store.addPending(message("one"));
    store.name = "Ann";
    expect(ids(store)).toEqual(["one"]);
    expect(store.name).toBe("Ann");
  }
});

test("leaving a contact keeps the visitor", () => {
  const store = new Store("a", makeStorage(), null);
  store.visitorToken = "visitor";
  store.held = { contact_id: 1, token: "t" };
  store.addPending(message("one"));
  store.read = 7;
  store.forgetContact();
  expect([store.visitorToken, store.held, store.read, ids(store)]).toEqual([
    "visitor",
    null,
    0,
    [],
  ]);
});

test("what isn't ours to read is as if it weren't there", () => {
  const storage = makeStorage();
  storage.setItem("a/contact", "{broken");
  expect(new Store("a", storage, null).held).toBeNull();
});
