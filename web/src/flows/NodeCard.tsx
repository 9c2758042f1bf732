import { ActionIcon, Badge, Tooltip } from "@mantine/core";
import { IconAlertTriangle, IconPlayerPlay, IconPlus, IconUser } from "@tabler/icons-react";
import { Handle, Position, type NodeProps } from "@xyflow/react";
import { use, useMemo } from "react";
import { useLanguage } from "../i18n";
import type { StepNode } from "./Drawing";
import { useDesign, useFlow } from "./design";
import { exitsOf, type Exit } from "./exits";
import classes from "./Flows.module.css";
import { KIND_ICONS } from "./kindLooks";
import { useLiveFlow } from "./live";
import { findNode, groupOf, type FlowNode } from "./model";
import { PickKind } from "./picking";
import { exitLabelOf, sentenceOf, useReader } from "./sentences";

/** A node in the drawing: what it is, what it does, and where it leads. */
export function NodeCard({ id, selected }: NodeProps<StepNode>) {
  const flow = useFlow();
  const node = findNode(flow, id);
  const here = useDesign((design) => design.trace?.nodeId === id);
  if (node === undefined) return null;
  return (
    <div
      className={classes.card}
      data-kind={node.kind}
      data-group={groupOf(node.kind)}
      data-selected={selected || undefined}
      data-here={here || undefined}
    >
      <Head node={node} isStart={flow.start === id} />
      <Sentence node={node} />
      {exitsOf(node).map((exit) => (
        <ExitRow key={exit.exit} node={node} exit={exit} />
      ))}
    </div>
  );
}

function Head({ node, isStart }: { node: FlowNode; isStart: boolean }) {
  const { t } = useLanguage();
  const Picture = KIND_ICONS[node.kind];
  return (
    <div className={classes.cardHead}>
      <Handle type="target" position={Position.Left} className={classes.handle ?? ""} />
      <Picture size={16} stroke={1.7} aria-hidden />
      <span className={classes.cardKind}>{t(`flow.kind.${node.kind}`)}</span>
      {isStart && (
        <Tooltip label={t("flow.start_hint")}>
          <IconPlayerPlay size={14} aria-label={t("flow.start")} />
        </Tooltip>
      )}
      <span className={classes.cardId}>{node.node_id}</span>
      <Here nodeId={node.node_id} />
      <Faults nodeId={node.node_id} />
    </div>
  );
}

/** How many contacts are at this node now. */
function Here({ nodeId }: { nodeId: string }) {
  const { t, number } = useLanguage();
  const { flow_id } = useFlow();
  const count = useLiveFlow(flow_id)?.nodes[nodeId] ?? 0;
  if (count === 0) return null;
  return (
    <Tooltip label={t("flow.here_now", { count })}>
      <Badge size="sm" color="petrol" data-here-now={nodeId} leftSection={<IconUser size={11} />}>
        {number(count)}
      </Badge>
    </Tooltip>
  );
}

function Faults({ nodeId }: { nodeId: string }) {
  const problems = useDesign((design) => design.problems);
  const own = useMemo(() => problems.filter((each) => each.node_id === nodeId), [problems, nodeId]);
  if (own.length === 0) return null;
  const text = own.map(({ detail }) => detail).join(" ");
  return (
    <Tooltip label={text}>
      <span className={classes.fault} data-fault={nodeId} role="img" aria-label={text}>
        <IconAlertTriangle size={15} />
      </span>
    </Tooltip>
  );
}

function Sentence({ node }: { node: FlowNode }) {
  const sentence = sentenceOf(node, useReader());
  return (
    <>
      {sentence !== "" && <p className={classes.cardText}>{sentence}</p>}
      {node.note !== "" && <p className={classes.cardNote}>{node.note}</p>}
    </>
  );
}

function ExitRow({ node, exit }: { node: FlowNode; exit: Exit }) {
  const { t } = useLanguage();
  const reader = useReader();
  const pick = use(PickKind);
  const readOnly = useDesign((design) => design.readOnly);
  const label = exitLabelOf(node, exit.exit, reader);
  return (
    <div className={classes.exit} data-open={exit.to === "" || undefined}>
      <span className={classes.exitLabel}>{label}</span>
      {exit.to === "" && !readOnly && pick !== null && (
        <ActionIcon
          size="xs"
          className={`nodrag ${classes.exitAdd ?? ""}`}
          tabIndex={-1}
          aria-label={t("flow.add_behind", { exit: label })}
          onClick={(event) => {
            event.stopPropagation();
            pick({ node_id: node.node_id, exit: exit.exit }, null);
          }}
        >
          <IconPlus size={12} />
        </ActionIcon>
      )}
      <Handle
        type="source"
        id={exit.exit}
        position={Position.Right}
        className={classes.handle ?? ""}
      />
    </div>
  );
}
