import { Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { settings, understanding } from "../api/calls";
import type { Intent } from "../api/types";
import { say } from "../app/toast";
import { useAction } from "../app/useAction";
import { useLanguage } from "../i18n";
import { useFetched } from "../ui/useFetched";

/** The ready set: those that the company has not yet, to be taken. */
export function IntentStarters({ taken }: { taken: Set<string> }) {
  const { t } = useLanguage();
  const { value, problem } = useFetched(understanding.starters, []);
  const [chosen, setChosen] = useState<string[]>([]);
  const [busy, run] = useAction();
  if (value === null) return problem === null ? null : <Text size="sm">{problem}</Text>;
  const offered = value.items.filter(({ intent_id }) => !taken.has(intent_id));
  if (offered.length === 0) return <Text size="sm">{t("intent.no_starters")}</Text>;
  const wanted = offered.filter(({ intent_id }) => chosen.includes(intent_id));
  const undo = () =>
    void run(async () => {
      for (const { intent_id } of wanted) await settings.remove("intent", intent_id);
    });
  const adopt = () =>
    void run(async () => {
      for (const intent of wanted) await save(intent);
      setChosen([]);
      const count = wanted.length;
      say(t("intent.adopted", { count }), { label: t("app.undo"), run: undo });
    });
  return (
    <Stack gap="sm">
      <Checkbox.Group label={t("intent.starters_hint")} value={chosen} onChange={setChosen}>
        <Group gap="md" mt="xs">
          {offered.map(({ intent_id, name, examples }) => (
            <Checkbox key={intent_id} value={intent_id} label={`${name} (${examples.length})`} />
          ))}
        </Group>
      </Checkbox.Group>
      <Group>
        <Button variant="light" loading={busy} disabled={wanted.length === 0} onClick={adopt}>
          {t("intent.adopt", { count: wanted.length })}
        </Button>
      </Group>
    </Stack>
  );
}

const save = (intent: Intent) => settings.save("intent", intent.intent_id, intent);
