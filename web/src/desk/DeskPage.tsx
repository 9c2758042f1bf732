import { useEffect, useMemo, useState } from "react";
import { useLocation } from "wouter";
import { contacts, offers as offerCalls } from "../api/calls";
import { useCommands, type Command } from "../app/commands";
import { useAction } from "../app/useAction";
import { useWorkplace } from "../app/workplace";
import { useLanguage } from "../i18n";
import { useStream } from "../stream/stream";
import { AlertsQuestion } from "./AlertsQuestion";
import { Conversation } from "./Conversation";
import { CustomerPane } from "./CustomerPane";
import classes from "./DeskPage.module.css";
import { useDrafts } from "./drafts";
import { DeskEmpty, DeskLoading } from "./DeskEmpty";
import { TransferDialog } from "./TransferDialog";
import { useWork, type Engaged, type Offered } from "./work";
import { WorkList } from "./WorkList";

/** The agent's desk: work on the left, the conversation in the middle, the customer on the right. */
export function DeskPage({ contactId }: { contactId: number | null }) {
  const { t } = useLanguage();
  const { stream } = useWorkplace();
  const [, navigate] = useLocation();
  const hasPicture = useStream(stream, (state) => state.picture.epoch !== null);
  const work = useWork();
  const [showsCustomer, setShowsCustomer] = useState(false);
  const [transferring, setTransferring] = useState<number | null>(null);

  const engaged = [...work.conversations, ...work.wrapUps].find(
    (each) => each.contact.contact_id === contactId,
  );
  const offered = work.offers.find((each) => each.contact.contact_id === contactId);
  const current = engaged ?? offered;
  const open = (id: number | null) => {
    navigate(id === null ? "/desk" : `/desk/${id}`);
    setShowsCustomer(false);
  };
  const accept = useAccept(open);
  useOrder(work, contactId, open, accept);
  useConversationCommands(engaged, () => {
    setTransferring(contactId);
  });
  useForgottenDrafts(hasPicture);

  return (
    <div
      className={classes.desk}
      data-view={current === undefined ? "list" : showsCustomer ? "customer" : "contact"}
    >
      <h1 className={classes.hidden}>{t("nav.desk")}</h1>
      <section className={classes.list} aria-label={t("desk.work")}>
        <WorkList work={work} currentId={contactId} open={open} accept={accept} />
        <AlertsQuestion />
      </section>
      <section className={classes.conversation} aria-label={t("desk.conversation")}>
        {current !== undefined ? (
          <Conversation
            key={current.contact.contact_id}
            contact={current.contact}
            engagement={engaged?.engagement ?? null}
            offer={offered?.offer ?? null}
            accept={accept}
            back={() => {
              open(null);
            }}
            transfer={() => {
              setTransferring(current.contact.contact_id);
            }}
            toggleCustomer={() => {
              setShowsCustomer(!showsCustomer);
            }}
          />
        ) : hasPicture ? (
          <DeskEmpty />
        ) : (
          <DeskLoading />
        )}
      </section>
      {current !== undefined && (
        <aside className={classes.customer} aria-label={t("desk.customer")}>
          <CustomerPane
            key={current.contact.contact_id}
            contact={current.contact}
            offerId={offered?.offer.offer_id ?? engaged?.engagement.engagement_id ?? null}
            back={() => {
              setShowsCustomer(false);
            }}
          />
        </aside>
      )}
      <TransferDialog
        contact={engaged !== undefined && transferring === contactId ? engaged.contact : null}
        onClose={() => {
          setTransferring(null);
        }}
      />
    </div>
  );
}

function useAccept(open: (id: number) => void): (offered: Offered) => void {
  const [, run] = useAction();
  return ({ offer, contact }) => {
    void run(() => offerCalls.accept(offer.offer_id)).then((done) => {
      if (done) open(contact.contact_id);
    });
  };
}

interface OrderedWork {
  offers: Offered[];
  conversations: Engaged[];
  wrapUps: Engaged[];
}

/** Keys that walk through the list and answer the first offer. */
function useOrder(
  work: OrderedWork,
  contactId: number | null,
  open: (id: number | null) => void,
  accept: (offered: Offered) => void,
): void {
  const { t } = useLanguage();
  const [, run] = useAction();
  const group = t("commands.work");
  const ids = useMemo(
    () =>
      [...work.offers, ...work.conversations, ...work.wrapUps].map(
        ({ contact }) => contact.contact_id,
      ),
    [work],
  );
  const step = (by: number) => {
    const at = contactId === null ? -1 : ids.indexOf(contactId);
    const next = ids[(at + by + ids.length) % ids.length] ?? ids[0];
    if (next !== undefined) open(next);
  };
  const first = work.offers[0];
  const commands: Command[] = [
    { id: "next", group, label: t("desk.next"), key: "j", run: () => step(1) },
    { id: "previous", group, label: t("desk.previous"), key: "k", run: () => step(-1) },
    {
      id: "accept",
      group,
      label: t("desk.accept_first"),
      key: "a",
      run: () => {
        if (first !== undefined) accept(first);
      },
    },
    {
      id: "decline",
      group,
      label: t("desk.decline_first"),
      key: "d",
      run: () => {
        if (first !== undefined) void run(() => offerCalls.decline(first.offer.offer_id, ""));
      },
    },
  ];
  useCommands(commands);
}

function useConversationCommands(engaged: Engaged | undefined, transfer: () => void): void {
  const { t } = useLanguage();
  const [, run] = useAction();
  const group = t("commands.contact");
  const goesOn = engaged?.engagement.ended_ms === null;
  const contact = engaged?.contact;
  const commands: Command[] =
    contact === undefined || !goesOn
      ? []
      : [
          { id: "transfer", group, label: t("desk.transfer"), key: "t", run: transfer },
          {
            id: "hold",
            group,
            label: contact.held_since_ms === null ? t("desk.hold") : t("desk.resume"),
            key: "h",
            run: () => {
              const change = contact.held_since_ms === null ? contacts.hold : contacts.resume;
              void run(() => change(contact.contact_id));
            },
          },
        ];
  useCommands(commands);
}

/** Drafts of contacts that have left the desk are of no more use. */
function useForgottenDrafts(hasPicture: boolean): void {
  const { stream } = useWorkplace();
  const known = useStream(stream, (state) => state.picture.collections.contacts);
  useEffect(() => {
    if (hasPicture) useDrafts.getState().keepOnly(new Set(Object.keys(known)));
  }, [hasPicture, known]);
}
