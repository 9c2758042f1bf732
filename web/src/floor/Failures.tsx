import { Table, Text, UnstyledButton } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { effectFailures } from "../api/calls";
import type { EffectFailure } from "../api/types";
import { useLanguage, type Language } from "../i18n";
import { en, type Key } from "../i18n/en";
import { Empty } from "../ui/Empty";
import { Missing } from "../ui/Missing";
import { useFetched } from "../ui/useFetched";
import { useDetails } from "./details";
import classes from "./Floor.module.css";
import { Loading } from "../ui/Loading";

/** What should have happened in the world and was given up; the newest first. */
export function Failures() {
  const { t } = useLanguage();
  const failures = useFetched(effectFailures.list, []);
  if (failures.problem !== null) return <Text size="sm">{failures.problem}</Text>;
  if (failures.value === null) return <Loading />;
  const { items } = failures.value;
  return (
    <section className={classes.card} aria-label={t("floor.failures")}>
      <div className={classes.cardHead}>
        <h2 className={classes.cardTitle}>{t("floor.failures")}</h2>
      </div>
      {items.length === 0 ? (
        <Empty icon={IconCircleCheck} title={t("failures.none")} hint={t("failures.none_hint")} />
      ) : (
        <>
          <Text size="sm" c="dimmed" px="md" pt="sm">
            {t("failures.lead")}
          </Text>
          <Table.ScrollContainer minWidth={820}>
            <Table className={classes.table} verticalSpacing={8} horizontalSpacing="md">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t("failures.when")}</Table.Th>
                  <Table.Th>{t("failures.what")}</Table.Th>
                  <Table.Th>{t("failures.after")}</Table.Th>
                  <Table.Th>{t("floor.contact")}</Table.Th>
                  <Table.Th>{t("failures.why")}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((failure) => (
                  <FailureRow key={`${failure.handler}/${String(failure.seq)}`} failure={failure} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </>
      )}
    </section>
  );
}

function FailureRow({ failure }: { failure: EffectFailure }) {
  const { t, timeToSeconds } = useLanguage();
  return (
    <Table.Tr data-failure={failure.seq}>
      <Table.Td className="tabular">{timeToSeconds(failure.failed_at_ms)}</Table.Td>
      <Table.Td>{named(`failures.${failure.handler}`, failure.handler, t)}</Table.Td>
      <Table.Td>{named(`event.${failure.type}`, failure.type, t)}</Table.Td>
      <Table.Td>
        <Contact contactId={failure.contact_id} />
      </Table.Td>
      <Table.Td>
        {failure.error}
        <Text size="xs" c="dimmed">
          {t("failures.attempts", { count: failure.attempts })}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}

function Contact({ contactId }: { contactId: number | null }) {
  const { t } = useLanguage();
  const { open } = useDetails();
  if (contactId === null) return <Missing reason={t("failures.no_contact")} />;
  return (
    <UnstyledButton
      className={classes.nameButton}
      onClick={() => {
        open({ kind: "contact", id: contactId });
      }}
    >
      {t("failures.contact", { id: contactId })}
    </UnstyledButton>
  );
}

/** What we have words for in the reader’s language; the rest is called what the API calls it. */
function named(key: string, otherwise: string, t: Language["t"]): string {
  return key in en ? t(key as Key) : otherwise;
}
