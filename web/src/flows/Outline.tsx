import { ActionIcon, Badge, Button, UnstyledButton } from "@mantine/core";
import { IconAlertTriangle, IconPlus, IconTrash } from "@tabler/icons-react";
import { use, useId, useMemo } from "react";
import { useLanguage } from "../i18n";
import { removeNamed } from "./clip";
import { isPassed, openForm, select, useDesign, useDesignStore, useFlow } from "./design";
import { edgeKey, exitsOf, type Exit } from "./exits";
import classes from "./Flows.module.css";
import { useDesignKeys } from "./keys";
import { KIND_ICONS } from "./kindLooks";
import { countAlong, useLiveFlow } from "./live";
import { groupOf, type FlowNode } from "./model";
import { nodesInOrder } from "./order";
import { PickKind } from "./picking";
import { exitLabelOf, sentenceOf, useReader } from "./sentences";

/** The flow as a list, in the order in which a customer may meet it: all that the drawing can. */
export function Outline() {
  const { t } = useLanguage();
  const flow = useFlow();
  const pick = use(PickKind);
  const onKey = useDesignKeys();
  const nodes = useMemo(() => nodesInOrder(flow), [flow]);
  const numbers = useMemo(
    () => new Map(nodes.map(({ node_id }, index) => [node_id, index + 1])),
    [nodes],
  );
  return (
    <section className={classes.outline} aria-label={t("flow.outline")} onKeyDown={onKey}>
      <ol className={classes.outlineList}>
        {nodes.map((node) => (
          <Item
            key={node.node_id}
            node={node}
            numbers={numbers}
            isStart={node.node_id === flow.start}
          />
        ))}
      </ol>
      {pick !== null && (
        <Button
          variant="light"
          leftSection={<IconPlus size={14} />}
          onClick={() => {
            pick(null, null);
          }}
        >
          {t("flow.add_node")}
        </Button>
      )}
    </section>
  );
}

interface ItemProps {
  node: FlowNode;
  numbers: ReadonlyMap<string, number>;
  isStart: boolean;
}

function Item({ node, numbers, isStart }: ItemProps) {
  const { t } = useLanguage();
  const design = useDesignStore();
  const { node_id } = node;
  const selected = useDesign((state) => state.selected.includes(node_id));
  const here = useDesign((state) => state.trace?.nodeId === node_id);
  const readOnly = useDesign((state) => state.readOnly);
  const sentence = sentenceOf(node, useReader());
  const Picture = KIND_ICONS[node.kind];
  const name = t("flow.item", {
    number: numbers.get(node_id) ?? 0,
    kind: t(`flow.kind.${node.kind}`),
  });
  return (
    <li
      className={classes.item}
      data-group={groupOf(node.kind)}
      data-selected={selected || undefined}
      data-here={here || undefined}
    >
      <div className={classes.itemHead}>
        <UnstyledButton
          id={`outline-${node_id}`}
          className={classes.itemButton}
          data-node={node_id}
          aria-current={here ? "step" : undefined}
          onFocus={() => {
            select(design, [node_id]);
          }}
          onClick={() => {
            openForm(design, node_id);
          }}
        >
          <Picture size={16} stroke={1.7} aria-hidden />
          <b>{name}</b>
          <span className={classes.itemText}>{sentence}</span>
        </UnstyledButton>
        {isStart && (
          <Badge size="sm" color="gray">
            {t("flow.start")}
          </Badge>
        )}
        <HereNow nodeId={node_id} />
        {!readOnly && (
          <ActionIcon
            size="sm"
            aria-label={t("flow.remove_named", { name })}
            onClick={() => {
              removeNamed(design, [node_id], t);
            }}
          >
            <IconTrash size={14} />
          </ActionIcon>
        )}
      </div>
      <Faults nodeId={node_id} />
      <ul className={classes.itemExits} aria-label={t("flow.exits_of", { name })}>
        {exitsOf(node).map((exit) => (
          <ItemExit key={exit.exit} node={node} exit={exit} number={numbers.get(exit.to)} />
        ))}
      </ul>
    </li>
  );
}

function HereNow({ nodeId }: { nodeId: string }) {
  const { t } = useLanguage();
  const { flow_id } = useFlow();
  const count = useLiveFlow(flow_id)?.nodes[nodeId] ?? 0;
  if (count === 0) return null;
  return <Badge size="sm">{t("flow.here_now", { count })}</Badge>;
}

function Faults({ nodeId }: { nodeId: string }) {
  const problems = useDesign((design) => design.problems);
  const own = problems.filter((each) => each.node_id === nodeId);
  return own.map(({ detail }) => (
    <p key={detail} className={classes.itemFault}>
      <IconAlertTriangle size={14} aria-hidden /> {detail}
    </p>
  ));
}

function ItemExit({
  node,
  exit,
  number,
}: {
  node: FlowNode;
  exit: Exit;
  number?: number | undefined;
}) {
  const { t } = useLanguage();
  const label = exitLabelOf(node, exit.exit, useReader());
  const pick = use(PickKind);
  const nameId = useId();
  const key = edgeKey({ node_id: node.node_id, exit: exit.exit });
  const passed = useDesign((design) => isPassed(design.trace, node, exit.exit));
  const { flow_id } = useFlow();
  const count = countAlong(useLiveFlow(flow_id), node, exit.exit);
  if (exit.to === "" && exit.optional && pick === null) return null;
  return (
    <li className={classes.itemExit} data-passed={passed || undefined}>
      <span id={nameId}>{label}</span> <span aria-hidden>→</span>{" "}
      {number !== undefined ? (
        <UnstyledButton
          className={classes.itemLink}
          onClick={() => document.getElementById(`outline-${exit.to}`)?.focus()}
        >
          {t("flow.to_node", { number })}
        </UnstyledButton>
      ) : (
        <>
          <span className={classes.itemNowhere}>
            {t(exit.optional ? "flow.not_set" : "flow.nowhere")}
          </span>
          {pick !== null && (
            <Button
              size="compact-xs"
              variant="subtle"
              aria-describedby={nameId}
              onClick={() => {
                pick({ node_id: node.node_id, exit: exit.exit }, null);
              }}
            >
              {t("flow.add_node")}
            </Button>
          )}
        </>
      )}
      {count > 0 && (
        <Badge size="sm" color="gray" data-count={key}>
          {t("flow.passed_today", { count })}
        </Badge>
      )}
    </li>
  );
}
