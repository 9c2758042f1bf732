import { Button, Group, Loader, Select, Stack, Table, Text } from "@mantine/core";
import { useState } from "react";
import { understanding } from "../api/calls";
import type { Intent, UnderstandingReport } from "../api/types";
import { useAction } from "../app/useAction";
import { useLanguage } from "../i18n";
import { useFetched } from "../ui/useFetched";
import { useEntityActions } from "./useEntityActions";

const SHOWN_MAX = 20;

/** What the examples get wrong, and what customers wrote that nothing was sure of. */
export function IntentReport({ intents }: { intents: Intent[] }) {
  const { t, ratio } = useLanguage();
  const { value, problem, reload } = useFetched(understanding.report, [intents]);
  if (problem !== null) return <Text size="sm">{problem}</Text>;
  if (value === null) return <Loader type="dots" aria-label={t("app.loading")} />;
  const nameOf = (id: string) => intents.find((each) => each.intent_id === id)?.name ?? id;
  const { accuracy_ratio, tried, candidates, misread, confusions, clashes, shortages } = value;
  const isClean = [candidates, misread, confusions, clashes, shortages].every(
    (each) => each.length === 0,
  );
  return (
    <Stack gap="md">
      <Group>
        <Text size="sm">
          {accuracy_ratio !== null &&
            t("intent.accuracy", { ratio: ratio(accuracy_ratio), count: tried })}
        </Text>
        <Button size="compact-sm" variant="default" onClick={reload}>
          {t("intent.again")}
        </Button>
      </Group>
      {isClean && <Text size="sm">{t("intent.none_found")}</Text>}
      <Unsure candidates={candidates} intents={intents} />
      <Findings
        title={t("intent.misread")}
        heads={[t("intent.message"), t("intent.of"), t("intent.taken_for")]}
        rows={misread.map((each) => [each.text, nameOf(each.intent_id), nameOf(each.taken_for)])}
      />
      <Findings
        title={t("intent.confusions")}
        heads={[t("intent.of"), t("intent.taken_for"), t("intent.times")]}
        rows={confusions.map((each) => [
          nameOf(each.intent_id),
          nameOf(each.taken_for),
          String(each.count),
        ])}
      />
      <Findings
        title={t("intent.clashes")}
        heads={[t("intent.message"), t("intent.of"), t("intent.other"), t("intent.of")]}
        rows={clashes.map((each) => [
          each.text,
          nameOf(each.intent_id),
          each.other_text,
          nameOf(each.other_intent_id),
        ])}
      />
      <Findings
        title={t("intent.shortages")}
        heads={[t("intent.of"), t("user.language"), t("intent.examples")]}
        rows={shortages.map((each) => [
          nameOf(each.intent_id),
          each.language,
          String(each.examples),
        ])}
      />
    </Stack>
  );
}

interface FindingsProps {
  title: string;
  heads: string[];
  rows: string[][];
}

function Findings({ title, heads, rows }: FindingsProps) {
  if (rows.length === 0) return null;
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table captionSide="top" aria-label={title}>
        <Table.Caption ta="start">{title}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {heads.map((head, at) => (
              <Table.Th key={at}>{head}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.slice(0, SHOWN_MAX).map((row, at) => (
            <Table.Tr key={at}>
              {row.map((cell, column) => (
                <Table.Td key={column}>{cell}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

type Candidates = UnderstandingReport["candidates"];

function Unsure({ candidates, intents }: { candidates: Candidates; intents: Intent[] }) {
  const { t } = useLanguage();
  if (candidates.length === 0) return null;
  return (
    <section aria-label={t("intent.unsure")}>
      <Text size="sm" fw={600}>
        {t("intent.unsure")}
      </Text>
      <Stack gap="xs" mt="xs">
        {candidates.slice(0, SHOWN_MAX).map((each) => (
          <UnsureMessage key={each.text} message={each} intents={intents} />
        ))}
      </Stack>
    </section>
  );
}

/** The likeliest intent is chosen already: mostly one click is enough. */
function UnsureMessage(props: { message: Candidates[number]; intents: Intent[] }) {
  const { t } = useLanguage();
  const { message, intents } = props;
  const [intentId, setIntentId] = useState<string | null>(message.intent_id);
  const [busy, run] = useAction();
  const { save } = useEntityActions("intent", () => undefined);
  const intent = intents.find((each) => each.intent_id === intentId);
  return (
    <Group gap="sm">
      <Text size="sm" flex={1} miw={180}>
        {message.text}
        {message.times > 1 && ` × ${message.times}`}
      </Text>
      <Select
        size="xs"
        aria-label={`${t("intent.add_to")}: ${message.text}`}
        allowDeselect={false}
        data={intents.map((each) => ({ value: each.intent_id, label: each.name }))}
        value={intentId}
        onChange={setIntentId}
      />
      <Button
        size="xs"
        variant="light"
        loading={busy}
        disabled={intent === undefined}
        aria-label={t("intent.add_example", { text: message.text })}
        onClick={() => {
          if (intent === undefined) return;
          const more = { ...intent, examples: [...intent.examples, message.text] };
          void run(() => save(more, intent));
        }}
      >
        {t("intent.add_short")}
      </Button>
    </Group>
  );
}
