import { Menu } from "@mantine/core";
import { agents } from "../api/calls";
import type { AgentDocument, Presence } from "../api/types";
import { say } from "../app/toast";
import { useAction } from "../app/useAction";
import { useSettings } from "../app/workplace";
import { useLanguage } from "../i18n";
import { inert } from "../ui/inert";

/** Another agent's presence, as a supervisor sets it; after work in hand where there is some. */
export function PresenceItems({ agent }: { agent: AgentDocument }) {
  const { t } = useLanguage();
  const reasons = useSettings("break_reason");
  const [, run] = useAction();
  const hasWork = agent.contact_ids.length > 0;
  const put = (presence: Presence, reasonId: string | null) =>
    run(() =>
      agents.setPresence(agent.agent_id, {
        presence,
        break_reason_id: reasonId,
        when_free: hasWork,
        return_contacts: false,
      }),
    );
  const takeBack = () => {
    if (!hasWork) return put(agent.presence, agent.break_reason_id);
    return agent.next_presence === null
      ? run(() => agents.cancelNextPresence(agent.agent_id))
      : put(agent.next_presence, agent.next_break_reason_id);
  };
  const set = (presence: Presence, reasonId: string | null, label: string) => {
    void put(presence, reasonId).then((done) => {
      if (!done) return;
      say(t("floor.presence_set", { name: agent.name, presence: label }), {
        label: t("app.undo"),
        run: () => void takeBack(),
      });
    });
  };
  const item = (presence: Presence, reasonId: string | null, label: string) => {
    const isNow = agent.presence === presence && agent.break_reason_id === reasonId;
    return (
      <Menu.Item
        key={`${presence}/${reasonId ?? ""}`}
        {...inert(isNow)}
        onClick={() => {
          if (!isNow) set(presence, reasonId, label);
        }}
      >
        {hasWork ? t("presence.command_next", { presence: label }) : label}
      </Menu.Item>
    );
  };
  return (
    <>
      {item("available", null, t("presence.available"))}
      {reasons.map((reason) => item("break", reason.break_reason_id, reason.name))}
      {item("offline", null, t("presence.offline"))}
    </>
  );
}
