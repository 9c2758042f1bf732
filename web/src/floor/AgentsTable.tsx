import {
  ActionIcon,
  Badge,
  Button,
  Group,
  Menu,
  MultiSelect,
  Progress,
  Table,
  TextInput,
  UnstyledButton,
  VisuallyHidden,
} from "@mantine/core";
import { IconDots, IconSearch, IconUsers } from "@tabler/icons-react";
import { useState } from "react";
import type { AgentDocument, AgentState } from "../api/types";
import { useSettings } from "../app/workplace";
import { useLanguage } from "../i18n";
import { Clock } from "../ui/Clock";
import { Empty } from "../ui/Empty";
import { Missing } from "../ui/Missing";
import { StateDot } from "../ui/StateDot";
import { useDetails } from "./details";
import classes from "./Floor.module.css";
import { useFloorStream } from "./floorStream";
import { PresenceItems } from "./PresenceItems";
import { SignedIn } from "./SignedIn";
import { SortableHead, sorted, useOrder } from "./sorting";

const STATE_ORDER: AgentState[] = ["ringing", "busy", "wrap_up", "idle", "break", "offline"];
const ROWS_AT_ONCE = 100;

const VALUE_OF = {
  name: (agent: AgentDocument) => agent.name,
  state: (agent: AgentDocument) => STATE_ORDER.indexOf(agent.state),
  since: (agent: AgentDocument) => agent.state_since_ms,
  signed_in: (agent: AgentDocument) => agent.signed_in_since_ms,
  load: (agent: AgentDocument) => agent.load_units / Math.max(1, agent.capacity_units),
  answered: (agent: AgentDocument) => agent.answered_today,
};
type Column = keyof typeof VALUE_OF;

