import { useComputedColorScheme } from "@mantine/core";
import {
  Background,
  Controls,
  MarkerType,
  ReactFlow,
  applyNodeChanges,
  type Connection,
  type Edge as DrawnEdge,
  type FinalConnectionState,
  type Node as DrawnNode,
  type NodeChange,
  type ReactFlowInstance,
} from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import { useEffect, useMemo, useRef, useState, type DragEvent, type RefObject } from "react";
import { IconSitemap } from "@tabler/icons-react";
import { useLanguage } from "../i18n";
import { Empty } from "../ui/Empty";
import { change, flowOf, openForm, select, useDesign, useDesignStore, useFlow } from "./design";
import { DrawnExit } from "./DrawnExit";
import { NodeCard } from "./NodeCard";
import { connect, moveNodes, type ExitOf, type Place } from "./edit";
import { edgeKey, edgesOf, type Edge } from "./exits";
import classes from "./Flows.module.css";
import { useDesignKeys } from "./keys";
import { NODE_WIDTH, firstView, heightOf } from "./layout";
import { DRAGGED_KIND } from "./KindPalette";
import { NODE_KINDS, findNode, type Flow } from "./model";
import { nodesInOrder } from "./order";
import { useAdding } from "./picking";
import { useTitleOf } from "./sentences";

export type StepNode = DrawnNode<{ nodeId: string }, "flowNode">;
export type ExitEdge = DrawnEdge<{ key: string }, "exit">;

const NODE_TYPES = { flowNode: NodeCard };
const EDGE_TYPES = { exit: DrawnExit };
const MARKER = {
  type: MarkerType.ArrowClosed,
  width: 20,
  height: 20,
  // Not the edge's own width: an edge that is marked is drawn thicker.
  markerUnits: "userSpaceOnUse",
};
const GRID = 8;
const FIT = { maxZoom: 1, padding: 0.12 };

interface Props {
  /** An exit was drawn into the open: what shall it lead to? */
  onOpenEnd?: (from: ExitOf, place: Place) => void;
}

/** The flow as a picture: drag, connect, select; with the keys alone too. */
export function Drawing({ onOpenEnd }: Props) {
  const { t } = useLanguage();
  const design = useDesignStore();
  const readOnly = useDesign((state) => state.readOnly);
  const scheme = useComputedColorScheme("light");
  const [instance, setInstance] = useState<Instance | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const add = useAdding();
  useRevealing(instance, box);
  const [nodes, onNodesChange] = useDrawnNodes();
  const edges = useDrawnEdges();
  const labels = useAriaLabels();
  const onConnect = ({ source, sourceHandle, target }: Connection) => {
    if (sourceHandle === null) return;
    change(design, (flow) => connect(flow, { node_id: source, exit: sourceHandle }, target));
  };
  const onConnectEnd = (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
    const exit = state.fromHandle?.id;
    if (state.toNode !== null || !exit || !state.fromNode || instance === null) return;
    const point = "changedTouches" in event ? event.changedTouches[0] : event;
    if (point === undefined) return;
    const place = instance.screenToFlowPosition({ x: point.clientX, y: point.clientY });
    onOpenEnd?.({ node_id: state.fromNode.id, exit }, place);
  };
  const onDrop = (event: DragEvent) => {
    const kind = NODE_KINDS.find((each) => each === event.dataTransfer.getData(DRAGGED_KIND));
    if (kind === undefined || instance === null) return;
    event.preventDefault();
    add(kind, null, instance.screenToFlowPosition({ x: event.clientX, y: event.clientY }));
  };
  return (
    <div
      ref={box}
      className={classes.canvas}
      onKeyDown={useDesignKeys()}
      onDragOver={(event) => {
        event.preventDefault();
      }}
      onDrop={onDrop}
    >
      <ReactFlow<StepNode, ExitEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onInit={(begun) => {
          setInstance(begun);
          const { width, height } = box.current?.getBoundingClientRect() ?? new DOMRect();
          void begun.setViewport(firstView(flowOf(design), width, height));
        }}
        onNodesChange={onNodesChange}
        onConnect={onConnect}
        onConnectEnd={onConnectEnd}
        onNodeDoubleClick={(_, node) => {
          openForm(design, node.id);
        }}
        onEdgeClick={(_, edge) => {
          design.setState({ selected: [], edge: edge.id });
        }}
        onPaneClick={() => {
          design.setState({ edge: null });
        }}
        colorMode={scheme}
        nodesDraggable={!readOnly}
        nodesConnectable={!readOnly}
        edgesFocusable={false}
        deleteKeyCode={null}
        snapToGrid
        snapGrid={[GRID, GRID]}
        minZoom={0.2}
        maxZoom={1.6}
        zoomOnDoubleClick={false}
        ariaLabelConfig={labels}
        proOptions={{ hideAttribution: true }}
        aria-label={t("flow.drawing")}
      >
        <Background gap={GRID * 3} />
        <Controls showInteractive={false} fitViewOptions={FIT} />
      </ReactFlow>
      {nodes.length === 0 && <Beginning />}
    </div>
  );
}

