import { Button, Group, NumberInput, Paper, Select, Stack, Text, TagsInput } from "@mantine/core";
import { IconRoute } from "@tabler/icons-react";
import { useState } from "react";
import { routing } from "../api/calls";
import type { Explanation } from "../api/types";
import { useAction } from "../app/useAction";
import { useSettings, useWorkplace } from "../app/workplace";
import { useLanguage } from "../i18n";
import { useStream } from "../stream/stream";
import { channelKey } from "./ChannelIcon";
import { Empty } from "./Empty";
import { ExplanationTable } from "./ExplanationTable";

/** Asks who would be offered a contact that arrived now, and why the others would not. */
export function DryRun() {
  const { t } = useLanguage();
  const { stream } = useWorkplace();
  const queues = useSettings("queue");
  const skills = useSettings("skill");
  const centre = useSettings("centre_settings")[0];
  const colleagues = useStream(stream, (state) => state.picture.collections.colleagues);
  const [queueId, setQueueId] = useState<string | null>(null);
  const [channel, setChannel] = useState<string | null>("webchat");
  const [skillNames, setSkillNames] = useState<string[]>([]);
  const [priority, setPriority] = useState<number | string>(0);
  const [previousAgentId, setPreviousAgentId] = useState<string | null>(null);
  const [explanation, setExplanation] = useState<Explanation | null>(null);
  const [busy, run] = useAction();
  const ask = () =>
    void run(async () => {
      const wanted = skills.filter((skill) => skillNames.includes(skill.name));
      setExplanation(
        await routing.dryRun({
          queue_id: queueId ?? "",
          channel: channel ?? "webchat",
          skills: wanted.map(({ skill_id }) => ({ skill_id, proficiency_min: 1 })),
          priority: Number(priority) || 0,
          previous_agent_id: previousAgentId,
        }),
      );
    });
  return (
    <Stack maw={980}>
      <Paper withBorder p="md">
        <Text size="sm" c="dimmed" mb="sm">
          {t("dry_run.lead")}
        </Text>
        <Group align="flex-end" gap="sm">
          <Select
            label={t("floor.queue")}
            placeholder={t("dry_run.choose_queue")}
            searchable
            value={queueId}
            onChange={setQueueId}
            data={queues.map((queue) => ({ value: queue.queue_id, label: queue.name }))}
          />
          <Select
            label={t("customer.channel")}
            w={130}
            allowDeselect={false}
            value={channel}
            onChange={setChannel}
            data={(centre?.channels ?? []).map((rule) => ({
              value: rule.channel,
              label: t(channelKey(rule.channel)),
            }))}
          />
          <TagsInput
            label={t("customer.skills")}
            w={200}
            value={skillNames}
            onChange={(names) => {
              setSkillNames(names.filter((name) => skills.some((skill) => skill.name === name)));
            }}
            data={skills.map((skill) => skill.name)}
          />
          <NumberInput
            label={t("dry_run.priority")}
            w={90}
            allowDecimal={false}
            value={priority}
            onChange={setPriority}
          />
          <Select
            label={t("dry_run.previous_agent")}
            w={190}
            clearable
            searchable
            value={previousAgentId}
            onChange={setPreviousAgentId}
            data={Object.values(colleagues).map(({ agent_id, name }) => ({
              value: agent_id,
              label: name,
            }))}
          />
          <Button size="sm" disabled={queueId === null} loading={busy} onClick={ask}>
            {t("dry_run.ask")}
          </Button>
        </Group>
      </Paper>
      {explanation === null ? (
        <Empty icon={IconRoute} title={t("dry_run.empty")} hint={t("dry_run.empty_hint")} />
      ) : (
        <Paper withBorder p="md">
          <ExplanationTable explanation={explanation} />
        </Paper>
      )}
    </Stack>
  );
}
