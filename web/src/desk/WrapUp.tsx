import { Button, Chip, Group, Progress, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { engagements } from "../api/calls";
import type { ContactDocument, EngagementDocument } from "../api/types";
import { useCommands } from "../app/commands";
import { say } from "../app/toast";
import { useAction } from "../app/useAction";
import { useSetting, useSettings, useWorkplace } from "../app/workplace";
import { useLanguage } from "../i18n";
import { useNowMs } from "../stream/stream";

interface Props {
  contact: ContactDocument;
  engagement: EngagementDocument;
}

/** The work after a conversation: what came of it, and a note. */
export function WrapUp({ contact, engagement }: Props) {
  const { t } = useLanguage();
  const [dispositionId, setDispositionId] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const [isAskedFor, setIsAskedFor] = useState(false);
  const [busy, run] = useAction();
  const dispositions = useDispositions(contact.queue_id);
  const lacksDisposition = dispositions.length > 0 && dispositionId === null;
  const finish = () => {
    setIsAskedFor(lacksDisposition);
    if (lacksDisposition) return;
    void run(() => engagements.wrapUp(engagement.engagement_id, dispositionId, note.trim())).then(
      (done) => {
        if (done) say(t("wrap_up.done"));
      },
    );
  };
  useCommands([
    {
      id: "finish",
      group: t("commands.contact"),
      label: t("wrap_up.finish"),
      key: "w",
      run: finish,
    },
  ]);
  return (
    <Stack gap="sm" p="md">
      <Group justify="space-between">
        <Text fw={600} size="sm" component="h3" m={0}>
          {t("wrap_up.title")}
        </Text>
        {engagement.wrap_up_until_ms !== null && engagement.ended_ms !== null && (
          <Left fromMs={engagement.ended_ms} untilMs={engagement.wrap_up_until_ms} />
        )}
      </Group>
      {dispositions.length > 0 && (
        <div role="radiogroup" aria-label={t("wrap_up.disposition")}>
          <Chip.Group value={dispositionId} onChange={setDispositionId}>
            <Group gap={6}>
              {dispositions.map((disposition) => (
                <Chip key={disposition.disposition_id} value={disposition.disposition_id} size="xs">
                  {disposition.name}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          {isAskedFor && lacksDisposition && (
            <Text size="sm" c="var(--mantine-color-error)" mt={6} role="alert">
              {t("wrap_up.choose")}
            </Text>
          )}
        </div>
      )}
      <Textarea
        aria-label={t("wrap_up.note")}
        placeholder={t("wrap_up.note")}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={2_000}
        value={note}
        onChange={(event) => {
          setNote(event.currentTarget.value);
        }}
      />
      <Group justify="flex-end">
        <Button size="sm" loading={busy} onClick={finish}>
          {t("wrap_up.finish")}
        </Button>
      </Group>
    </Stack>
  );
}

function useDispositions(queueId: string) {
  const queue = useSetting("queue", queueId);
  const all = useSettings("disposition");
  const ids = queue?.disposition_ids ?? [];
  return all
    .filter((each) => ids.includes(each.disposition_id))
    .sort((a, b) => ids.indexOf(a.disposition_id) - ids.indexOf(b.disposition_id));
}

function Left({ fromMs, untilMs }: { fromMs: number; untilMs: number }) {
  const { t, clock } = useLanguage();
  const { stream } = useWorkplace();
  const nowMs = useNowMs(stream);
  const leftMs = Math.max(0, untilMs - nowMs);
  return (
    <Group gap={8}>
      <Progress
        w={90}
        size="sm"
        value={(leftMs / Math.max(1, untilMs - fromMs)) * 100}
        aria-label={t("wrap_up.left", { time: clock(leftMs) })}
      />
      <Text size="sm" c="dimmed" className="tabular">
        {clock(leftMs)}
      </Text>
    </Group>
  );
}