export function AgentsTable({ agents }: { agents: AgentDocument[] }) {
  const { t } = useLanguage();
  const [order, by] = useOrder<Column>("state");
  const [name, setName] = useState("");
  const [states, setStates] = useState<string[]>([]);
  const [queueIds, setQueueIds] = useState<string[]>([]);
  const [shownMax, setShownMax] = useState(ROWS_AT_ONCE);
  const queues = useSettings("queue");
  const matching = agents.filter(
    (agent) =>
      agent.name.toLocaleLowerCase().includes(name.trim().toLocaleLowerCase()) &&
      (states.length === 0 || states.includes(agent.state)) &&
      (queueIds.length === 0 || queueIds.some((id) => agent.queue_ids.includes(id))),
  );
  const ordered = sorted(
    sorted(matching, VALUE_OF.name, false),
    VALUE_OF[order.column],
    order.descending,
  );
  const head = { order, by };
  return (
    <section className={classes.card} aria-label={t("floor.agents")}>
      <div className={classes.cardHead}>
        <h2 className={classes.cardTitle}>{t("floor.agents")}</h2>
        <TextInput
          size="xs"
          w={170}
          aria-label={t("floor.filter_name")}
          placeholder={t("floor.filter_name")}
          leftSection={<IconSearch size={14} />}
          value={name}
          onChange={(event) => {
            setName(event.currentTarget.value);
          }}
        />
        <MultiSelect
          size="xs"
          w={170}
          clearable
          aria-label={t("floor.filter_state")}
          placeholder={states.length === 0 ? t("floor.filter_state") : ""}
          value={states}
          onChange={setStates}
          data={STATE_ORDER.map((state) => ({ value: state, label: t(`state.${state}`) }))}
        />
        <MultiSelect
          size="xs"
          w={190}
          clearable
          searchable
          aria-label={t("floor.filter_queue")}
          placeholder={queueIds.length === 0 ? t("floor.filter_queue") : ""}
          value={queueIds}
          onChange={setQueueIds}
          data={queues.map((queue) => ({ value: queue.queue_id, label: queue.name }))}
        />
      </div>
      {agents.length === 0 ? (
        <Empty icon={IconUsers} title={t("floor.no_agents")} hint={t("floor.no_agents_hint")} />
      ) : ordered.length === 0 ? (
        <Empty icon={IconSearch} title={t("floor.no_match")} hint={t("floor.no_match_hint")} />
      ) : (
        <Table.ScrollContainer minWidth={1_040}>
          <Table className={classes.table} verticalSpacing={7} horizontalSpacing="md">
            <Table.Thead>
              <Table.Tr>
                <SortableHead column="name" {...head}>
                  {t("floor.agent")}
                </SortableHead>
                <SortableHead column="state" {...head}>
                  {t("floor.state")}
                </SortableHead>
                <SortableHead column="since" {...head} end>
                  {t("floor.since")}
                </SortableHead>
                <SortableHead column="signed_in" {...head}>
                  {t("floor.signed_in_at")}
                </SortableHead>
                <SortableHead column="load" {...head}>
                  {t("floor.load")}
                </SortableHead>
                <Table.Th>{t("floor.queues")}</Table.Th>
                <Table.Th>{t("floor.last_contact")}</Table.Th>
                <SortableHead column="answered" {...head} end>
                  {t("floor.answered_missed")}
                </SortableHead>
                <Table.Th w={44}>
                  <VisuallyHidden>{t("floor.actions")}</VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {ordered.slice(0, shownMax).map((agent) => (
                <AgentRow key={agent.agent_id} agent={agent} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {ordered.length > shownMax && (
        <Group justify="center" p="xs">
          <Button
            variant="subtle"
            onClick={() => {
              setShownMax(shownMax + ROWS_AT_ONCE);
            }}
          >
            {t("floor.more_agents", { count: ordered.length - shownMax })}
          </Button>
        </Group>
      )}
    </section>
  );
}

const QUEUES_SHOWN = 2;

function AgentRow({ agent }: { agent: AgentDocument }) {
  const { t, number } = useLanguage();
  const { open } = useDetails();
  const stream = useFloorStream();
  const queues = useSettings("queue");
  const reasons = useSettings("break_reason");
  const reason = reasons.find((each) => each.break_reason_id === agent.break_reason_id);
  const names = agent.queue_ids.map(
    (id) => queues.find((queue) => queue.queue_id === id)?.name ?? id,
  );
  const show = () => {
    open({ kind: "agent", id: agent.agent_id });
  };
  const last = agent.recent[0];
  return (
    <Table.Tr className={classes.row} onClick={show} data-agent={agent.agent_id}>
      <Table.Td>
        <UnstyledButton className={classes.nameButton}>{agent.name}</UnstyledButton>
      </Table.Td>
      <Table.Td>
        <span className={classes.stateCount}>
          <StateDot state={agent.state} />
          {t(`state.${agent.state}`)}
          {agent.state === "break" && reason !== undefined && ` · ${reason.name}`}
        </span>
      </Table.Td>
      <Table.Td ta="end">
        <Clock stream={stream} sinceMs={agent.state_since_ms} />
      </Table.Td>
      <Table.Td>
        <SignedIn agent={agent} />
      </Table.Td>
      <Table.Td>
        <Group gap={8} wrap="nowrap">
          <Progress
            value={(agent.load_units / Math.max(1, agent.capacity_units)) * 100}
            size={5}
            w={56}
            aria-hidden
          />
          <span className="tabular">
            {agent.load_units}/{agent.capacity_units}
          </span>
        </Group>
      </Table.Td>
      <Table.Td>
        <Group gap={4}>
          {names.slice(0, QUEUES_SHOWN).map((each) => (
            <Badge key={each} color="gray">
              {each}
            </Badge>
          ))}
          {names.length > QUEUES_SHOWN && (
            <Badge color="gray" title={names.slice(QUEUES_SHOWN).join(", ")}>
              +{names.length - QUEUES_SHOWN}
            </Badge>
          )}
          {names.length === 0 && <Missing reason={t("floor.no_queue_of_agent")} />}
        </Group>
      </Table.Td>
      <Table.Td>
        {last === undefined ? (
          <Missing reason={t("floor.no_last_contact")} />
        ) : (
          <>
            {last.customer_name || t("customer.unnamed")} ·{" "}
            <Clock stream={stream} sinceMs={last.ended_ms} />
          </>
        )}
      </Table.Td>
      <Table.Td ta="end" className="tabular">
        {number(agent.answered_today)} / {number(agent.missed_today)}
      </Table.Td>
      <Table.Td
        onClick={(event) => {
          event.stopPropagation();
        }}
      >
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t("floor.actions_of", { name: agent.name })}>
              <IconDots size={17} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={show}>{t("floor.details_queues")}</Menu.Item>
            <Menu.Divider />
            <Menu.Label>{t("floor.set_presence")}</Menu.Label>
            <PresenceItems agent={agent} />
          </Menu.Dropdown>
        </Menu>
      </Table.Td>
    </Table.Tr>
  );
}
