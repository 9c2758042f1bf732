import { Badge, Button, Group, Menu, MultiSelect, Stack, Text } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import { agents as agentCalls } from "../api/calls";
import type { AgentDocument } from "../api/types";
import { say } from "../app/toast";
import { useAction } from "../app/useAction";
import { useSettings } from "../app/workplace";
import { useLanguage } from "../i18n";
import { useStream } from "../stream/stream";
import { Clock } from "../ui/Clock";
import { StateDot } from "../ui/StateDot";
import { ContactLine } from "./ContactLine";
import { useFloorStream } from "./floorStream";
import { PresenceItems } from "./PresenceItems";
import { SignedIn } from "./SignedIn";
import { nameOf } from "../ui/nameOf";

export function AgentDetails({ agentId }: { agentId: string }) {
  const { t } = useLanguage();
  const stream = useFloorStream();
  const agent = useStream(stream, (state) => state.picture.collections.agents[agentId]);
  const contacts = useStream(stream, (state) => state.picture.collections.contacts);
  const queues = useSettings("queue");
  if (agent === undefined) return <Text size="sm">{t("floor.gone")}</Text>;
  return (
    <Stack>
      <Group justify="space-between" wrap="nowrap">
        <div>
          <Text fw={600}>{agent.name}</Text>
          <Group gap={6}>
            <StateDot state={agent.state} />
            <Text size="sm">
              {t(`state.${agent.state}`)} · <Clock stream={stream} sinceMs={agent.state_since_ms} />
            </Text>
          </Group>
          <Presence agent={agent} />
        </div>
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" flex="none" rightSection={<IconChevronDown size={14} />}>
              {t("floor.set_presence")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <PresenceItems agent={agent} />
          </Menu.Dropdown>
        </Menu>
      </Group>
      <QueuesOfAgent key={agent.queue_ids.join()} agent={agent} />
      <Skills agent={agent} />
      <Text fw={600} size="sm">
        {t("floor.in_hand")}
      </Text>
      {agent.contact_ids.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("floor.nothing_in_hand")}
        </Text>
      )}
      <div>
        {agent.contact_ids.map((id) => {
          const contact = contacts[id];
          return (
            <ContactLine
              key={id}
              contactId={id}
              name={nameOf(contact?.customer, t)}
              about={contact?.topic ?? ""}
              sinceMs={contact?.answered_ms ?? contact?.opened_ms ?? null}
            />
          );
        })}
      </div>
      <Text fw={600} size="sm">
        {t("floor.recent")}
      </Text>
      {agent.recent.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("floor.no_last_contact")}
        </Text>
      )}
      <div>
        {agent.recent.map((recent) => (
          <ContactLine
            key={recent.contact_id}
            contactId={recent.contact_id}
            name={recent.customer_name}
            about={
              queues.find((queue) => queue.queue_id === recent.queue_id)?.name ?? recent.queue_id
            }
            sinceMs={recent.ended_ms}
          />
        ))}
      </div>
    </Stack>
  );
}

/** The present sign-in: since when at work, and since when the desk is connected. */
function Presence({ agent }: { agent: AgentDocument }) {
  const { t, since } = useLanguage();
  return (
    <Group gap={6} mt={4}>
      <Text size="sm" c="dimmed">
        {t("floor.signed_in_at")}
      </Text>
      <Text size="sm" component="div">
        <SignedIn agent={agent} />
      </Text>
      {agent.connected_since_ms !== null && (
        <Text size="sm" c="dimmed">
          {t("floor.connected_since", { time: since(agent.connected_since_ms) })}
        </Text>
      )}
    </Group>
  );
}

function QueuesOfAgent({ agent }: { agent: AgentDocument }) {
  const { t } = useLanguage();
  const queues = useSettings("queue");
  const [wanted, setWanted] = useState(agent.queue_ids);
  const [busy, run] = useAction();
  const isChanged = wanted.toSorted().join() !== agent.queue_ids.toSorted().join();
  const before = agent.queue_ids;
  const save = () => {
    void run(() => agentCalls.setQueues(agent.agent_id, wanted)).then((done) => {
      if (!done) return;
      say(t("floor.queues_set", { name: agent.name }), {
        label: t("app.undo"),
        run: () => void run(() => agentCalls.setQueues(agent.agent_id, before)),
      });
    });
  };
  return (
    <Stack gap={6}>
      <MultiSelect
        label={t("floor.queues")}
        description={t("floor.queues_hint")}
        searchable
        value={wanted}
        onChange={setWanted}
        data={queues.map((queue) => ({ value: queue.queue_id, label: queue.name }))}
      />
      {isChanged && (
        <Group gap={6} justify="flex-end">
          <Button
            variant="default"
            onClick={() => {
              setWanted(agent.queue_ids);
            }}
          >
            {t("app.cancel")}
          </Button>
          <Button loading={busy} onClick={save}>
            {t("app.save")}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function Skills({ agent }: { agent: AgentDocument }) {
  const { t } = useLanguage();
  const skills = useSettings("skill");
  const owned = Object.entries(agent.skills);
  if (owned.length === 0) return null;
  return (
    <Group gap={5}>
      <Text size="sm" c="dimmed">
        {t("customer.skills")}
      </Text>
      {owned.map(([id, proficiency]) => (
        <Badge key={id} color="gray">
          {skills.find((skill) => skill.skill_id === id)?.name ?? id} {proficiency}
        </Badge>
      ))}
    </Group>
  );
}
