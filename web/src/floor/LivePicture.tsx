import { Skeleton, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import type { AgentDocument, QueueDocument } from "../api/types";
import { useLanguage } from "../i18n";
import { useNowMs, useStream } from "../stream/stream";
import { Missing } from "../ui/Missing";
import { AgentsTable } from "./AgentsTable";
import classes from "./Floor.module.css";
import { useFloorStream } from "./floorStream";
import { QueuesTable } from "./QueuesTable";
import { ServiceLevelHint } from "./ServiceLevelHint";

/** The centre as it is now: figures in large, queues, agents. */
export function LivePicture() {
  const stream = useFloorStream();
  const hasPicture = useStream(stream, (state) => state.picture.epoch !== null);
  const queues = useStream(stream, (state) => state.picture.collections.queues);
  const agents = useStream(stream, (state) => state.picture.collections.agents);
  if (!hasPicture)
    return (
      <Stack aria-hidden>
        <Skeleton h={84} />
        <Skeleton h={220} />
        <Skeleton h={280} />
      </Stack>
    );
  const allQueues = Object.values(queues);
  const allAgents = Object.values(agents);
  return (
    <>
      <Tiles queues={allQueues} agents={allAgents} />
      <QueuesTable queues={allQueues} />
      <AgentsTable agents={allAgents} />
    </>
  );
}

function Tiles({ queues, agents }: { queues: QueueDocument[]; agents: AgentDocument[] }) {
  const { t, clock, ratio, number } = useLanguage();
  const nowMs = useNowMs(useFloorStream());
  const waiting = sum(queues.map((queue) => queue.waiting));
  const since = queues.flatMap((queue) => queue.oldest_since_ms ?? []);
  const inTarget = sum(queues.map((queue) => queue.service_level.answered_in_target));
  const counted = sum(queues.map((queue) => queue.service_level.counted));
  const inState = (...states: AgentDocument["state"][]) =>
    agents.filter((agent) => states.includes(agent.state)).length;
  return (
    <div className={classes.tiles}>
      <Tile name={t("floor.waiting")} value={number(waiting)}>
        {since.length > 0
          ? t("floor.oldest_for", { time: clock(nowMs - Math.min(...since)) })
          : t("floor.nobody_waits")}
      </Tile>
      <Tile
        name={t("floor.service_level")}
        value={
          counted === 0 ? (
            <Missing reason={t("floor.level_missing")} word={t("figure.no_data")} />
          ) : (
            ratio(inTarget / counted)
          )
        }
      >
        <ServiceLevelHint>{t("floor.all_queues")}</ServiceLevelHint>
      </Tile>
      <Tile name={t("floor.idle_agents")} value={number(inState("idle"))}>
        {t("floor.signed_in", { count: agents.length - inState("offline") })}
      </Tile>
      <Tile name={t("floor.working")} value={number(inState("busy", "ringing", "wrap_up"))}>
        {t("floor.on_break", { count: inState("break") })}
      </Tile>
      <Tile
        name={t("floor.answered_today")}
        value={number(sum(queues.map((queue) => queue.answered_today)))}
      >
        {t("floor.abandoned", { count: sum(queues.map((queue) => queue.abandoned_today)) })}
      </Tile>
    </div>
  );
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function Tile({ name, value, children }: { name: string; value: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.tile}>
      <div className={classes.tileName}>{name}</div>
      <div className={`${classes.tileValue ?? ""} tabular`}>{value}</div>
      <div className={`${classes.tileHint ?? ""} tabular`}>{children}</div>
    </div>
  );
}
