import { ActionIcon, Alert, Group, Stack, Text, Textarea, Tooltip } from "@mantine/core";
import { IconAlertTriangle, IconCopy, IconTrash } from "@tabler/icons-react";
import { useEffect, useRef, type KeyboardEvent } from "react";
import { useLanguage } from "../../i18n";
import { copySelected, pasteCopied, removeNamed } from "../clip";
import { change, flowOf, select, useDesign, useDesignStore, useFlow } from "../design";
import { changeNode, connect, renameNode } from "../edit";
import { exitsOf } from "../exits";
import { KIND_ICONS } from "../kindLooks";
import { findNode, type FlowNode } from "../model";
import { exitLabelOf, useReader } from "../sentences";
import { NameInput } from "./PairsField";
import { KindFields } from "./kinds";
import { TargetSelect } from "./TargetSelect";

const FIRST_FIELD = "textarea:not([aria-hidden]), input:not([type=hidden], [type=radio])";

/** All of one node: what it does, where it leads, what it is called. */
export function NodeForm({ nodeId }: { nodeId: string }) {
  const { t } = useLanguage();
  const design = useDesignStore();
  const node = findNode(useFlow(), nodeId);
  const readOnly = useDesign((state) => state.readOnly);
  const fields = useRef<HTMLDivElement>(null);
  const formFocus = useDesign((state) => state.formFocus);
  useEffect(() => {
    if (formFocus === design.getState().formFocused) return;
    design.setState({ formFocused: formFocus });
    fields.current?.querySelector<HTMLElement>(FIRST_FIELD)?.focus();
  }, [design, formFocus]);
  if (node === undefined) return null;
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    focusNode(nodeId);
  };
  return (
    <Stack gap="sm" onKeyDown={onKey} aria-label={t("flow.node_form")} role="group">
      <Head node={node} />
      <Problems nodeId={nodeId} />
      <Stack ref={fields} gap="sm">
        <KindFields
          node={node}
          onChange={(changed, about) => {
            change(
              design,
              (flow) => changeNode(flow, nodeId, changed),
              about === null ? null : `${nodeId}/${about}`,
            );
          }}
        />
      </Stack>
      <Exits node={node} />
      <Textarea
        label={t("flow.note")}
        description={t("flow.note_hint")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        autosize
        minRows={1}
        readOnly={readOnly}
        value={node.note}
        onChange={(event) => {
          const note = event.currentTarget.value;
          change(design, (flow) => changeNode(flow, nodeId, { ...node, note }), `${nodeId}/note`);
        }}
      />
    </Stack>
  );
}

/** Back to where the form was opened from. */
function focusNode(nodeId: string): void {
  const places = [
    `.react-flow__node[data-id="${CSS.escape(nodeId)}"]`,
    `#outline-${CSS.escape(nodeId)}`,
  ];
  document.querySelector<HTMLElement>(places.join())?.focus();
}

function Head({ node }: { node: FlowNode }) {
  const { t } = useLanguage();
  const design = useDesignStore();
  const readOnly = useDesign((state) => state.readOnly);
  const Picture = KIND_ICONS[node.kind];
  const isFree = (wanted: string) =>
    wanted !== "" && !wanted.includes("/") && findNode(flowOf(design), wanted) === undefined;
  return (
    <div>
      <Group gap={6} wrap="nowrap">
        <Picture size={18} stroke={1.7} aria-hidden />
        <Text fw={600} component="h2" flex={1}>
          {t(`flow.kind.${node.kind}`)}
        </Text>
        {readOnly ? (
          <Text size="sm">{node.node_id}</Text>
        ) : (
          <>
            <NameInput
              key={node.node_id}
              label={t("flow.node_id")}
              name={node.node_id}
              isFree={isFree}
              onChange={(wanted) => {
                change(design, (flow) => renameNode(flow, node.node_id, wanted));
                select(design, [wanted]);
              }}
            />
            <Tooltip label={t("flow.duplicate")}>
              <ActionIcon
                aria-label={t("flow.duplicate")}
                onClick={() => {
                  copySelected(design, t);
                  pasteCopied(design);
                }}
              >
                <IconCopy size={16} />
              </ActionIcon>
            </Tooltip>
            <Tooltip label={t("app.remove")}>
              <ActionIcon
                aria-label={t("app.remove")}
                onClick={() => {
                  removeNamed(design, [node.node_id], t);
                }}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Tooltip>
          </>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        {t(`flow.kind.${node.kind}.hint`)}
      </Text>
    </div>
  );
}

function Problems({ nodeId }: { nodeId: string }) {
  const problems = useDesign((design) => design.problems);
  const own = problems.filter((each) => each.node_id === nodeId);
  if (own.length === 0) return null;
  return (
    <Alert color="orange" variant="light" p="xs" icon={<IconAlertTriangle size={16} />}>
      {own.map(({ detail }) => (
        <div key={detail}>{detail}</div>
      ))}
    </Alert>
  );
}

function Exits({ node }: { node: FlowNode }) {
  const { t } = useLanguage();
  const design = useDesignStore();
  const reader = useReader();
  const exits = exitsOf(node);
  if (exits.length === 0) return null;
  return (
    <Stack gap={6} role="group" aria-label={t("flow.exits")}>
      <Text size="sm" fw={600} component="h3">
        {t("flow.exits")}
      </Text>
      {exits.map(({ exit, to, optional }) => {
        const from = { node_id: node.node_id, exit };
        return (
          <TargetSelect
            key={exit}
            label={exitLabelOf(node, exit, reader)}
            from={from}
            to={to}
            optional={optional}
            onChange={(target) => {
              change(design, (flow) => connect(flow, from, target));
            }}
          />
        );
      })}
    </Stack>
  );
}
