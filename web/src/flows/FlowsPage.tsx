import { FlowDesigner } from "./FlowDesigner";
import { FlowList } from "./FlowList";

/** The flows of the centre, or the designer of one. */
export default function FlowsPage({ flowId }: { flowId: string | null }) {
  return flowId === null ? <FlowList /> : <FlowDesigner key={flowId} flowId={flowId} />;
}
