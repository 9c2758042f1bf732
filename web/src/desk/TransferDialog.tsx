import {
  Button,
  Group,
  Modal,
  Radio,
  ScrollArea,
  Stack,
  Tabs,
  Text,
  TextInput,
  Textarea,
} from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { contacts, type TransferTarget } from "../api/calls";
import type {
  AgentState,
  ColleagueDocument,
  ContactDocument,
  Flow,
  QueueDocument,
} from "../api/types";
import { say } from "../app/toast";
import { useAction } from "../app/useAction";
import { useSettings, useWorkplace } from "../app/workplace";
import { wordingOf } from "../flows/model";
import { useLanguage } from "../i18n";
import { useStream } from "../stream/stream";
import { StateDot } from "../ui/StateDot";
import { isReadByCustomer } from "./work";
import classes from "./TransferDialog.module.css";

interface Props {
  contact: ContactDocument | null;
  onClose: () => void;
}

export function TransferDialog({ contact, onClose }: Props) {
  const { t } = useLanguage();
  return (
    <Modal opened={contact !== null} onClose={onClose} title={t("transfer.title")} size="md">
      {contact !== null && <TransferForm contact={contact} onClose={onClose} />}
    </Modal>
  );
}

type Kind = "queue" | "agent" | "flow";

function targetOf(kind: Kind, id: string): TransferTarget {
  if (kind === "queue") return { to_queue_id: id };
  return kind === "agent" ? { to_agent_id: id } : { to_flow_id: id };
}

function TransferForm({ contact, onClose }: { contact: ContactDocument; onClose: () => void }) {
  const { t } = useLanguage();
  const [kind, setKind] = useState<Kind>("queue");
  const [targetId, setTargetId] = useState<string | null>(null);
  const [search, setSearch] = useState("");
  const [note, setNote] = useState("");
  const [busy, run] = useAction();
  const send = async () => {
    if (targetId === null) return;
    const target = targetOf(kind, targetId);
    if (!(await run(() => contacts.transfer(contact.contact_id, target, note.trim())))) return;
    say(t("transfer.done"));
    onClose();
  };
  return (
    <Stack gap="sm">
      <Tabs
        value={kind}
        onChange={(value) => {
          setKind(value as Kind);
          setTargetId(null);
        }}
      >
        <Tabs.List grow>
          <Tabs.Tab value="queue">{t("transfer.to_queue")}</Tabs.Tab>
          <Tabs.Tab value="agent">{t("transfer.to_agent")}</Tabs.Tab>
          {isReadByCustomer(contact) && <Tabs.Tab value="flow">{t("transfer.to_flow")}</Tabs.Tab>}
        </Tabs.List>
      </Tabs>
      <TextInput
        data-autofocus
        aria-label={t("app.search")}
        placeholder={t("app.search")}
        leftSection={<IconSearch size={16} />}
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
        }}
      />
      <ScrollArea.Autosize mah={260} type="auto">
        <Radio.Group value={targetId} onChange={setTargetId} aria-label={t("transfer.target")}>
          {kind === "queue" ? (
            <QueueChoices search={search} contact={contact} />
          ) : kind === "flow" ? (
            <FlowChoices search={search} />
          ) : (
            <AgentChoices search={search} />
          )}
        </Radio.Group>
      </ScrollArea.Autosize>
      <Textarea
        label={t("transfer.note")}
        description={t("transfer.note_hint")}
        autosize
        minRows={2}
        maxRows={5}
        maxLength={2_000}
        value={note}
        onChange={(event) => {
          setNote(event.currentTarget.value);
        }}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t("app.cancel")}
        </Button>
        <Button disabled={targetId === null} loading={busy} onClick={() => void send()}>
          {t("desk.transfer")}
        </Button>
      </Group>
    </Stack>
  );
}

function matches(name: string, search: string): boolean {
  return name.toLocaleLowerCase().includes(search.trim().toLocaleLowerCase());
}

