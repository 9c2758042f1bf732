import { describe, expect, test } from "vitest";
import type { ContactDocument, MessageDocument } from "../../src/api/types";
import { EMPTY_PICTURE, applySnapshot, applyTyping, applyUpdate } from "../../src/stream/picture";

const contact = (contact_id: number) => ({ contact_id }) as ContactDocument;
const message = (contact_id: number, number: number, author = "customer") =>
  ({ contact_id, number, author, client_id: `${contact_id}-${number}` }) as MessageDocument;

const START = applySnapshot(
  {
    op: "snapshot",
    epoch: "e",
    seq: 7,
    now_ms: 5_000,
    collections: {
      contacts: { 1: contact(1), 2: contact(2) },
      messages: { "1/2": message(1, 2), "1/1": message(1, 1), "2/1": message(2, 1) },
    },
  },
  4_000,
);

test("a snapshot replaces everything and tells the server's clock", () => {
  expect(START.seq).toBe(7);
  expect(START.clockOffsetMs).toBe(1_000);
  expect(START.messagesOf[1]?.map(({ number }) => number)).toEqual([1, 2]);
  const emptied = applySnapshot(
    { op: "snapshot", epoch: "f", seq: 1, now_ms: 0, collections: {} },
    0,
  );
  expect(emptied.collections).toEqual(EMPTY_PICTURE.collections);
});

describe("an update", () => {
  test("adds, replaces and removes, and leaves the picture before as it was", () => {
    const after = applyUpdate(
      START,
      {
        op: "update",
        seq: 8,
        now_ms: 6_000,
        upserts: { messages: { "1/3": message(1, 3) } },
        removals: { contacts: ["2"] },
      },
      5_000,
    );
    expect(Object.keys(after.collections.contacts)).toEqual(["1"]);
    expect(after.messagesOf[1]?.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(Object.keys(START.collections.contacts)).toEqual(["1", "2"]);
    expect(START.messagesOf[1]).toHaveLength(2);
  });

  test("takes a contact's messages away with it", () => {
    const after = applyUpdate(
      START,
      { op: "update", seq: 8, now_ms: 0, upserts: {}, removals: { contacts: ["1"] } },
      0,
    );
    expect(after.messagesOf[1]).toBeUndefined();
    expect(Object.keys(after.collections.messages)).toEqual(["2/1"]);
  });

  test("the same twice is the same", () => {
    const frame = {
      op: "update" as const,
      seq: 8,
      now_ms: 0,
      upserts: { messages: { "2/2": message(2, 2) } },
    };
    const once = applyUpdate(START, frame, 0);
    expect(applyUpdate(once, frame, 0)).toEqual(once);
  });

  test("leaves what it does not touch the very same, so that nothing is drawn again", () => {
    const after = applyUpdate(
      START,
      { op: "update", seq: 8, now_ms: 0, upserts: { messages: { "2/2": message(2, 2) } } },
      0,
    );
    expect(after.collections.contacts).toBe(START.collections.contacts);
    expect(after.messagesOf[1]).toEqual(START.messagesOf[1]);
  });
});

test("whoever has written is typing no longer", () => {
  const frame = { op: "typing", contact_id: 1, author: "customer", agent_id: null } as const;
  const typing = applyTyping(START, frame, 4_000);
  expect(typing.typingUntilMs[1]).toBeGreaterThan(5_000);
  const written = applyUpdate(
    typing,
    { op: "update", seq: 8, now_ms: 0, upserts: { messages: { "1/3": message(1, 3) } } },
    0,
  );
  expect(written.typingUntilMs[1]).toBeUndefined();
});
