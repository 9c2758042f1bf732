import { useWorkplace } from "../app/workplace";
import { useNowMs, useStream } from "../stream/stream";

/** Whether the customer of a contact is writing just now. */
export function useIsTyping(contactId: number): boolean {
  const { stream } = useWorkplace();
  const untilMs = useStream(stream, (state) => state.picture.typingUntilMs[contactId] ?? 0);
  return useNowMs(stream) < untilMs;
}
