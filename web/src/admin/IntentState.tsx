import { Badge, Group, Text } from "@mantine/core";
import { useEffect } from "react";
import { understanding } from "../api/calls";
import type { Intent } from "../api/types";
import { useLanguage } from "../i18n";
import { useFetched } from "../ui/useFetched";

const LOOK_AGAIN_MS = 1_000;
const COLOURS = { untrained: "gray", training: "blue", ready: "petrol", failed: "red" } as const;

/** The model that understands now; looked at again while it learns. */
export function IntentState({ saved }: { saved: Intent[] }) {
  const { t, dateTime, span } = useLanguage();
  const { value, problem, reload } = useFetched(understanding.state, [saved]);
  const learning = value?.readiness === "training";
  useEffect(() => {
    if (!learning) return;
    const timer = setInterval(reload, LOOK_AGAIN_MS);
    return () => {
      clearInterval(timer);
    };
  });
  if (value === null) return problem === null ? null : <Text size="sm">{problem}</Text>;
  return (
    <Group gap="xs" mb="sm" role="status">
      <Badge color={COLOURS[value.readiness]}>{t(`intent.state.${value.readiness}`)}</Badge>
      <Text size="sm">
        {t("intent.learnt", {
          model: value.model,
          examples: value.examples,
          intents: value.intents,
        })}
      </Text>
      {value.trained_ms !== null && (
        <Text size="sm" c="dimmed">
          {t("intent.trained_at", {
            at: dateTime(value.trained_ms),
            time: span(value.took_ms ?? 0),
          })}
        </Text>
      )}
      {value.problem !== "" && <Text size="sm">{value.problem}</Text>}
    </Group>
  );
}
