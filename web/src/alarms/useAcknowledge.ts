import { alarms } from "../api/calls";
import type { AlarmDocument } from "../api/types";
import { useAction } from "../app/useAction";

/** Says that one looks after an alarm. */
export function useAcknowledge(): (alarm: AlarmDocument) => void {
  const [, run] = useAction();
  return (alarm) => void run(() => alarms.acknowledge(alarm.alarm_id));
}
