import { Button, Group, Stack, Text } from "@mantine/core";
import {
  IconPhoneCheck,
  IconPhoneOff,
  IconPhonePause,
  IconPhoneX,
  type Icon,
} from "@tabler/icons-react";
import { useState } from "react";
import { callbacks } from "../api/calls";
import type { AttemptResult, ContactDocument } from "../api/types";
import { useCommands } from "../app/commands";
import { say } from "../app/toast";
import { useAction } from "../app/useAction";
import { useLanguage } from "../i18n";
import type { Key } from "../i18n/en";
import { CallbackLine } from "./CallbackFacts";
import { CallbackNumber } from "./CallbackNumber";
import { TimeChoice } from "./TimeChoice";

type Callback = NonNullable<ContactDocument["callback"]>;

const RESULTS: { result: AttemptResult; label: Key; icon: Icon; key: string }[] = [
  { result: "reached", label: "callback.reached", icon: IconPhoneCheck, key: "g" },
  { result: "no_answer", label: "callback.no_answer", icon: IconPhoneOff, key: "x" },
  { result: "busy", label: "callback.busy", icon: IconPhonePause, key: "b" },
  { result: "failed", label: "callback.failed", icon: IconPhoneX, key: "f" },
];

interface Props {
  contact: ContactDocument;
  callback: Callback;
}

/** Where to reach the customer of a callback, and what came of it. */
export function CallbackBar({ contact, callback }: Props) {
  const { t, span } = useLanguage();
  const [dueMs, setDueMs] = useState<number | null>(null);
  const [busy, record] = useRecord(contact, callback, dueMs);
  const isReached = callback.last_result === "reached";
  const isLast = callback.attempts + 1 >= callback.attempts_max;
  useCommands(
    isReached
      ? []
      : RESULTS.map(({ result, label, key }) => ({
          id: `callback/${result}`,
          group: t("commands.contact"),
          label: t(label),
          key,
          run: () => {
            record(result);
          },
        })),
  );
  return (
    <Stack gap={8} p="md" role="group" aria-label={t("channel.callback")}>
      <Group justify="space-between" gap="xs">
        <CallbackNumber address={callback.address} />
        <Text size="xs" c="dimmed">
          <CallbackLine contact={contact} />
        </Text>
      </Group>
      {isReached ? (
        <Text size="sm">{t("callback.reached_hint")}</Text>
      ) : (
        <>
          <Group gap={6}>
            {RESULTS.map(({ result, label, icon: Picture }) => (
              <Button
                key={result}
                size="sm"
                variant={result === "reached" ? "filled" : "default"}
                disabled={busy}
                leftSection={<Picture size={16} stroke={1.7} />}
                onClick={() => {
                  record(result);
                }}
              >
                {t(label)}
              </Button>
            ))}
          </Group>
          {isLast ? (
            <Text size="xs" c="dimmed">
              {t("callback.last_attempt")}
            </Text>
          ) : (
            <Group gap={8} align="flex-start">
              <Text size="xs" c="dimmed" pt={6}>
                {t("callback.try_again")}
              </Text>
              <TimeChoice
                label={t("callback.try_again")}
                usual={t("callback.in", { time: span(callback.retry_ms) })}
                valueMs={dueMs}
                onChange={setDueMs}
              />
            </Group>
          )}
        </>
      )}
    </Stack>
  );
}

/** Records the attempt; a customer not reached leaves the desk, and it is said for how long. */
function useRecord(
  { contact_id, customer }: ContactDocument,
  { address, attempts, attempts_max, retry_ms }: Callback,
  dueMs: number | null,
): [boolean, (result: AttemptResult) => void] {
  const { t, since } = useLanguage();
  const [busy, run] = useAction();
  const who = customer.name || address;
  const record = async (result: AttemptResult) => {
    const isReached = result === "reached";
    const wishMs = isReached ? null : dueMs;
    if (!(await run(() => callbacks.recordAttempt(contact_id, result, wishMs)))) return;
    if (isReached) return;
    if (attempts + 1 >= attempts_max) {
      say(t("callback.given_up", { who, count: attempts + 1 }));
      return;
    }
    say(t("callback.again_at", { who, time: since(wishMs ?? Date.now() + retry_ms) }), {
      label: t("callback.again_now"),
      run: () => void run(() => callbacks.reschedule(contact_id, null)),
    });
  };
  return [busy, (result) => void record(result)];
}
