// How many contacts are in a flow and have passed each of its edges today.
import { useFloorStream } from "../floor/floorStream";
import type { FlowDocument } from "../api/types";
import { useStream } from "../stream/stream";
import { edgeKey, exitsAlong } from "./exits";
import type { FlowNode } from "./model";

/** How many contacts have passed a drawn edge today, by whichever exit. */
export function countAlong(live: FlowDocument | undefined, node: FlowNode, exit: string): number {
  return exitsAlong(node, exit)
    .map((each) => live?.edges[edgeKey({ node_id: node.node_id, exit: each })] ?? 0)
    .reduce((sum, count) => sum + count, 0);
}

/** Undefined: no contact has been in it today. */
export function useLiveFlow(flowId: string): FlowDocument | undefined {
  return useStream(useFloorStream(), (state) => state.picture.collections.flows[flowId]);
}