function QueueChoices({ search, contact }: { search: string; contact: ContactDocument }) {
  const { t } = useLanguage();
  const { stream } = useWorkplace();
  const queues = useStream(stream, (state) => state.picture.collections.queues);
  const shown = Object.values(queues)
    .filter((queue) => matches(queue.name, search))
    .sort((a, b) => a.name.localeCompare(b.name));
  if (shown.length === 0) return <Nothing text={t("transfer.no_queue")} />;
  return shown.map((queue) => (
    <Choice key={queue.queue_id} value={queue.queue_id} name={queue.name}>
      <QueueOutlook queue={queue} contact={contact} />
    </Choice>
  ));
}

function QueueOutlook({ queue, contact }: { queue: QueueDocument; contact: ContactDocument }) {
  const { t, waitRange } = useLanguage();
  const expected = queue.expected_waits[contact.channel] ?? null;
  if (!queue.open) return <span>{t("transfer.closed")}</span>;
  const wait =
    expected === null
      ? t("transfer.wait_unknown")
      : t("transfer.wait", { wait: waitRange(expected.low_ms, expected.high_ms) });
  return (
    <span>
      {queue.queue_id === contact.queue_id && `${t("transfer.same_queue")} · `}
      {t("transfer.waiting", { count: queue.waiting })} · {wait}
    </span>
  );
}

const READINESS: Record<AgentState, number> = {
  idle: 0,
  wrap_up: 1,
  busy: 2,
  ringing: 3,
  break: 4,
  offline: 5,
};

function AgentChoices({ search }: { search: string }) {
  const { t } = useLanguage();
  const { session, stream } = useWorkplace();
  const colleagues = useStream(stream, (state) => state.picture.collections.colleagues);
  const shown = useMemo(
    () => sortedColleagues(Object.values(colleagues), session.agent_id, search),
    [colleagues, session.agent_id, search],
  );
  if (shown.length === 0) return <Nothing text={t("transfer.no_agent")} />;
  return shown.map((agent) => (
    <Choice key={agent.agent_id} value={agent.agent_id} name={agent.name}>
      <StateDot state={agent.state} /> {t(`state.${agent.state}`)}
    </Choice>
  ));
}

const SHOWN_MAX = 100;

function sortedColleagues(all: ColleagueDocument[], ownId: string, search: string) {
  return all
    .filter(({ agent_id, name }) => agent_id !== ownId && matches(name, search))
    .sort((a, b) => READINESS[a.state] - READINESS[b.state] || a.name.localeCompare(b.name))
    .slice(0, SHOWN_MAX);
}

function FlowChoices({ search }: { search: string }) {
  const { t } = useLanguage();
  const shown = useSettings("flow").filter(
    (flow) => flow.use === "entry" && matches(flow.name, search),
  );
  if (shown.length === 0) return <Nothing text={t("transfer.no_flow")} />;
  return shown.map((flow) => (
    <Choice key={flow.flow_id} value={flow.flow_id} name={flow.name}>
      {firstWordsOf(flow)}
    </Choice>
  ));
}

/** What a flow says first: by that an agent knows what it does. */
function firstWordsOf({ nodes, start, languages }: Flow): string {
  const first = nodes.find(({ node_id }) => node_id === start);
  const speaking =
    first !== undefined && "text" in first ? first : nodes.find((node) => node.kind === "ask");
  return speaking === undefined ? "" : wordingOf(speaking.text, languages);
}

function Choice(props: { value: string; name: string; children: React.ReactNode }) {
  return (
    <Radio.Card value={props.value} className={classes.choice} radius="md">
      <Radio.Indicator size="xs" />
      <span className={classes.name}>{props.name}</span>
      <span className={classes.meta}>{props.children}</span>
    </Radio.Card>
  );
}

function Nothing({ text }: { text: string }) {
  return (
    <Text size="sm" c="dimmed" ta="center" py="md">
      {text}
    </Text>
  );
}
