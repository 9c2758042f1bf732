import { Badge, ScrollArea, Stack, Text } from "@mantine/core";
import { IconInbox } from "@tabler/icons-react";
import { useStore } from "zustand";
import { useOwnAgent, useWorkplace } from "../app/workplace";
import { useLanguage } from "../i18n";
import { Empty } from "../ui/Empty";
import { OfferCard } from "./OfferCard";
import { WorkItem } from "./WorkItem";
import classes from "./WorkList.module.css";
import type { Offered, Work } from "./work";

interface Props {
  work: Work;
  currentId: number | null;
  open: (contactId: number) => void;
  accept: (offered: Offered) => void;
}

export function WorkList({ work, currentId, open, accept }: Props) {
  const { t } = useLanguage();
  const { outbox } = useWorkplace();
  const unsent = useStore(outbox.store, (state) => state.messages);
  const isEmpty = work.offers.length + work.conversations.length + work.wrapUps.length === 0;
  return (
    <ScrollArea className={classes.scroll} type="auto" scrollbarSize={8}>
      {isEmpty && <Nothing />}
      {work.offers.length > 0 && (
        <div className={classes.offers}>
          <SectionTitle text={t("desk.offers")} count={work.offers.length} />
          <Stack gap={8} component="ul" className={classes.plain}>
            {work.offers.map((offered) => (
              <OfferCard
                key={offered.offer.offer_id}
                offered={offered}
                isCurrent={offered.contact.contact_id === currentId}
                open={open}
                accept={accept}
              />
            ))}
          </Stack>
        </div>
      )}
      {work.conversations.length > 0 && (
        <>
          <SectionTitle text={t("desk.conversations")} count={work.conversations.length} />
          <ul className={classes.plain}>
            {work.conversations.map(({ contact, engagement }) => (
              <WorkItem
                key={engagement.engagement_id}
                contact={contact}
                engagement={engagement}
                isCurrent={contact.contact_id === currentId}
                hasRefused={unsent.some(
                  (each) => each.contact_id === contact.contact_id && each.refusal !== null,
                )}
                open={open}
              />
            ))}
          </ul>
        </>
      )}
      {work.wrapUps.length > 0 && (
        <>
          <SectionTitle text={t("desk.wrap_ups")} count={work.wrapUps.length} />
          <ul className={classes.plain}>
            {work.wrapUps.map(({ contact, engagement }) => (
              <WorkItem
                key={engagement.engagement_id}
                contact={contact}
                engagement={engagement}
                isCurrent={contact.contact_id === currentId}
                hasRefused={false}
                open={open}
              />
            ))}
          </ul>
        </>
      )}
    </ScrollArea>
  );
}

function SectionTitle({ text, count }: { text: string; count: number }) {
  return (
    <h2 className={classes.section}>
      {text}
      <Badge size="sm" color="gray" circle={count < 10}>
        {count}
      </Badge>
    </h2>
  );
}

function Nothing() {
  const { t } = useLanguage();
  const agent = useOwnAgent();
  if (agent === null) return null;
  return (
    <>
      <Empty
        icon={IconInbox}
        title={t("desk.empty_title")}
        hint={agent.presence === "available" ? t("desk.empty_ready") : t("desk.empty_away")}
      />
      <Text size="xs" c="dimmed" ta="center" px="md">
        {t("desk.today", { answered: agent.answered_today, missed: agent.missed_today })}
      </Text>
    </>
  );
}
