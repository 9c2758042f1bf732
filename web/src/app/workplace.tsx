// What everything on the page shares while somebody is signed in.
import { createContext, use, useEffect, useMemo, type ReactNode } from "react";
import { contacts } from "../api/calls";
import { ApiError } from "../api/client";
import type {
  AgentDocument,
  Role,
  Session,
  Setting,
  SettingByKind,
  SettingKind,
} from "../api/types";
import { Outbox, storedIn, type Delivery, type Unsent } from "../stream/outbox";
import { browserTimers } from "../stream/connection";
import { Stream, useStream } from "../stream/stream";

export interface Workplace {
  session: Session;
  stream: Stream;
  outbox: Outbox;
  signOut: () => void;
  /** The server no longer knows the session: sign in again, losing nothing. */
  onUnauthorised: () => void;
}

const WorkplaceContext = createContext<Workplace | null>(null);

export function useWorkplace(): Workplace {
  const workplace = use(WorkplaceContext);
  if (workplace === null) throw new Error("Used outside of a workplace");
  return workplace;
}

async function deliver(message: Unsent): Promise<Delivery> {
  try {
    const { client_id, text, attachments, internal } = message;
    await contacts.post(message.contact_id, { client_id, text, attachments, internal });
    return { result: "delivered" };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.code === "already_done") return { result: "delivered" };
    if (error.retryable || error.status === 401 || error.status === 429) return { result: "later" };
    return { result: "refused", detail: error.message };
  }
}

interface Props {
  session: Session;
  signOut: () => void;
  onUnauthorised: () => void;
  children: ReactNode;
}

export function WorkplaceProvider({ session, signOut, onUnauthorised, children }: Props) {
  const agentId = session.agent_id;
  const stream = useMemo(() => new Stream("desk", onUnauthorised), [onUnauthorised]);
  const outboxKey = `frontdesk.outbox.${agentId}`;
  const outbox = useMemo(
    () => new Outbox(deliver, storedIn(localStorage, outboxKey), browserTimers),
    [outboxKey],
  );
  useEffect(() => stream.start(), [stream]);
  useEffect(() => connectOutbox(outbox, stream, outboxKey), [outbox, stream, outboxKey]);
  const workplace = useMemo(
    () => ({ session, stream, outbox, signOut, onUnauthorised }),
    [session, stream, outbox, signOut, onUnauthorised],
  );
  return <WorkplaceContext value={workplace}>{children}</WorkplaceContext>;
}

function connectOutbox(outbox: Outbox, stream: Stream, key: string): () => void {
  const stopWitness = stream.witness((_before, _after, frame) => {
    const messages = frame.op === "snapshot" ? frame.collections.messages : frame.upserts?.messages;
    outbox.confirm(Object.values(messages ?? {}));
  });
  const stopStatus = stream.store.subscribe((state, previous) => {
    if (state.status.name === "live" && previous.status.name !== "live") outbox.flush();
  });
  const onStorage = (event: StorageEvent) => {
    if (event.key === key) outbox.reload();
  };
  window.addEventListener("storage", onStorage);
  return () => {
    stopWitness();
    stopStatus();
    window.removeEventListener("storage", onStorage);
  };
}

const RANK: Record<Role, number> = { agent: 0, supervisor: 1, administrator: 2 };

export function mayAct(role: Role, least: Role): boolean {
  return RANK[role] >= RANK[least];
}

/** The agent that the signed-in person is; null until the first snapshot. */
export function useOwnAgent(): AgentDocument | null {
  const { session, stream } = useWorkplace();
  return useStream(stream, (state) => state.picture.collections.agents[session.agent_id] ?? null);
}

/** All settings of a kind, by name. */
export function useSettings<K extends SettingKind>(kind: K): SettingByKind[K][] {
  const { stream } = useWorkplace();
  const all = useStream(stream, (state) => state.picture.collections.settings);
  return useMemo(() => settingsOf(all, kind), [all, kind]);
}

function settingsOf<K extends SettingKind>(
  all: Record<string, Setting>,
  kind: K,
): SettingByKind[K][] {
  const found = Object.entries(all)
    .filter(([key]) => key.startsWith(`${kind}/`))
    .map(([, setting]) => setting as SettingByKind[K]);
  return found.sort((a, b) => a.name.localeCompare(b.name));
}

export function useSetting<K extends SettingKind>(
  kind: K,
  id: string | null,
): SettingByKind[K] | undefined {
  const { stream } = useWorkplace();
  return useStream(stream, (state) =>
    id === null
      ? undefined
      : (state.picture.collections.settings[`${kind}/${id}`] as SettingByKind[K] | undefined),
  );
}
