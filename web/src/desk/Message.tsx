import { Button } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCheck,
  IconChecks,
  IconClock,
  IconNote,
  IconRobot,
} from "@tabler/icons-react";
import type { MessageDocument } from "../api/types";
import { useWorkplace } from "../app/workplace";
import { useLanguage } from "../i18n";
import type { Unsent } from "../stream/outbox";
import { Attachments } from "./Attachments";
import { Choices } from "./Choices";
import { LinkedText } from "./LinkedText";
import classes from "./MessageList.module.css";

interface Props {
  message: MessageDocument;
  /** Whether it goes on from the message before: same author, soon after. */
  continues: boolean;
  delivery: "delivered" | "seen" | null;
  /** Of a question: the value of what was chosen. */
  chosen: string | null;
}

export function Message({ message, continues, delivery, chosen }: Props) {
  const { t, time } = useLanguage();
  const { session } = useWorkplace();
  if (message.author === "system")
    return (
      <div className={classes.system}>
        {message.text} · {time(message.at_ms)}
      </div>
    );
  const isBot = message.author === "bot";
  const name = isBot
    ? t("message.bot")
    : message.agent_id === session.agent_id
      ? t("message.you")
      : message.author_name;
  return (
    <article
      className={classes.message}
      data-message={message.number}
      data-ours={message.author !== "customer" || undefined}
      data-bot={isBot || undefined}
      data-note={message.internal || undefined}
      data-continues={continues || undefined}
    >
      {!continues && (
        <div className={classes.who}>
          {message.internal && <IconNote size={12} aria-hidden />}
          {isBot && <IconRobot size={13} aria-hidden />} {name || t("customer.unnamed")}
          {message.choice !== null && ` · ${t("message.chose")}`}
          {message.internal && ` · ${t("message.note")}`} · {time(message.at_ms)}
        </div>
      )}
      <div className={classes.bubble}>
        {message.text !== "" && (
          <span data-text>
            <LinkedText text={message.text} />
          </span>
        )}
        <Attachments attachments={message.attachments} contactId={message.contact_id} />
      </div>
      <Choices prompt={message.prompt} chosen={chosen} />
      {delivery !== null && (
        <div className={classes.status}>
          {delivery === "seen" ? <IconChecks size={14} /> : <IconCheck size={14} />}
          {t(`message.${delivery}`)}
        </div>
      )}
    </article>
  );
}

export function UnsentMessage({ message }: { message: Unsent }) {
  const { t } = useLanguage();
  const { outbox } = useWorkplace();
  const isRefused = message.refusal !== null;
  return (
    <article
      className={classes.message}
      data-ours
      data-unsent
      data-note={message.internal || undefined}
      data-refused={isRefused || undefined}
    >
      <div className={classes.bubble}>
        {message.text !== "" && (
          <span data-text>
            <LinkedText text={message.text} />
          </span>
        )}
        <Attachments attachments={message.attachments} contactId={message.contact_id} />
      </div>
      {isRefused ? (
        <div className={classes.status} data-bad>
          <IconAlertTriangle size={14} />
          {t("message.refused")}: {message.refusal}
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => {
              outbox.retry(message.client_id);
            }}
          >
            {t("message.retry")}
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            color="red"
            onClick={() => {
              outbox.discard(message.client_id);
            }}
          >
            {t("message.discard")}
          </Button>
        </div>
      ) : (
        <div className={classes.status}>
          <IconClock size={13} /> {t("message.sending")}
        </div>
      )}
    </article>
  );
}
