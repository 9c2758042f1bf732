import type { Tile } from "../api/types";
import { useLanguage } from "../i18n";
import { figureOf, queuesOf, type Shown, type Trend, type WallFrame } from "./frame";
import classes from "./Wall.module.css";

interface Props {
  tile: Tile;
  number: number;
  frame: WallFrame;
  nowMs: number;
}

/** Shapes beside colours: who can’t tell red from green sees them too. */
const SHAPES = { good: "●", fair: "◆", bad: "▲", plain: "" };

export function TileView({ tile, number, frame, nowMs }: Props) {
  const { t } = useLanguage();
  const title = tile.title || titleOf(tile, t);
  return (
    <section
      className={classes.tile}
      style={{ gridColumn: `span ${String(tile.width)}` }}
      aria-label={title}
    >
      <h2>{title}</h2>
      {tile.kind === "figure" && <FigureTile tile={tile} frame={frame} nowMs={nowMs} />}
      {tile.kind === "queues" && <QueuesTile tile={tile} frame={frame} nowMs={nowMs} />}
      {tile.kind === "agents" && <AgentsTile frame={frame} nowMs={nowMs} />}
      {tile.kind === "flows" && <FlowsTile frame={frame} />}
      {tile.kind === "trend" && <TrendTile tile={tile} trend={frame.trends[String(number)]} />}
    </section>
  );
}

type Translate = ReturnType<typeof useLanguage>["t"];

function titleOf(tile: Tile, t: Translate): string {
  const isOfMetric = tile.kind === "figure" || tile.kind === "trend";
  return isOfMetric ? t(`wall.metric.${tile.metric}`) : t(`wall.kind.${tile.kind}`);
}

function useText(): (shown: Shown) => string {
  const { number, ratio, clock, t } = useLanguage();
  return ({ value, unit }) => {
    if (value === null) return t("app.missing");
    if (unit === "ms") return clock(value);
    return unit === "ratio" ? ratio(value) : number(value);
  };
}

type Part = Omit<Props, "number">;

function FigureTile({ tile, frame, nowMs }: Part) {
  const { t } = useLanguage();
  const text = useText();
  const queues = queuesOf(frame, tile);
  const shown = figureOf(queues, tile.metric, nowMs);
  return (
    <>
      <p className={classes.figure} data-mood={shown.mood}>
        <span aria-hidden className={classes.shape}>
          {SHAPES[shown.mood]}
        </span>
        {text(shown)}
      </p>
      <p className={classes.definition}>{t(`wall.def.${tile.metric}`)}</p>
      {tile.queue_ids.length > 0 && (
        <p className={classes.definition}>{queues.map((queue) => queue.name).join(", ")}</p>
      )}
    </>
  );
}

const COLUMNS = ["waiting", "oldest", "service_level", "abandoned", "idle"] as const;

function QueuesTile({ tile, frame, nowMs }: Part) {
  const { t } = useLanguage();
  const text = useText();
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <td />
          {COLUMNS.map((metric) => (
            <th key={metric} scope="col" title={t(`wall.def.${metric}`)}>
              {t(`wall.metric.${metric}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {queuesOf(frame, tile).map((queue) => (
          <tr key={queue.queue_id}>
            <th scope="row">{queue.name}</th>
            {COLUMNS.map((metric) => {
              const shown = figureOf([queue], metric, nowMs);
              return (
                <td key={metric} data-mood={shown.mood}>
                  <span aria-hidden>{SHAPES[shown.mood]}</span> {text(shown)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const STATE_SHAPES: Record<string, string> = {
  idle: "●",
  ringing: "◆",
  busy: "■",
  wrap_up: "◧",
  break: "▲",
};

function AgentsTile({ frame, nowMs }: { frame: WallFrame; nowMs: number }) {
  const { t, clock } = useLanguage();
  return (
    <ul className={classes.agents}>
      {frame.agents.map((agent) => (
        <li key={agent.agent_id} data-state={agent.state}>
          <span aria-hidden>{STATE_SHAPES[agent.state] ?? ""}</span>
          <span className={classes.name}>{agent.name}</span>
          <span>
            {t(`agent_state.${agent.state}` as Parameters<Translate>[0])}{" "}
            {clock(nowMs - agent.since_ms)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function FlowsTile({ frame }: { frame: WallFrame }) {
  const { t } = useLanguage();
  return (
    <ul className={classes.agents}>
      {frame.flows.map((flow) => (
        <li key={flow.flow_id}>
          <span className={classes.name}>{flow.name}</span>
          <span>
            {flow.running} {t("wall.running")} · {flow.started_today} {t("wall.today")}
          </span>
        </li>
      ))}
    </ul>
  );
}

const DAY_MINUTES = 1_440;

function TrendTile({ tile, trend }: { tile: Tile; trend: Trend | undefined }) {
  const { t } = useLanguage();
  const text = useText();
  const values = [...(trend?.today ?? []), ...(trend?.week_ago ?? [])].map(
    ([, value]) => value ?? 0,
  );
  const most = Math.max(1e-9, ...values);
  const unit = tile.metric === "service_level" ? "ratio" : "count";
  return (
    <>
      <svg
        className={classes.trend}
        viewBox={`0 0 ${String(DAY_MINUTES)} 400`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${t("wall.today")}, ${t("wall.week_ago")}`}
      >
        <polyline className={classes.before} points={pointsOf(trend?.week_ago ?? [], most)} />
        <polyline className={classes.today} points={pointsOf(trend?.today ?? [], most)} />
      </svg>
      <p className={classes.definition}>
        ━ {t("wall.today")} ┄ {t("wall.week_ago")} · ↑ {text({ value: most, unit, mood: "plain" })}
      </p>
    </>
  );
}

function pointsOf(series: Trend["today"], most: number): string {
  return series
    .flatMap(([at, value]) => {
      if (value === null) return [];
      const minute = Number(at.slice(11, 13)) * 60 + Number(at.slice(14, 16));
      return [`${String(minute)},${String(390 - (value / most) * 370)}`];
    })
    .join(" ");
}
