// What lies on an agent's desk, from the live picture: offers, conversations, wrap-ups.
import { useMemo } from "react";
import type {
  ContactDocument,
  EngagementDocument,
  MessageDocument,
  OfferDocument,
} from "../api/types";
import { useWorkplace } from "../app/workplace";
import type { Collections } from "../stream/protocol";
import { useStream } from "../stream/stream";

export interface Offered {
  offer: OfferDocument;
  contact: ContactDocument;
}

export interface Engaged {
  engagement: EngagementDocument;
  contact: ContactDocument;
}

export interface Work {
  offers: Offered[];
  conversations: Engaged[];
  wrapUps: Engaged[];
}

type Pieces = Pick<Collections, "offers" | "engagements" | "contacts">;

export function workOf(agentId: string, { offers, engagements, contacts }: Pieces): Work {
  const engaged = Object.values(engagements)
    .filter((engagement) => engagement.agent_id === agentId)
    .sort((a, b) => a.started_ms - b.started_ms)
    .flatMap((engagement): Engaged[] => {
      const contact = contacts[engagement.contact_id];
      return contact === undefined ? [] : [{ engagement, contact }];
    });
  return {
    offers: Object.values(offers)
      .filter((offer) => offer.agent_id === agentId)
      .sort((a, b) => a.offered_ms - b.offered_ms)
      .flatMap((offer): Offered[] => {
        const contact = contacts[offer.contact_id];
        return contact === undefined ? [] : [{ offer, contact }];
      }),
    conversations: engaged.filter(({ engagement }) => engagement.ended_ms === null),
    wrapUps: engaged.filter(({ engagement }) => engagement.ended_ms !== null),
  };
}

export function useWork(): Work {
  const { session, stream } = useWorkplace();
  const offers = useStream(stream, (state) => state.picture.collections.offers);
  const engagements = useStream(stream, (state) => state.picture.collections.engagements);
  const contacts = useStream(stream, (state) => state.picture.collections.contacts);
  return useMemo(
    () => workOf(session.agent_id, { offers, engagements, contacts }),
    [session.agent_id, offers, engagements, contacts],
  );
}

const NO_MESSAGES: readonly MessageDocument[] = [];

export function useMessages(contactId: number): readonly MessageDocument[] {
  const { stream } = useWorkplace();
  return useStream(stream, (state) => state.picture.messagesOf[contactId] ?? NO_MESSAGES);
}

/** Channels that the centre itself opens contacts on; nobody reads at their other end. */
const UNREAD_CHANNELS = new Set(["callback", "message"]);

/** Whether what is written to the customer is read by anybody. */
export function isReadByCustomer({ channel, callback }: ContactDocument): boolean {
  return callback === null && !UNREAD_CHANNELS.has(channel);
}

/** How many of the customer's messages the agent has not seen. */
export function unreadOf(contact: ContactDocument, messages: readonly MessageDocument[]): number {
  return messages.filter(
    ({ author, number }) => author === "customer" && number > contact.read_by_agent,
  ).length;
}

/** The value of what the customer chose next after a question; null: nothing of the choices. */
export function chosenOf(messages: readonly MessageDocument[], index: number): string | null {
  const asked = messages[index];
  if (asked?.prompt == null) return null;
  const answer = messages.slice(index + 1).find(({ author }) => author === "customer");
  return answer?.choice ?? null;
}

/**
 * Before which message the agent came in; -1: no flow spoke before, so there is nothing to tell
 * apart.
 */
export function agentCameInAt(
  messages: readonly MessageDocument[],
  cameInMs: number | null,
): number {
  if (cameInMs === null) return -1;
  const next = messages.findIndex(({ at_ms }) => at_ms >= cameInMs);
  const at = next === -1 ? messages.length : next;
  return messages.slice(0, at).some(({ author }) => author === "bot") ? at : -1;
}

/** Since when the customer waits for a reply; null: the last word is ours, or a flow’s. */
export function awaitingReplySinceMs(messages: readonly MessageDocument[]): number | null {
  let sinceMs: number | null = null;
  for (const { author, at_ms, internal } of messages) {
    if (author === "customer") sinceMs ??= at_ms;
    else if (author !== "system" && !internal) sinceMs = null;
  }
  return sinceMs;
}
