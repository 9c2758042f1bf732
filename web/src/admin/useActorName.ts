import { useWorkplace } from "../app/workplace";
import { useStream } from "../stream/stream";

/** The name of whoever did something, as far as it is a colleague. */
export function useActorName(): (actor: string) => string {
  const { stream } = useWorkplace();
  const colleagues = useStream(stream, (state) => state.picture.collections.colleagues);
  return (actor) => colleagues[actor.replace(/^agent:/, "")]?.name ?? actor;
}
