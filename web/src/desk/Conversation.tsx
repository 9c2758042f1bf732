import { Box } from "@mantine/core";
import { useEffect } from "react";
import { contacts } from "../api/calls";
import { ApiError } from "../api/client";
import type { ContactDocument, EngagementDocument, OfferDocument } from "../api/types";
import { CallbackBar } from "../callbacks/CallbackBar";
import { useIsLookedAt } from "../ui/useIsLookedAt";
import { Composer } from "./Composer";
import { ConversationHeader } from "./ConversationHeader";
import { MessageList } from "./MessageList";
import { OfferBar } from "./OfferBar";
import { isReadByCustomer, useMessages, type Offered } from "./work";
import { WrapUp } from "./WrapUp";
import classes from "./Conversation.module.css";

interface Props {
  contact: ContactDocument;
  engagement: EngagementDocument | null;
  offer: OfferDocument | null;
  accept: (offered: Offered) => void;
  back: () => void;
  transfer: () => void;
  toggleCustomer: () => void;
}

/** One contact: its header, its messages, and below them what is to be done with it now. */
export function Conversation(props: Props) {
  const { contact, engagement, offer, accept } = props;
  const goesOn = engagement?.ended_ms === null;
  const isRead = isReadByCustomer(contact);
  useReadMarks(contact, goesOn);
  return (
    <div className={classes.frame}>
      <ConversationHeader {...props} goesOn={goesOn} isRead={isRead} />
      <MessageList contact={contact} engagement={engagement} />
      <Box className={classes.foot}>
        {goesOn ? (
          <>
            {contact.callback !== null && (
              <CallbackBar contact={contact} callback={contact.callback} />
            )}
            <Composer contact={contact} isRead={isRead} />
          </>
        ) : engagement !== null ? (
          <WrapUp contact={contact} engagement={engagement} />
        ) : offer !== null ? (
          <OfferBar offered={{ offer, contact }} accept={accept} />
        ) : null}
      </Box>
    </div>
  );
}

/** Messages count as seen while the conversation is open and the page is looked at. */
function useReadMarks(contact: ContactDocument, goesOn: boolean): void {
  const messages = useMessages(contact.contact_id);
  const isLookedAt = useIsLookedAt();
  const last = messages.at(-1)?.number ?? 0;
  const { contact_id, read_by_agent } = contact;
  useEffect(() => {
    if (!goesOn || !isLookedAt || last <= read_by_agent) return;
    contacts.read(contact_id, last).catch((error: unknown) => {
      // The mark is set again with the next message or the next look; nobody needs to know.
      if (!(error instanceof ApiError)) throw error;
    });
  }, [contact_id, goesOn, isLookedAt, last, read_by_agent]);
}
