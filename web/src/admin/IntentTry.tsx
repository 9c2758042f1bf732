import { Badge, Button, Group, Progress, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { understanding } from "../api/calls";
import type { Intent, UnderstandingOutcome } from "../api/types";
import { useAction } from "../app/useAction";
import { useLanguage } from "../i18n";
import classes from "./Admin.module.css";

const SHOWN_MAX = 3;

/** A message as a customer might write it, and what is understood of it. */
export function IntentTry({ intents }: { intents: Intent[] }) {
  const { t, locale } = useLanguage();
  const [text, setText] = useState("");
  const [outcome, setOutcome] = useState<UnderstandingOutcome | null>(null);
  const [busy, run] = useAction();
  return (
    <Stack gap="sm" maw={640}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void run(async () => {
            setOutcome(await understanding.attempt(text, locale));
          });
        }}
      >
        <Group align="flex-end">
          <TextInput
            className={classes.ask ?? ""}
            label={t("intent.try_hint")}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
            }}
          />
          <Button type="submit" variant="light" loading={busy} disabled={text.trim() === ""}>
            {t("intent.attempt")}
          </Button>
        </Group>
      </form>
      <div aria-live="polite">
        {outcome !== null && <Outcome outcome={outcome} intents={intents} />}
      </div>
    </Stack>
  );
}

function Outcome({ outcome, intents }: { outcome: UnderstandingOutcome; intents: Intent[] }) {
  const { t, ratio } = useLanguage();
  if (outcome.problem !== "") return <Text size="sm">{outcome.problem}</Text>;
  const nameOf = (id: string) => intents.find((each) => each.intent_id === id)?.name ?? id;
  return (
    <Stack gap={6}>
      {outcome.intents.length === 0 && <Text size="sm">{t("intent.nothing")}</Text>}
      {outcome.intents.slice(0, SHOWN_MAX).map(({ intent_id, confidence }) => (
        <Group key={intent_id} gap="sm" wrap="nowrap">
          <Text size="sm" w={170}>
            {nameOf(intent_id)}
          </Text>
          <Progress
            flex={1}
            value={confidence * 100}
            aria-label={t("intent.confidence", { name: nameOf(intent_id) })}
          />
          <Text size="xs" className="tabular">
            {ratio(confidence)}
          </Text>
        </Group>
      ))}
      <Group gap={4}>
        <Badge color="gray">{outcome.language}</Badge>
        {outcome.entities.map(({ kind, value }) => (
          <Badge key={kind} color="petrol" tt="none">
            {kind}: {value}
          </Badge>
        ))}
      </Group>
    </Stack>
  );
}
