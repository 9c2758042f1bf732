import { Button, Menu, Modal, Stack, Text, VisuallyHidden } from "@mantine/core";
import {
  IconChevronDown,
  IconClockPlay,
  IconCoffee,
  IconPlayerPlay,
  IconPower,
  IconX,
} from "@tabler/icons-react";
import { useState } from "react";
import { agents } from "../api/calls";
import { NOT_ANSWERING, type AgentDocument, type Presence } from "../api/types";
import { useCommands, type Command } from "../app/commands";
import { useAction } from "../app/useAction";
import { useOwnAgent, useSettings, useWorkplace } from "../app/workplace";
import { useLanguage } from "../i18n";
import { Clock } from "../ui/Clock";
import { inert } from "../ui/inert";
import { StateDot } from "../ui/StateDot";
import classes from "./PresenceMenu.module.css";

interface Choice {
  presence: Presence;
  reasonId: string | null;
  label: string;
  hint: string;
}

const ICONS = { available: IconPlayerPlay, break: IconCoffee, offline: IconPower };

function useChoices(): Choice[] {
  const { t, span } = useLanguage();
  const reasons = useSettings("break_reason");
  const chosen = reasons.filter((reason) => reason.break_reason_id !== NOT_ANSWERING);
  const breaks = chosen.map((reason) => ({
    presence: "break" as const,
    reasonId: reason.break_reason_id,
    label: reason.name,
    hint: reason.expected_ms === null ? "" : span(reason.expected_ms),
  }));
  return [
    { presence: "available", reasonId: null, label: t("presence.available"), hint: "" },
    ...(breaks.length > 0
      ? breaks
      : [{ presence: "break" as const, reasonId: null, label: t("presence.break"), hint: "" }]),
    { presence: "offline", reasonId: null, label: t("presence.offline"), hint: "" },
  ];
}

