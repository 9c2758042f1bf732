// What a flow refers to, by name: queues, hours, look-ups, intents, other flows, people.
import { useMemo } from "react";
import { useSettings, useWorkplace } from "../app/workplace";
import { useStream } from "../stream/stream";

export interface Option {
  value: string;
  label: string;
}

export interface Names {
  queues: Option[];
  hours: Option[];
  lookUps: Option[];
  intents: Option[];
  flows: Option[];
  agents: Option[];
}

export function useNames(): Names {
  const { stream } = useWorkplace();
  const queues = useSettings("queue");
  const hours = useSettings("hours");
  const lookUps = useSettings("look_up");
  const intents = useSettings("intent");
  const flows = useSettings("flow");
  const colleagues = useStream(stream, (state) => state.picture.collections.colleagues);
  return useMemo(
    () => ({
      queues: queues.map((each) => ({ value: each.queue_id, label: each.name })),
      hours: hours.map((each) => ({ value: each.hours_id, label: each.name })),
      lookUps: lookUps.map((each) => ({ value: each.look_up_id, label: each.name })),
      intents: intents.map((each) => ({ value: each.intent_id, label: each.name })),
      flows: flows.map((each) => ({ value: each.flow_id, label: each.name })),
      agents: Object.values(colleagues).map((each) => ({
        value: each.agent_id,
        label: each.name,
      })),
    }),
    [queues, hours, lookUps, intents, flows, colleagues],
  );
}

/** The name, or the id of what isn't there any more. */
export function nameIn(options: readonly Option[], id: string): string {
  return options.find((option) => option.value === id)?.label ?? id;
}
