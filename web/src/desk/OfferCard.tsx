import { Button, Group, RingProgress, Text, UnstyledButton } from "@mantine/core";
import { offers } from "../api/calls";
import type { ContactDocument, OfferDocument } from "../api/types";
import { useAction } from "../app/useAction";
import { useSetting, useWorkplace } from "../app/workplace";
import { useLanguage } from "../i18n";
import { useNowMs } from "../stream/stream";
import { ChannelIcon } from "../ui/ChannelIcon";
import { Clock } from "../ui/Clock";
import { sortedAttributes } from "./attributes";
import { useCalledNumber } from "./calledNumber";
import { useKnownCustomer } from "./earlier";
import classes from "./WorkList.module.css";
import { CallbackLine } from "../callbacks/CallbackFacts";
import { useOfferWhy } from "./why";
import type { Offered } from "./work";
import { nameOf } from "../ui/nameOf";

interface Props {
  offered: Offered;
  isCurrent: boolean;
  open: (contactId: number) => void;
  accept: (offered: Offered) => void;
}

export function OfferCard({ offered, isCurrent, open, accept }: Props) {
  const { t } = useLanguage();
  const { stream } = useWorkplace();
  const { offer, contact } = offered;
  const queue = useSetting("queue", contact.queue_id);
  const why = useOfferWhy(offer);
  const [busy, run] = useAction();
  const called = useCalledNumber(contact);
  const name = nameOf(useKnownCustomer(contact), t);
  return (
    <li className={classes.card} data-current={isCurrent || undefined} data-offer={offer.offer_id}>
      <Group wrap="nowrap" gap={10} align="flex-start">
        <UnstyledButton
          flex={1}
          miw={0}
          onClick={() => {
            open(contact.contact_id);
          }}
        >
          <span className={classes.line}>
            <ChannelIcon channel={contact.channel} />
            <span className={classes.name}>{name}</span>
          </span>
          <Text size="sm" truncate>
            {contact.topic || queue?.name}
          </Text>
          {contact.channel === "voice" && (
            <Text size="xs" c="dimmed" truncate data-numbers>
              {[contact.customer.address, called].filter(Boolean).join(" → ")}
            </Text>
          )}
          <Text size="xs" c="dimmed" truncate>
            {contact.topic !== "" && contact.topic !== queue?.name && `${queue?.name ?? ""} · `}
            {t("offer.waited")} <Clock stream={stream} sinceMs={contact.queued_ms} />
          </Text>
        </UnstyledButton>
        {offer.expires_ms !== null && <Countdown offer={offer} expiresMs={offer.expires_ms} />}
      </Group>
      {contact.callback !== null && (
        <Text size="xs" mt={6} data-callback>
          {t("channel.callback")} · {contact.callback.address} · <CallbackLine contact={contact} />
        </Text>
      )}
      <Collected contact={contact} />
      <Text size="xs" c="dimmed" mt={6} lineClamp={2}>
        {why}
      </Text>
      <Group gap={6} mt={9} grow preventGrowOverflow={false}>
        <Button
          size="sm"
          onClick={() => {
            accept(offered);
          }}
        >
          {t("offer.accept")}
        </Button>
        <Button
          size="sm"
          variant="default"
          loading={busy}
          onClick={() => {
            void run(() => offers.decline(offer.offer_id, ""));
          }}
        >
          {t("offer.decline")}
        </Button>
      </Group>
    </li>
  );
}

const COLLECTED_SHOWN_MAX = 3;

/** What the customer said already, so that the agent need not ask. */
function Collected({ contact }: { contact: ContactDocument }) {
  const { t, locale, languageName } = useLanguage();
  const { language } = contact;
  const facts = sortedAttributes(contact).collected.slice(0, COLLECTED_SHOWN_MAX);
  if (language !== "" && !language.startsWith(locale))
    facts.unshift([t("customer.language"), languageName(language)]);
  if (facts.length === 0) return null;
  return (
    <dl className={classes.collected}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Countdown({ offer, expiresMs }: { offer: OfferDocument; expiresMs: number }) {
  const { t } = useLanguage();
  const { stream } = useWorkplace();
  const nowMs = useNowMs(stream);
  const leftMs = Math.max(0, expiresMs - nowMs);
  const share = (leftMs / Math.max(1, expiresMs - offer.offered_ms)) * 100;
  const seconds = Math.ceil(leftMs / 1_000);
  return (
    <RingProgress
      size={46}
      thickness={4}
      roundCaps
      sections={[{ value: share, color: seconds <= 5 ? "orange" : "petrol" }]}
      label={
        <Text ta="center" size="xs" fw={600} className="tabular">
          {seconds}
        </Text>
      }
      role="timer"
      aria-label={t("offer.left", { seconds })}
    />
  );
}
