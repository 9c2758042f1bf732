// The picture a stream draws: a snapshot, then what changed. Pure: frame in, picture out.
import type { MessageDocument } from "../api/types";
import {
  COLLECTION_NAMES,
  type CollectionName,
  type Collections,
  type SnapshotFrame,
  type TypingFrame,
  type UpdateFrame,
} from "./protocol";

export interface Picture {
  /** Null until the first snapshot. */
  epoch: string | null;
  seq: number;
  /** What to add to this machine's clock to get the server's, ms. */
  clockOffsetMs: number;
  collections: Collections;
  /** Messages of each contact by number, ascending. */
  messagesOf: Readonly<Record<number, readonly MessageDocument[]>>;
  /** Until when (server time) the customer of a contact counts as typing. */
  typingUntilMs: Readonly<Record<number, number>>;
}

export const TYPING_SHOWN_MS = 6_000;

export const EMPTY_PICTURE: Picture = {
  epoch: null,
  seq: 0,
  clockOffsetMs: 0,
  collections: {
    agents: {},
    colleagues: {},
    queues: {},
    contacts: {},
    offers: {},
    engagements: {},
    messages: {},
    settings: {},
    flows: {},
    alarms: {},
  },
  messagesOf: {},
  typingUntilMs: {},
};

export function applySnapshot(frame: SnapshotFrame, clockMs: number): Picture {
  const collections = { ...EMPTY_PICTURE.collections, ...frame.collections };
  return {
    ...EMPTY_PICTURE,
    epoch: frame.epoch,
    seq: frame.seq,
    clockOffsetMs: frame.now_ms - clockMs,
    collections,
    messagesOf: groupMessages(Object.values(collections.messages)),
  };
}

export function applyUpdate(picture: Picture, frame: UpdateFrame, clockMs: number): Picture {
  const collections = { ...picture.collections };
  for (const name of COLLECTION_NAMES) replaceIn(collections, name, frame);
  dropMessagesOf(frame.removals?.contacts ?? [], collections);
  return {
    ...picture,
    seq: frame.seq,
    clockOffsetMs: frame.now_ms - clockMs,
    collections,
    messagesOf: messagesAfter(picture, frame),
    typingUntilMs: typingAfter(picture.typingUntilMs, frame),
  };
}

export function applyTyping(picture: Picture, frame: TypingFrame, clockMs: number): Picture {
  const until = clockMs + picture.clockOffsetMs + TYPING_SHOWN_MS;
  return { ...picture, typingUntilMs: { ...picture.typingUntilMs, [frame.contact_id]: until } };
}

function replaceIn<N extends CollectionName>(
  collections: Pick<Collections, N>,
  name: N,
  frame: UpdateFrame,
): void {
  const upserts = frame.upserts?.[name];
  const removals = frame.removals?.[name] ?? [];
  if (upserts === undefined && removals.length === 0) return;
  const gone = new Set(removals.map(String));
  const kept = Object.entries(collections[name]).filter(([key]) => !gone.has(key));
  collections[name] = { ...Object.fromEntries(kept), ...upserts };
}

/** A contact takes its messages with it; their own removals are not sent. */
function dropMessagesOf(contactIds: (string | number)[], collections: Collections): void {
  if (contactIds.length === 0) return;
  const gone = new Set(contactIds.map(String));
  collections.messages = Object.fromEntries(
    Object.entries(collections.messages).filter(([key]) => !gone.has(key.split("/")[0] ?? "")),
  );
}

function groupMessages(messages: MessageDocument[]): Record<number, MessageDocument[]> {
  const groups: Record<number, MessageDocument[]> = {};
  for (const message of messages) (groups[message.contact_id] ??= []).push(message);
  for (const group of Object.values(groups)) group.sort((a, b) => a.number - b.number);
  return groups;
}

function messagesAfter(picture: Picture, frame: UpdateFrame): Picture["messagesOf"] {
  const added = Object.values(frame.upserts?.messages ?? {});
  const removed = frame.removals?.messages ?? [];
  const goneContacts = frame.removals?.contacts ?? [];
  if (added.length + removed.length + goneContacts.length === 0) return picture.messagesOf;
  const touched = new Set([
    ...added.map((message) => message.contact_id),
    ...removed.map((key) => Number(String(key).split("/")[0])),
  ]);
  const gone = new Set(removed.map(String));
  const left = new Set(goneContacts.map(String));
  const groups: Record<number, readonly MessageDocument[]> = Object.fromEntries(
    Object.entries(picture.messagesOf).filter(([contactId]) => !left.has(contactId)),
  );
  for (const contactId of touched) {
    const before = groups[contactId] ?? [];
    const fresh = added.filter((message) => message.contact_id === contactId);
    const numbers = new Set(fresh.map((message) => message.number));
    groups[contactId] = before
      .filter(({ number }) => !numbers.has(number) && !gone.has(`${contactId}/${number}`))
      .concat(fresh)
      .sort((a, b) => a.number - b.number);
  }
  return groups;
}

/** Whoever has just written has stopped typing. */
function typingAfter(typing: Picture["typingUntilMs"], frame: UpdateFrame) {
  const writers = Object.values(frame.upserts?.messages ?? {})
    .filter((message) => message.author === "customer")
    .map((message) => message.contact_id);
  if (!writers.some((contactId) => contactId in typing)) return typing;
  return Object.fromEntries(
    Object.entries(typing).filter(([contactId]) => !writers.includes(Number(contactId))),
  );
}
