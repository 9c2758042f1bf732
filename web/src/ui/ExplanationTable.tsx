import { Badge, Group, Stack, Table, Text } from "@mantine/core";
import type { Candidate, Explanation } from "../api/types";
import { useSettings, useWorkplace } from "../app/workplace";
import { useLanguage } from "../i18n";
import { useNowMs } from "../stream/stream";

/** A routing decision agent by agent: who is asked, who would be next, and why the others not. */
export function ExplanationTable({ explanation }: { explanation: Explanation }) {
  const { t, span } = useLanguage();
  const queues = useSettings("queue");
  const skills = useSettings("skill");
  const skillName = (id: string) => skills.find((each) => each.skill_id === id)?.name ?? id;
  const queueName =
    queues.find((each) => each.queue_id === explanation.queue_id)?.name ?? explanation.queue_id;
  const chosen = explanation.candidates.find((each) => each.verdict === "chosen");
  const inTheRunning = explanation.candidates.some((each) => each.verdict === "next");
  return (
    <Stack gap="sm">
      <Text size="sm">
        {chosen !== undefined
          ? t("explain.chosen", { name: chosen.name })
          : inTheRunning
            ? t("explain.random")
            : t("explain.nobody")}{" "}
        {t("explain.how", {
          queue: queueName,
          step: explanation.step_index + 1,
          steps: explanation.step_count,
          strategy: t(`strategy.${explanation.strategy}`),
        })}
        {explanation.wait_ms > 0 && ` ${t("explain.wait", { wait: span(explanation.wait_ms) })}`}
      </Text>
      {explanation.skills.length > 0 && (
        <Group gap={6}>
          <Text size="sm" c="dimmed">
            {t("explain.asked_for")}
          </Text>
          {explanation.skills.map((need) => (
            <Badge key={need.skill_id} color="gray">
              {skillName(need.skill_id)} ≥ {need.proficiency_min}
            </Badge>
          ))}
        </Group>
      )}
      <Table.ScrollContainer
        minWidth={520}
        maxHeight={420}
        scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      >
        <Table stickyHeader verticalSpacing={7}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={44}>{t("explain.rank")}</Table.Th>
              <Table.Th>{t("floor.agent")}</Table.Th>
              <Table.Th>{t("explain.verdict")}</Table.Th>
              <Table.Th ta="end">{t("floor.load")}</Table.Th>
              <Table.Th ta="end">{t("explain.idle")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {explanation.candidates.map((candidate) => (
              <CandidateRow key={candidate.agent_id} candidate={candidate} skillName={skillName} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}

interface RowProps {
  candidate: Candidate;
  skillName: (id: string) => string;
}

function CandidateRow({ candidate, skillName }: RowProps) {
  const { t, span } = useLanguage();
  const { stream } = useWorkplace();
  const nowMs = useNowMs(stream);
  const lacking = candidate.lacking
    .map((need) => `${skillName(need.skill_id)} ≥ ${need.proficiency_min}`)
    .join(", ");
  const isIdle = candidate.load_units === 0 && candidate.rank !== null;
  return (
    <Table.Tr>
      <Table.Td className="tabular">{candidate.rank ?? t("app.missing")}</Table.Td>
      <Table.Td>{candidate.name}</Table.Td>
      <Table.Td>
        <Badge
          variant={candidate.verdict === "chosen" ? "filled" : "light"}
          color={candidate.verdict === "chosen" || candidate.verdict === "next" ? "petrol" : "gray"}
        >
          {t(`verdict.${candidate.verdict}`)}
        </Badge>
        {lacking !== "" && (
          <Text size="xs" c="dimmed" span ml={6}>
            {lacking}
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="end" className="tabular">
        {candidate.load_units} / {candidate.capacity_units}
      </Table.Td>
      <Table.Td ta="end" className="tabular">
        {isIdle ? span(Math.max(0, nowMs - candidate.idle_since_ms)) : t("app.missing")}
      </Table.Td>
    </Table.Tr>
  );
}
