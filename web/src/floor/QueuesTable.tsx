import { Badge, Progress, Table, Text, Tooltip, UnstyledButton } from "@mantine/core";
import { IconStack2 } from "@tabler/icons-react";
import type { AgentState, QueueDocument, WaitRange } from "../api/types";
import { useSetting } from "../app/workplace";
import { useLanguage } from "../i18n";
import { ChannelIcon } from "../ui/ChannelIcon";
import { Clock } from "../ui/Clock";
import { Empty } from "../ui/Empty";
import { Missing } from "../ui/Missing";
import { StateDot } from "../ui/StateDot";
import { useDetails } from "./details";
import classes from "./Floor.module.css";
import { useFloorStream } from "./floorStream";
import { ServiceLevelHint } from "./ServiceLevelHint";
import { SortableHead, sorted, useOrder } from "./sorting";

const STATES: AgentState[] = ["idle", "ringing", "busy", "wrap_up", "break"];

const VALUE_OF = {
  name: (queue: QueueDocument) => queue.name,
  waiting: (queue: QueueDocument) => queue.waiting,
  oldest: (queue: QueueDocument) => queue.oldest_since_ms,
  level: (queue: QueueDocument) => queue.service_level.ratio,
  expected: (queue: QueueDocument) => longestWaitMs(queue),
  answered: (queue: QueueDocument) => queue.answered_today,
};
type Column = keyof typeof VALUE_OF;

function longestWaitMs({ expected_waits }: QueueDocument): number | null {
  const ends = Object.values(expected_waits).flatMap((wait) => wait?.high_ms ?? []);
  return ends.length === 0 ? null : Math.max(...ends);
}

export function QueuesTable({ queues }: { queues: QueueDocument[] }) {
  const { t } = useLanguage();
  const [order, by] = useOrder<Column>("name");
  const head = { order, by };
  return (
    <section className={classes.card} aria-label={t("floor.queues")}>
      <div className={classes.cardHead}>
        <h2 className={classes.cardTitle}>{t("floor.queues")}</h2>
      </div>
      {queues.length === 0 ? (
        <Empty icon={IconStack2} title={t("floor.no_queues")} hint={t("floor.no_queues_hint")} />
      ) : (
        <Table.ScrollContainer minWidth={880}>
          <Table className={classes.table} verticalSpacing={9} horizontalSpacing="md">
            <Table.Thead>
              <Table.Tr>
                <SortableHead column="name" {...head}>
                  {t("floor.queue")}
                </SortableHead>
                <SortableHead column="waiting" {...head} end>
                  {t("floor.waiting")}
                </SortableHead>
                <SortableHead column="oldest" {...head} end>
                  {t("floor.oldest")}
                </SortableHead>
                <SortableHead column="level" {...head}>
                  {t("floor.level_today")}
                </SortableHead>
                <SortableHead column="expected" {...head} end>
                  {t("floor.expected_wait")}
                </SortableHead>
                <Table.Th>{t("floor.agents")}</Table.Th>
                <SortableHead column="answered" {...head} end>
                  {t("floor.answered_abandoned")}
                </SortableHead>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {sorted(queues, VALUE_OF[order.column], order.descending).map((queue) => (
                <QueueRow key={queue.queue_id} queue={queue} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </section>
  );
}

function QueueRow({ queue }: { queue: QueueDocument }) {
  const { t, number } = useLanguage();
  const { open } = useDetails();
  const isShut = useSetting("queue", queue.queue_id)?.shut === true;
  const stream = useFloorStream();
  const show = () => {
    open({ kind: "queue", id: queue.queue_id });
  };
  return (
    <Table.Tr className={classes.row} onClick={show} data-queue={queue.queue_id}>
      <Table.Td>
        <UnstyledButton className={classes.nameButton}>{queue.name}</UnstyledButton>
        {!queue.open && (
          <Badge color={isShut ? "red" : "gray"} ml={8}>
            {t(isShut ? "floor.shut" : "floor.closed")}
          </Badge>
        )}
      </Table.Td>
      <Table.Td ta="end" className="tabular">
        {number(queue.waiting)}
      </Table.Td>
      <Table.Td ta="end">
        {queue.oldest_since_ms === null ? (
          <Missing reason={t("floor.nobody_waits")} />
        ) : (
          <Clock stream={stream} sinceMs={queue.oldest_since_ms} />
        )}
      </Table.Td>
      <Table.Td>
        <Level queue={queue} />
      </Table.Td>
      <Table.Td ta="end" className="tabular">
        <ExpectedWaits queue={queue} />
      </Table.Td>
      <Table.Td>
        <States queue={queue} />
      </Table.Td>
      <Table.Td ta="end" className="tabular">
        {number(queue.answered_today)} / {number(queue.abandoned_today)}
      </Table.Td>
    </Table.Tr>
  );
}

/** By channel, where contacts of the queue come over more than one. */
function ExpectedWaits({ queue }: { queue: QueueDocument }) {
  const { t } = useLanguage();
  const waits = Object.entries(queue.expected_waits);
  if (!queue.open) return <Missing reason={t("floor.closed_wait")} />;
  const [first] = waits;
  if (waits.length === 1 && first !== undefined) return <ExpectedWait wait={first[1]} />;
  return waits.map(([channel, wait]) => (
    <div key={channel} className={classes.wait}>
      <ChannelIcon channel={channel} />
      <ExpectedWait wait={wait} />
    </div>
  ));
}

function ExpectedWait({ wait }: { wait: WaitRange | null }) {
  const { t, waitRange } = useLanguage();
  if (wait === null) return <Missing reason={t("floor.wait_missing")} word={t("figure.unknown")} />;
  return waitRange(wait.low_ms, wait.high_ms);
}

function Level({ queue }: { queue: QueueDocument }) {
  const { t, ratio } = useLanguage();
  const level = queue.service_level;
  if (level.ratio === null)
    return <Missing reason={t("floor.level_missing")} word={t("figure.no_data")} />;
  const isMet = level.ratio >= level.target_ratio;
  return (
    <ServiceLevelHint level={level}>
      <Text size="sm" span className={`tabular ${(isMet ? classes.good : classes.late) ?? ""}`}>
        {ratio(level.ratio)}
      </Text>
      <Progress
        value={level.ratio * 100}
        size={4}
        w={90}
        color={isMet ? "teal" : "red"}
        aria-hidden
      />
    </ServiceLevelHint>
  );
}

function States({ queue }: { queue: QueueDocument }) {
  const { t } = useLanguage();
  const counts = STATES.map((state) => ({ state, count: queue.agents[state] ?? 0 }));
  if (counts.every(({ count }) => count === 0))
    return <Missing reason={t("floor.unstaffed")} word={t("floor.nobody")} />;
  return (
    <span className={classes.states}>
      {counts.map(({ state, count }) => (
        <Tooltip key={state} label={t(`state.${state}`)}>
          <span
            className={`${classes.stateCount ?? ""} tabular`}
            style={{ opacity: count === 0 ? 0.65 : 1 }}
          >
            <StateDot state={state} />
            <span aria-label={`${t(`state.${state}`)}: ${count}`} role="img">
              {count}
            </span>
          </span>
        </Tooltip>
      ))}
    </span>
  );
}
