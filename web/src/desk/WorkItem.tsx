import { Badge, UnstyledButton } from "@mantine/core";
import {
  IconAlertTriangle,
  IconArrowForwardUp,
  IconClipboardCheck,
  IconPlayerPause,
} from "@tabler/icons-react";
import type { Author, ContactDocument, EngagementDocument } from "../api/types";
import { useWorkplace } from "../app/workplace";
import { useLanguage } from "../i18n";
import type { Key } from "../i18n/en";
import { useNowMs } from "../stream/stream";
import { ChannelIcon } from "../ui/ChannelIcon";
import { Clock } from "../ui/Clock";
import { useDraft } from "./drafts";
import { useIsTyping } from "./useIsTyping";
import { awaitingReplySinceMs, unreadOf, useMessages } from "./work";
import classes from "./WorkList.module.css";
import { nameOf } from "../ui/nameOf";
import { useKnownCustomer } from "./earlier";

interface Props {
  contact: ContactDocument;
  engagement: EngagementDocument;
  isCurrent: boolean;
  hasRefused: boolean;
  open: (contactId: number) => void;
}

export function WorkItem({ contact, engagement, isCurrent, hasRefused, open }: Props) {
  const { t } = useLanguage();
  const { stream } = useWorkplace();
  const messages = useMessages(contact.contact_id);
  const unread = unreadOf(contact, messages);
  const owedMs = engagement.ended_ms === null ? awaitingReplySinceMs(messages) : null;
  return (
    <li>
      <UnstyledButton
        className={classes.item}
        data-current={isCurrent || undefined}
        data-unread={unread > 0 || undefined}
        data-contact={contact.contact_id}
        aria-current={isCurrent ? "true" : undefined}
        onClick={() => {
          open(contact.contact_id);
        }}
      >
        <span className={classes.line}>
          <ChannelIcon channel={contact.channel} />
          <span className={classes.name}>{nameOf(useKnownCustomer(contact), t)}</span>
          {contact.held_since_ms !== null && (
            <IconPlayerPause size={14} role="img" aria-label={t("desk.on_hold")} />
          )}
          {contact.transferred_from_agent_id !== null && (
            <IconArrowForwardUp size={14} role="img" aria-label={t("desk.transferred")} />
          )}
          {hasRefused && (
            <IconAlertTriangle
              size={15}
              color="var(--fd-bad)"
              role="img"
              aria-label={t("message.refused")}
            />
          )}
          {engagement.ended_ms !== null ? (
            <WrapUpLeft engagement={engagement} />
          ) : owedMs !== null ? (
            <span className={classes.owed} title={t("desk.owed")}>
              <Clock stream={stream} sinceMs={owedMs} />
            </span>
          ) : null}
        </span>
        <span className={classes.line}>
          <LastLine contact={contact} ended={engagement.ended_ms !== null} />
          {unread > 0 && (
            <Badge
              size="sm"
              circle={unread < 10}
              variant="filled"
              aria-label={t("desk.unread", { count: unread })}
            >
              {unread}
            </Badge>
          )}
        </span>
      </UnstyledButton>
    </li>
  );
}

const LAST_AUTHORS: Partial<Record<Author, Key>> = {
  agent: "message.you",
  bot: "message.bot",
};

function LastLine({ contact, ended }: { contact: ContactDocument; ended: boolean }) {
  const { t } = useLanguage();
  const isTyping = useIsTyping(contact.contact_id);
  const draft = useDraft(contact.contact_id);
  if (isTyping && !ended) return <span className={classes.last}>{t("desk.typing")}</span>;
  if (draft.text !== "" && !ended)
    return (
      <span className={classes.last}>
        {t("desk.draft")} {draft.text}
      </span>
    );
  const author = LAST_AUTHORS[contact.last_author ?? "customer"];
  const prefix = author === undefined ? "" : `${t(author)}: `;
  const text = contact.last_text === "" ? contact.topic : `${prefix}${contact.last_text}`;
  return <span className={classes.last}>{text || "\u00a0"}</span>;
}

function WrapUpLeft({ engagement }: { engagement: EngagementDocument }) {
  const { t, clock } = useLanguage();
  const { stream } = useWorkplace();
  const nowMs = useNowMs(stream);
  if (engagement.wrap_up_until_ms === null)
    return <IconClipboardCheck size={15} role="img" aria-label={t("state.wrap_up")} />;
  return (
    <span className={`${classes.meta ?? ""} tabular`}>
      {clock(engagement.wrap_up_until_ms - nowMs)}
    </span>
  );
}