export function PresenceMenu() {
  const { t } = useLanguage();
  const { stream } = useWorkplace();
  const agent = useOwnAgent();
  const choices = useChoices();
  const [open, setOpen] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const [busy, run] = useAction();
  const hasWork = (agent?.contact_ids.length ?? 0) > 0;

  const choose = (choice: Choice, whenFree: boolean, returnContacts = false) => {
    if (agent === null) return;
    if (choice.presence === "offline" && hasWork && !whenFree && !returnContacts) {
      setLeaving(true);
      return;
    }
    void run(() =>
      agents.setPresence(agent.agent_id, {
        presence: choice.presence,
        break_reason_id: choice.reasonId,
        when_free: whenFree,
        return_contacts: returnContacts,
      }),
    );
  };

  useCommands(
    presenceCommands({
      choices,
      hasWork,
      choose,
      t,
      open: () => {
        setOpen(true);
      },
    }),
  );
  if (agent === null) return null;
  const reasonName = (presence: Presence, reasonId: string | null) =>
    reasonId === NOT_ANSWERING
      ? t("presence.not_answering")
      : (choices.find((each) => each.presence === presence && each.reasonId === reasonId)?.label ??
        t(`presence.${presence}`));

  return (
    <>
      <Menu opened={open} onChange={setOpen} width={270} position="bottom-end">
        <Menu.Target>
          <Button
            variant="default"
            size="sm"
            px={10}
            loading={busy}
            className={classes.button}
            data-presence={agent.presence}
            rightSection={<IconChevronDown size={14} />}
          >
            <VisuallyHidden>{t("presence.menu")}</VisuallyHidden>
            <StateDot state={agent.presence === "available" ? "idle" : agent.presence} />
            <span className={classes.label}>
              {reasonName(agent.presence, agent.break_reason_id)}
            </span>
            <Clock stream={stream} sinceMs={agent.presence_since_ms} className={classes.since} />
            {agent.next_presence !== null && (
              <span className={classes.next}>
                → {reasonName(agent.next_presence, agent.next_break_reason_id)}
              </span>
            )}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <PresenceChoices
            choices={choices}
            agent={agent}
            choose={(choice) => {
              choose(choice, false);
            }}
          />
          {hasWork && (
            <>
              <Menu.Divider />
              <Menu.Sub>
                <Menu.Sub.Target>
                  <Menu.Sub.Item leftSection={<IconClockPlay size={16} stroke={1.6} />}>
                    {t("presence.after_work")}
                  </Menu.Sub.Item>
                </Menu.Sub.Target>
                <Menu.Sub.Dropdown>
                  <PresenceChoices
                    choices={choices}
                    agent={null}
                    choose={(choice) => {
                      choose(choice, true);
                    }}
                  />
                </Menu.Sub.Dropdown>
              </Menu.Sub>
            </>
          )}
          {agent.next_presence !== null && (
            <>
              <Menu.Divider />
              <Menu.Item
                leftSection={<IconX size={16} stroke={1.6} />}
                onClick={() => {
                  void run(() => agents.cancelNextPresence(agent.agent_id));
                }}
              >
                {t("presence.cancel_next", {
                  presence: reasonName(agent.next_presence, agent.next_break_reason_id),
                })}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <LeaveDialog
        open={leaving}
        count={agent.contact_ids.length}
        onClose={() => {
          setLeaving(false);
        }}
        leave={(whenFree) => {
          const offline = choices.find((each) => each.presence === "offline");
          if (offline !== undefined) choose(offline, whenFree, !whenFree);
        }}
      />
    </>
  );
}

interface ChoicesProps {
  choices: Choice[];
  /** Whose present presence is marked and can't be chosen; null: all can. */
  agent: AgentDocument | null;
  choose: (choice: Choice) => void;
}

function PresenceChoices({ choices, agent, choose }: ChoicesProps) {
  const { t } = useLanguage();
  return choices.map((choice) => {
    const Icon = ICONS[choice.presence];
    const isNow =
      agent !== null &&
      choice.presence === agent.presence &&
      choice.reasonId === agent.break_reason_id;
    return (
      <Menu.Item
        key={`${choice.presence}/${choice.reasonId ?? ""}`}
        leftSection={<Icon size={16} stroke={1.6} />}
        rightSection={
          <Text size="xs" c="dimmed">
            {isNow ? t("presence.is_now") : choice.hint}
          </Text>
        }
        {...inert(isNow)}
        onClick={() => {
          if (!isNow) choose(choice);
        }}
      >
        {choice.label}
      </Menu.Item>
    );
  });
}

interface Commandable {
  choices: Choice[];
  hasWork: boolean;
  choose: (choice: Choice, whenFree: boolean) => void;
  open: () => void;
  t: ReturnType<typeof useLanguage>["t"];
}

function presenceCommands({ choices, hasWork, choose, open, t }: Commandable): Command[] {
  const group = t("commands.presence");
  const menu: Command = { id: "presence", group, label: t("presence.change"), key: "p", run: open };
  return [
    menu,
    ...choices.flatMap((choice): Command[] => {
      const id = `presence/${choice.presence}/${choice.reasonId ?? ""}`;
      const now: Command = {
        id,
        group,
        label: choice.label,
        run: () => {
          choose(choice, false);
        },
      };
      const next: Command = {
        id: `${id}/next`,
        group,
        label: t("presence.command_next", { presence: choice.label }),
        run: () => {
          choose(choice, true);
        },
      };
      return hasWork ? [now, next] : [now];
    }),
  ];
}

interface LeaveProps {
  open: boolean;
  count: number;
  onClose: () => void;
  leave: (whenFree: boolean) => void;
}

function LeaveDialog({ open, count, onClose, leave }: LeaveProps) {
  const { t } = useLanguage();
  return (
    <Modal opened={open} onClose={onClose} title={t("presence.leave_title")} size="sm">
      <Stack>
        <Text size="sm">{t("presence.leave_text", { count })}</Text>
        <Button
          data-autofocus
          onClick={() => {
            leave(true);
            onClose();
          }}
        >
          {t("presence.leave_after")}
        </Button>
        <Button
          variant="light"
          color="orange"
          onClick={() => {
            leave(false);
            onClose();
          }}
        >
          {t("presence.leave_return")}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t("app.cancel")}
        </Button>
      </Stack>
    </Modal>
  );
}
