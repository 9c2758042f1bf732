import { Select, type SelectProps } from "@mantine/core";
import type { FlowUse } from "../flows/model";
import { useSettings } from "../app/workplace";
import { useLanguage } from "../i18n";

export interface Destination {
  queue_id: string | null;
  flow_id: string | null;
}

interface Props extends Omit<SelectProps, "value" | "onChange" | "data"> {
  value: Destination;
  onChange: (to: Destination) => void;
  /** A queue that doesn't lead to itself. */
  exceptQueueId?: string;
}

/** Where a contact goes: to a queue, or into a flow that contacts may begin in. */
export function DestinationSelect({ value, onChange, exceptQueueId, ...rest }: Props) {
  const { t } = useLanguage();
  const queues = useSettings("queue").filter((queue) => queue.queue_id !== exceptQueueId);
  const flows = useFlowOptions("entry");
  return (
    <Select
      {...rest}
      searchable
      value={
        value.flow_id !== null
          ? `flow:${value.flow_id}`
          : value.queue_id !== null && value.queue_id !== ""
            ? `queue:${value.queue_id}`
            : null
      }
      onChange={(chosen) => {
        const [kind, id] = [chosen?.slice(0, chosen.indexOf(":")), chosen?.replace(/^\w+:/, "")];
        onChange({
          queue_id: kind === "queue" ? (id ?? null) : null,
          flow_id: kind === "flow" ? (id ?? null) : null,
        });
      }}
      data={[
        {
          group: t("kind.queue.many"),
          items: queues.map((each) => ({ value: `queue:${each.queue_id}`, label: each.name })),
        },
        {
          group: t("kind.flow.many"),
          items: flows.map((each) => ({ value: `flow:${each.value}`, label: each.label })),
        },
      ].filter(({ items }) => items.length > 0)}
    />
  );
}

/** The flows that may stand somewhere, to choose from. */
export function useFlowOptions(use: FlowUse): { value: string; label: string }[] {
  return useSettings("flow")
    .filter((flow) => flow.use === use)
    .map((flow) => ({ value: flow.flow_id, label: flow.name }));
}