function Beginning() {
  const { t } = useLanguage();
  return (
    <div className={classes.beginning}>
      <Empty icon={IconSitemap} title={t("flow.begin")} hint={t("flow.begin_hint")} />
    </div>
  );
}

type Instance = ReactFlowInstance<StepNode, ExitEdge>;

/** Brings the node whose form is opened into sight. */
function useRevealing(instance: Instance | null, box: RefObject<HTMLDivElement | null>): void {
  const design = useDesignStore();
  const formFocus = useDesign((state) => state.formFocus);
  useEffect(() => {
    const node = findNode(flowOf(design), design.getState().selected[0] ?? "");
    const frame = box.current?.getBoundingClientRect();
    if (formFocus === 0 || instance === null || node === undefined || frame === undefined) return;
    const middle = { x: node.x + NODE_WIDTH / 2, y: node.y + heightOf(node) / 2 };
    const { x, y } = instance.flowToScreenPosition(middle);
    const isSeen = x > frame.left && x < frame.right && y > frame.top && y < frame.bottom;
    if (!isSeen) void instance.setCenter(middle.x, middle.y, { zoom: instance.getZoom() });
  }, [design, instance, box, formFocus]);
}

/** The nodes in the order of the flow, which is that of the Tab key. */
function useDrawnNodes(): [StepNode[], (changes: NodeChange<StepNode>[]) => void] {
  const design = useDesignStore();
  const flow = useFlow();
  const selected = useDesign((state) => state.selected);
  const titleOf = useTitleOf();
  const [drawn, setDrawn] = useState<ReadonlyMap<string, StepNode>>(new Map());
  const nodes = useMemo(
    () =>
      nodesInOrder(flow).map((node): StepNode => {
        const last = drawn.get(node.node_id);
        const place = { x: node.x, y: node.y };
        return {
          ...last,
          id: node.node_id,
          type: "flowNode",
          data: { nodeId: node.node_id },
          position: last?.dragging === true ? last.position : place,
          selected: selected.includes(node.node_id),
          ariaLabel: titleOf(node),
          initialWidth: NODE_WIDTH,
          initialHeight: heightOf(node),
        };
      }),
    [flow, drawn, selected, titleOf],
  );
  const onChange = (changes: NodeChange<StepNode>[]) => {
    const changed = applyNodeChanges(changes, nodes);
    setDrawn(new Map(changed.map((node) => [node.id, node])));
    if (changes.some(({ type }) => type === "select"))
      select(
        design,
        changed.filter((node) => node.selected === true).map(({ id }) => id),
      );
    const places = settledPlaces(changes, flow);
    if (places.size > 0) change(design, (before) => moveNodes(before, places), aboutMove(changes));
  };
  return [nodes, onChange];
}

/** Where nodes have come to rest; while one is dragged, nothing is recorded. */
function settledPlaces(changes: NodeChange<StepNode>[], flow: Flow): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const each of changes) {
    if (each.type !== "position" || each.position === undefined || each.dragging === true) continue;
    const node = flow.nodes.find(({ node_id }) => node_id === each.id);
    if (node !== undefined && (node.x !== each.position.x || node.y !== each.position.y))
      places.set(each.id, each.position);
  }
  return places;
}

/** Steps by the arrow keys are one move as long as the same nodes are moved. */
function aboutMove(changes: NodeChange<StepNode>[]): string | null {
  const moved = changes.filter((each) => each.type === "position");
  const byKeys = moved.every((each) => each.dragging === undefined);
  return byKeys ? `move/${moved.map((each) => each.id).join()}` : null;
}

function useDrawnEdges(): ExitEdge[] {
  const flow = useFlow();
  const chosen = useDesign((state) => state.edge);
  return useMemo(
    () => edgesOf(flow).map((edge): ExitEdge => drawnEdge(edge, chosen)),
    [flow, chosen],
  );
}

function drawnEdge(edge: Edge, chosen: string | null): ExitEdge {
  const key = edgeKey(edge);
  return {
    id: key,
    type: "exit",
    source: edge.node_id,
    sourceHandle: edge.exit,
    target: edge.to,
    data: { key },
    selected: key === chosen,
    markerEnd: MARKER,
  };
}

function useAriaLabels() {
  const { t } = useLanguage();
  return useMemo(
    () => ({
      "node.a11yDescription.default": t("flow.node_keys"),
      "node.a11yDescription.keyboardDisabled": t("flow.node_keys"),
      "node.a11yDescription.ariaLiveMessage": ({ x, y }: { x: number; y: number }) =>
        t("flow.moved_to", { x: Math.round(x), y: Math.round(y) }),
      "edge.a11yDescription.default": "",
      "controls.ariaLabel": t("flow.view_controls"),
      "controls.zoomIn.ariaLabel": t("flow.zoom_in"),
      "controls.zoomOut.ariaLabel": t("flow.zoom_out"),
      "controls.fitView.ariaLabel": t("flow.fit_view"),
      "handle.ariaLabel": t("flow.handle"),
    }),
    [t],
  );
}
