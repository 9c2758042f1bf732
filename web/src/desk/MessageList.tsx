import { Button, Text } from "@mantine/core";
import { IconArrowDown } from "@tabler/icons-react";
import { Fragment, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import type { ContactDocument, EngagementDocument, MessageDocument } from "../api/types";
import { useWorkplace } from "../app/workplace";
import { daysBetween } from "../i18n/format";
import { useLanguage } from "../i18n";
import { useTick } from "../stream/stream";
import { Message, UnsentMessage } from "./Message";
import classes from "./MessageList.module.css";
import { useIsTyping } from "./useIsTyping";
import { agentCameInAt, chosenOf, useMessages } from "./work";

const GROUPED_WITHIN_MS = 3 * 60_000;
const NEAR_END_PX = 60;

interface Props {
  contact: ContactDocument;
  engagement: EngagementDocument | null;
}

/** The messages of a contact, oldest first, with those still on their way at the end. */
export function MessageList({ contact, engagement }: Props) {
  const { t } = useLanguage();
  const { outbox } = useWorkplace();
  const messages = useMessages(contact.contact_id);
  const allUnsent = useStore(outbox.store, (state) => state.messages);
  const unsent = useMemo(() => {
    const known = new Set(messages.map((message) => message.client_id));
    return allUnsent.filter(
      (each) => each.contact_id === contact.contact_id && !known.has(each.client_id),
    );
  }, [allUnsent, messages, contact.contact_id]);
  const isTyping = useIsTyping(contact.contact_id) && contact.state === "engaged";
  const length = messages.length + unsent.length + (isTyping ? 1 : 0);
  const { ref, atEnd, onScroll, toEnd } = useStickyEnd(length);
  const cameInMs = engagement?.started_ms ?? contact.answered_ms;
  const cameInAt = agentCameInAt(messages, cameInMs);
  const lastOurs = messages.findLast((each) => each.author === "agent" && !each.internal);
  return (
    <div className={classes.wrap}>
      <div
        ref={ref}
        className={classes.scroll}
        onScroll={onScroll}
        tabIndex={0}
        role="group"
        aria-label={t("desk.messages")}
      >
        {contact.transfer_note !== "" && (
          <div className={classes.handover}>
            <strong>{t("desk.transfer_note")}</strong> {contact.transfer_note}
          </div>
        )}
        {length === 0 && (
          <Text size="sm" c="dimmed" ta="center" m="auto">
            {t("desk.no_messages")}
          </Text>
        )}
        {messages.map((message, index) => (
          <Fragment key={message.number}>
            <DaySeparator message={message} before={messages[index - 1]} />
            {index === cameInAt && <CameIn atMs={cameInMs} isSelf={engagement !== null} />}
            <Message
              message={message}
              continues={index !== cameInAt && continues(messages[index - 1], message)}
              chosen={chosenOf(messages, index)}
              delivery={
                message === lastOurs
                  ? message.number <= contact.read_by_customer
                    ? "seen"
                    : "delivered"
                  : null
              }
            />
          </Fragment>
        ))}
        {cameInAt === messages.length && <CameIn atMs={cameInMs} isSelf={engagement !== null} />}
        {unsent.map((each) => (
          <UnsentMessage key={each.client_id} message={each} />
        ))}
        {isTyping && (
          <div className={classes.typing} aria-hidden="true">
            <i />
            <i />
            <i />
          </div>
        )}
      </div>
      {!atEnd && (
        <Button
          className={classes.jump}
          variant="default"
          radius="xl"
          leftSection={<IconArrowDown size={15} />}
          onClick={toEnd}
        >
          {t("desk.to_end")}
        </Button>
      )}
    </div>
  );
}

function continues(before: MessageDocument | undefined, message: MessageDocument): boolean {
  return (
    before !== undefined &&
    before.author === message.author &&
    before.agent_id === message.agent_id &&
    before.internal === message.internal &&
    message.at_ms - before.at_ms < GROUPED_WITHIN_MS
  );
}

function DaySeparator(props: { message: MessageDocument; before: MessageDocument | undefined }) {
  const { t, date } = useLanguage();
  const nowMs = useTick();
  const { at_ms } = props.message;
  if (props.before !== undefined && daysBetween(props.before.at_ms, at_ms) === 0) return null;
  const ago = daysBetween(at_ms, nowMs);
  const label = ago === 0 ? t("day.today") : ago === 1 ? t("day.yesterday") : date(at_ms);
  return (
    <div className={classes.day}>
      <span>{label}</span>
    </div>
  );
}

function CameIn({ atMs, isSelf }: { atMs: number | null; isSelf: boolean }) {
  const { t, time } = useLanguage();
  if (atMs === null) return null;
  return (
    <div className={classes.cameIn} data-came-in>
      {t(isSelf ? "message.you_came_in" : "message.agent_came_in", { time: time(atMs) })}
    </div>
  );
}

/** Keeps the end in view while it was in view; else leaves the reader where they are. */
function useStickyEnd(length: number) {
  const ref = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const toEnd = () => {
    const element = ref.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  };
  useLayoutEffect(() => {
    if (atEnd) toEnd();
  }, [length, atEnd]);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => {
      if (atEnd) toEnd();
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [atEnd]);
  const onScroll = () => {
    const element = ref.current;
    if (element === null) return;
    const left = element.scrollHeight - element.scrollTop - element.clientHeight;
    setAtEnd(left < NEAR_END_PX);
  };
  return { ref, atEnd, onScroll, toEnd };
}
