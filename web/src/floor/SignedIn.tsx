import { Badge, Group, Tooltip } from "@mantine/core";
import type { AgentDocument } from "../api/types";
import { useLanguage } from "../i18n";
import { Missing } from "../ui/Missing";

/** Since when an agent has been at work without going offline, and whether the desk is there. */
export function SignedIn({ agent }: { agent: AgentDocument }) {
  const { t, since } = useLanguage();
  if (agent.signed_in_since_ms === null)
    return agent.connected ? (
      <Missing reason={t("floor.desk_open_hint")} word={t("floor.desk_open")} />
    ) : (
      <Missing reason={t("floor.not_signed_in")} />
    );
  return (
    <Group gap={6} wrap="nowrap">
      <span className="tabular">{since(agent.signed_in_since_ms)}</span>
      {!agent.connected && (
        <Tooltip label={t("floor.desk_lost_hint")}>
          <Badge color="orange" tabIndex={0}>
            {t("floor.desk_lost")}
          </Badge>
        </Tooltip>
      )}
    </Group>
  );
}
