import { ActionIcon, Badge, Button, Tooltip } from "@mantine/core";
import {
  IconArrowForwardUp,
  IconArrowLeft,
  IconCircleX,
  IconInfoCircle,
  IconPlayerPause,
  IconPlayerPlay,
} from "@tabler/icons-react";
import { useState } from "react";
import { contacts } from "../api/calls";
import type { ContactDocument } from "../api/types";
import { useAction } from "../app/useAction";
import { useSetting, useWorkplace } from "../app/workplace";
import { useLanguage } from "../i18n";
import { Clock } from "../ui/Clock";
import { Confirm } from "../ui/Confirm";
import { useCommands } from "../app/commands";
import classes from "./Conversation.module.css";
import { nameOf } from "../ui/nameOf";
import { useKnownCustomer } from "./earlier";

interface Props {
  contact: ContactDocument;
  goesOn: boolean;
  /** Whether the customer reads what is written, and so can be away or kept waiting. */
  isRead: boolean;
  back: () => void;
  transfer: () => void;
  toggleCustomer: () => void;
}

const ICON = { size: 16, stroke: 1.7 };

export function ConversationHeader(props: Props) {
  const { contact, goesOn, isRead, back, transfer, toggleCustomer } = props;
  const { t } = useLanguage();
  const { stream } = useWorkplace();
  const queue = useSetting("queue", contact.queue_id);
  return (
    <header className={classes.header}>
      <ActionIcon className={classes.back} size="lg" onClick={back} aria-label={t("app.back")}>
        <IconArrowLeft size={19} />
      </ActionIcon>
      <div className={classes.title}>
        <h2 className={classes.titleName}>{nameOf(useKnownCustomer(contact), t)}</h2>
        <div className={classes.titleMeta}>
          {contact.topic !== "" && contact.topic !== queue?.name && `${contact.topic} · `}
          {queue?.name ?? contact.queue_id}
          {goesOn && contact.answered_ms !== null && (
            <>
              {" · "}
              <Clock stream={stream} sinceMs={contact.answered_ms} />
            </>
          )}
        </div>
      </div>
      {goesOn && isRead && !contact.customer_connected && (
        <Tooltip label={t("desk.customer_away_hint")}>
          <Badge color="orange" tabIndex={0}>
            {t("desk.customer_away")}
          </Badge>
        </Tooltip>
      )}
      {goesOn && <Actions contact={contact} isRead={isRead} transfer={transfer} />}
      <Tooltip label={t("desk.customer")}>
        <ActionIcon
          className={classes.info}
          size="lg"
          onClick={toggleCustomer}
          aria-label={t("desk.customer")}
        >
          <IconInfoCircle size={19} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    </header>
  );
}

function Actions({ contact, isRead, transfer }: Pick<Props, "contact" | "isRead" | "transfer">) {
  const { t } = useLanguage();
  const [busy, run] = useAction();
  const [ending, setEnding] = useState(false);
  const isHeld = contact.held_since_ms !== null;
  const end = () => {
    setEnding(true);
  };
  useCommands([
    { id: "end", group: t("commands.contact"), label: t("desk.end"), key: "e", run: end },
  ]);
  return (
    <>
      <Button
        className={classes.action}
        variant={isHeld ? "light" : "default"}
        color={isHeld ? "orange" : undefined}
        loading={busy}
        leftSection={isHeld ? <IconPlayerPlay {...ICON} /> : <IconPlayerPause {...ICON} />}
        aria-label={isHeld ? t("desk.resume") : t("desk.hold")}
        onClick={() => {
          void run(() => (isHeld ? contacts.resume : contacts.hold)(contact.contact_id));
        }}
      >
        <span className={classes.actionLabel}>{isHeld ? t("desk.resume") : t("desk.hold")}</span>
      </Button>
      <Button
        className={classes.action}
        variant="default"
        leftSection={<IconArrowForwardUp {...ICON} />}
        aria-label={t("desk.transfer")}
        onClick={transfer}
      >
        <span className={classes.actionLabel}>{t("desk.transfer")}</span>
      </Button>
      <Button
        className={classes.action}
        variant="default"
        leftSection={<IconCircleX {...ICON} />}
        aria-label={t("desk.end")}
        onClick={end}
      >
        <span className={classes.actionLabel}>{t("desk.end")}</span>
      </Button>
      <Confirm
        open={ending}
        title={t("desk.end_title")}
        text={t(isRead ? "desk.end_text" : "desk.end_text_unread")}
        action={t("desk.end")}
        onClose={() => {
          setEnding(false);
        }}
        onConfirm={() => {
          void run(() => contacts.end(contact.contact_id));
        }}
      />
    </>
  );
}
