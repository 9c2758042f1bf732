import { ActionIcon, Anchor, Avatar, Badge, Group, Text } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { ContactDocument } from "../api/types";
import { useSettings, useSetting, useWorkplace } from "../app/workplace";
import { useLanguage, type Language } from "../i18n";
import { useStream } from "../stream/stream";
import { channelKey } from "../ui/ChannelIcon";
import classes from "./CustomerPane.module.css";
import { sortedAttributes } from "./attributes";
import { useCalledNumber } from "./calledNumber";
import { useKnownCustomer } from "./earlier";
import { EarlierContacts } from "./EarlierContacts";
import { WhyThisContact } from "./WhyThisContact";
import { nameOf } from "../ui/nameOf";

interface Props {
  contact: ContactDocument;
  /** The offer by which it came to this agent. */
  offerId: number | null;
  back: () => void;
}

export function CustomerPane({ contact, offerId, back }: Props) {
  const { t } = useLanguage();
  const customer = useKnownCustomer(contact);
  const { collected, technical } = sortedAttributes(contact);
  const name = nameOf(customer, t);
  return (
    <div className={classes.pane}>
      <Group wrap="nowrap" gap="sm" mb="md">
        <ActionIcon className={classes.back} size="lg" onClick={back} aria-label={t("app.back")}>
          <IconArrowLeft size={19} />
        </ActionIcon>
        <Avatar name={name} color="petrol" size={42} alt="" aria-hidden />
        <div className={classes.names}>
          <Text fw={600} truncate component="h2" m={0} size="md">
            {name}
          </Text>
          {customer.address !== "" && (
            <Text size="sm" c="dimmed" truncate>
              {customer.address.includes("@") ? (
                <Anchor href={`mailto:${customer.address}`} inherit>
                  {customer.address}
                </Anchor>
              ) : (
                customer.address
              )}
            </Text>
          )}
        </div>
      </Group>
      <ContactFacts contact={contact} />
      {collected.length > 0 && (
        <Section title={t("customer.collected")}>
          <Attributes entries={collected} />
        </Section>
      )}
      <Section title={t("customer.why")}>
        <WhyThisContact contact={contact} offerId={offerId} />
      </Section>
      <Section title={t("customer.earlier")}>
        <EarlierContacts contact={contact} />
      </Section>
      {technical.length > 0 && (
        <Section title={t("customer.technical")}>
          <Attributes entries={technical} />
        </Section>
      )}
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <h3 className={classes.title}>{title}</h3>
      {children}
    </section>
  );
}

function ContactFacts({ contact }: { contact: ContactDocument }) {
  const { t, dateTime, languageName } = useLanguage();
  const { stream } = useWorkplace();
  const queue = useSetting("queue", contact.queue_id);
  const skills = useSettings("skill");
  const called = useCalledNumber(contact);
  const from = useStream(stream, (state) =>
    contact.transferred_from_agent_id === null
      ? null
      : (state.picture.collections.colleagues[contact.transferred_from_agent_id]?.name ??
        contact.transferred_from_agent_id),
  );
  const skillName = (id: string) => skills.find((each) => each.skill_id === id)?.name ?? id;
  return (
    <dl className={classes.facts}>
      <Fact name={t("customer.topic")} value={contact.topic || null} />
      <Fact name={t("customer.queue")} value={queue?.name ?? contact.queue_id} />
      <Fact name={t("customer.channel")} value={t(channelKey(contact.channel))} />
      {called !== null && <Fact name={t("customer.called")} value={called} />}
      <Fact name={t("customer.since")} value={dateTime(contact.opened_ms)} />
      {contact.language !== "" && (
        <Fact name={t("customer.language")} value={languageName(contact.language)} />
      )}
      {from !== null && <Fact name={t("customer.transferred_from")} value={from} />}
      {contact.skills.length > 0 && (
        <Fact
          name={t("customer.skills")}
          value={
            <Group gap={4}>
              {contact.skills.map((need) => (
                <Badge key={need.skill_id} color="gray">
                  {skillName(need.skill_id)} ≥ {need.proficiency_min}
                </Badge>
              ))}
            </Group>
          }
        />
      )}
    </dl>
  );
}

function Attributes({ entries }: { entries: [string, string][] }) {
  const { t } = useLanguage();
  const widgets = useSettings("widget");
  const trunks = useSettings("trunk");
  const named = (name: string, value: string) =>
    (name === "widget_id" && widgets.find((each) => each.widget_id === value)?.name) ||
    (name === "trunk" && trunks.find((each) => each.trunk_id === value)?.name) ||
    value;
  return (
    <dl className={classes.facts} data-attributes>
      {entries.map(([name, value]) => (
        <Fact
          key={name}
          name={nameOfAttribute(name, t)}
          value={<AttributeValue value={named(name, value)} />}
        />
      ))}
    </dl>
  );
}

function Fact({ name, value }: { name: string; value: ReactNode }) {
  const { t } = useLanguage();
  return (
    <>
      <dt>{name}</dt>
      <dd>{value ?? t("app.missing")}</dd>
    </>
  );
}

/** What our own channels note has a name in the reader’s language; the rest is the centre’s own. */
function nameOfAttribute(name: string, t: Language["t"]): string {
  if (name === "page_url") return t("customer.page");
  if (name === "called_number") return t("customer.called");
  if (name === "trunk") return t("kind.trunk.one");
  return name === "widget_id" ? t("kind.widget.one") : name;
}

function AttributeValue({ value }: { value: string }) {
  if (!/^https?:\/\//.test(value)) return value;
  return (
    <Anchor href={value} target="_blank" rel="noopener noreferrer" inherit>
      {value.replace(/^https?:\/\//, "")}
    </Anchor>
  );
}
