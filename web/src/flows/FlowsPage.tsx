import { useEffect, useMemo } from "react";
import { useWorkplace } from "../app/workplace";
import { FloorStream } from "../floor/floorStream";
import { Stream } from "../stream/stream";
import { FlowDesigner } from "./FlowDesigner";
import { FlowList } from "./FlowList";

/** The flows of the centre, or the designer of one; what goes on in them comes from the floor. */
export default function FlowsPage({ flowId }: { flowId: string | null }) {
  const { onUnauthorised } = useWorkplace();
  const stream = useMemo(() => new Stream("floor", onUnauthorised), [onUnauthorised]);
  useEffect(() => stream.start(), [stream]);
  return (
    <FloorStream value={stream}>
      {flowId === null ? <FlowList /> : <FlowDesigner key={flowId} flowId={flowId} />}
    </FloorStream>
  );
}
