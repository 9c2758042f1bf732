import { createContext, use } from "react";
import type { Stream } from "../stream/stream";

/** The floor's own stream: all agents, queues and open contacts. */
export const FloorStream = createContext<Stream | null>(null);

export function useFloorStream(): Stream {
  const stream = use(FloorStream);
  if (stream === null) throw new Error("Used outside of the floor");
  return stream;
}
