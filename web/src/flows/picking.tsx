import { Modal, SimpleGrid, Text, UnstyledButton } from "@mantine/core";
import { createContext, useCallback, useState, type ReactNode } from "react";
import { useLanguage } from "../i18n";
import { change, flowOf, openForm, useDesignStore, type DesignStore } from "./design";
import { addNode, type ExitOf, type Place } from "./edit";
import { openExitOf } from "./exits";
import classes from "./Flows.module.css";
import { KIND_ICONS } from "./kindLooks";
import { NODE_WIDTH, heightOf } from "./layout";
import { GROUPS, KIND_GROUPS, findNode, groupOf, type NodeKind } from "./model";

type Pick = (from: ExitOf | null, place: Place | null) => void;

/** Asks which kind of node shall be added, and adds it. Null: nothing can be added here. */
export const PickKind = createContext<Pick | null>(null);

const GAP = 64;

/** Adds a node: at the wished place or beside the node it follows, behind the exit that is named. */
export function useAdding(): (kind: NodeKind, from: ExitOf | null, place: Place | null) => string {
  const design = useDesignStore();
  return useCallback(
    (kind, from, place) => {
      const flow = flowOf(design);
      const before = findNode(flow, from?.node_id ?? "");
      const beside =
        before !== undefined
          ? { x: before.x + NODE_WIDTH + GAP, y: before.y }
          : { x: 0, y: Math.max(0, ...flow.nodes.map((node) => node.y + heightOf(node) + 32)) };
      const added = addNode(flow, kind, place ?? free(flow.nodes, beside), from);
      change(design, () => added.flow);
      openForm(design, added.nodeId);
      return added.nodeId;
    },
    [design],
  );
}

/** The first place downwards that no node has taken. */
function free(nodes: readonly Place[], wanted: Place): Place {
  const isTaken = ({ x, y }: Place) =>
    nodes.some((node) => Math.abs(node.x - x) < NODE_WIDTH && Math.abs(node.y - y) < GAP);
  let place = wanted;
  while (isTaken(place)) place = { x: place.x, y: place.y + GAP * 2 };
  return place;
}

/** The open end at the selected node: what is added next belongs there. */
export function openEnd(design: DesignStore): ExitOf | null {
  const [only, another] = design.getState().selected;
  if (only === undefined || another !== undefined) return null;
  const node = findNode(flowOf(design), only);
  const exit = node === undefined ? null : openExitOf(node);
  return exit === null ? null : { node_id: only, exit };
}

export function Picking({ children }: { children: ReactNode }) {
  const { t } = useLanguage();
  const add = useAdding();
  const [asked, setAsked] = useState<{ from: ExitOf | null; place: Place | null } | null>(null);
  const pick = useCallback<Pick>((from, place) => {
    setAsked({ from, place });
  }, []);
  const close = () => {
    setAsked(null);
  };
  return (
    <PickKind value={pick}>
      {children}
      <Modal
        opened={asked !== null}
        onClose={close}
        title={t("flow.add_node")}
        size="lg"
        returnFocus={false}
      >
        {GROUPS.map((group) => (
          <section key={group} aria-label={t(`flow.group.${group}`)}>
            <Text size="xs" c="dimmed" mt="xs" mb={4}>
              {t(`flow.group.${group}`)}
            </Text>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={6}>
              {KIND_GROUPS[group].map((kind) => (
                <KindButton
                  key={kind}
                  kind={kind}
                  onClick={() => {
                    close();
                    add(kind, asked?.from ?? null, asked?.place ?? null);
                  }}
                />
              ))}
            </SimpleGrid>
          </section>
        ))}
      </Modal>
    </PickKind>
  );
}

export function KindButton({ kind, onClick }: { kind: NodeKind; onClick: () => void }) {
  const { t } = useLanguage();
  const Picture = KIND_ICONS[kind];
  return (
    <UnstyledButton
      className={classes.kindButton}
      onClick={onClick}
      data-add={kind}
      data-group={groupOf(kind)}
    >
      <Picture size={18} stroke={1.6} aria-hidden />
      <span>
        <span className={classes.kindName}>{t(`flow.kind.${kind}`)}</span>
        <span className={classes.kindHint}>{t(`flow.kind.${kind}.hint`)}</span>
      </span>
    </UnstyledButton>
  );
}
