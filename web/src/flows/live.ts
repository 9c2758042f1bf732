// How many contacts are in a flow and have passed each of its edges today.
import { useWorkplace } from "../app/workplace";
import type { FlowDocument } from "../stream/protocol";
import { useStream } from "../stream/stream";

/** Undefined: no contact has been in it today. */
export function useLiveFlow(flowId: string): FlowDocument | undefined {
  const { stream } = useWorkplace();
  return useStream(stream, (state) => state.picture.collections.flows[flowId]);
}
