import { Select } from "@mantine/core";
import { useMemo } from "react";
import { useLanguage } from "../../i18n";
import { useDesign, useFlow } from "../design";
import { NODE_KINDS, type NodeKind } from "../model";
import { nodesInOrder } from "../order";
import { useAdding } from "../picking";
import { useTitleOf } from "../sentences";
import type { ExitOf } from "../edit";

interface Props {
  label: string;
  from: ExitOf;
  to: string;
  optional: boolean;
  onChange: (to: string) => void;
}

const NEW = "new:";
const TITLE_CHARS_MAX = 60;

/** Where an exit leads: to a node that is there, or to a new one. */
export function TargetSelect({ label, from, to, optional, onChange }: Props) {
  const { t } = useLanguage();
  const flow = useFlow();
  const readOnly = useDesign((state) => state.readOnly);
  const titleOf = useTitleOf();
  const add = useAdding();
  const nodes = useMemo(
    () =>
      nodesInOrder(flow).map((node, index) => ({
        value: node.node_id,
        label: `${index + 1}. ${titleOf(node).slice(0, TITLE_CHARS_MAX)}`,
      })),
    [flow, titleOf],
  );
  return (
    <Select
      label={label}
      searchable
      clearable
      readOnly={readOnly}
      placeholder={t(optional ? "flow.not_set" : "flow.nowhere")}
      value={to === "" ? null : to}
      onChange={(value) => {
        if (value?.startsWith(NEW)) add(value.slice(NEW.length) as NodeKind, from, null);
        else onChange(value ?? "");
      }}
      data={[
        { group: t("flow.nodes"), items: nodes },
        {
          group: t("flow.add_node"),
          items: NODE_KINDS.map((kind) => ({
            value: NEW + kind,
            label: `+ ${t(`flow.kind.${kind}`)}`,
          })),
        },
      ].filter(({ items }) => items.length > 0)}
    />
  );
}
