import { Button, Skeleton, Stack } from "@mantine/core";
import { IconCoffee, IconHeadset, IconPlugConnected } from "@tabler/icons-react";
import { agents } from "../api/calls";
import { NOT_ANSWERING } from "../api/types";
import { useAction } from "../app/useAction";
import { useOwnAgent } from "../app/workplace";
import { useLanguage } from "../i18n";
import { Empty } from "../ui/Empty";

/** The middle of the desk while no conversation is open: what to expect, or what to do. */
export function DeskEmpty() {
  const { t } = useLanguage();
  const agent = useOwnAgent();
  const [busy, run] = useAction();
  if (agent === null) return null;
  const wasTakenOff = agent.break_reason_id === NOT_ANSWERING;
  if (agent.presence === "available") {
    const serves = agent.queue_ids.length > 0;
    return (
      <Stack h="100%" justify="center">
        <Empty
          icon={serves ? IconHeadset : IconPlugConnected}
          title={serves ? t("desk.ready_title") : t("desk.no_queues_title")}
          hint={serves ? t("desk.ready_hint") : t("desk.no_queues_hint")}
        />
      </Stack>
    );
  }
  return (
    <Stack h="100%" justify="center">
      <Empty
        icon={agent.presence === "break" ? IconCoffee : IconPlugConnected}
        title={t(wasTakenOff ? "desk.taken_off_title" : `desk.${agent.presence}_title`)}
        hint={wasTakenOff ? t("desk.taken_off_hint") : t("desk.away_hint")}
      >
        <Button
          size="sm"
          mt="xs"
          loading={busy}
          onClick={() => {
            void run(() =>
              agents.setPresence(agent.agent_id, {
                presence: "available",
                break_reason_id: null,
                when_free: false,
                return_contacts: false,
              }),
            );
          }}
        >
          {t("desk.become_available")}
        </Button>
      </Empty>
    </Stack>
  );
}

export function DeskLoading() {
  return (
    <Stack p="lg" aria-hidden>
      <Skeleton h={28} w="40%" />
      <Skeleton h={64} w="60%" />
      <Skeleton h={64} w="50%" ml="auto" />
      <Skeleton h={48} w="55%" />
    </Stack>
  );
}
