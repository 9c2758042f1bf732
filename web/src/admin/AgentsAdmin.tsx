import { Badge, Text } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { useState } from "react";
import { agents, settings } from "../api/calls";
import type { AgentProfile } from "../api/types";
import { useSettings } from "../app/workplace";
import { useLanguage } from "../i18n";
import { useFetched } from "../ui/useFetched";
import { AgentFields, type AgentFormValues, validateAgent } from "./AgentFields";
import { Badges } from "./columns";
import { EntityForm, FormDrawer } from "./EntityForm";
import { EntityList } from "./EntityList";
import { FRESH, newIdFor } from "./entities";
import { useEntityActions } from "./useEntityActions";

const NO_ROWS: AgentProfile[] = [];

export function AgentsAdmin() {
  const { t } = useLanguage();
  const profiles = useFetched(settings.agentProfiles, []);
  const teams = useSettings("team");
  const queues = useSettings("queue");
  const [edited, setEdited] = useState<AgentProfile | null>(null);
  const { save, remove } = useEntityActions("agent_profile", profiles.reload);
  const rows = (profiles.value?.items ?? NO_ROWS).toSorted((a, b) => a.name.localeCompare(b.name));
  const id = edited?.agent_id ?? "";
  const close = () => {
    setEdited(null);
  };
  const saveAgent = async ({ login, password, ...values }: AgentFormValues) => {
    const taken = new Set(rows.map((row) => row.agent_id));
    const agentId = id === "" ? newIdFor(values.name, taken, "agent") : id;
    const before = rows.find((row) => row.agent_id === id) ?? null;
    await save({ ...values, agent_id: agentId }, before);
    if (login.trim() !== "") await agents.setPassword(agentId, login.trim(), password);
  };
  if (profiles.problem !== null) return <Text size="sm">{profiles.problem}</Text>;
  return (
    <>
      <EntityList
        title={t("kind.agent_profile.many")}
        lead={t("kind.agent_profile.lead")}
        addLabel={t("kind.agent_profile.add")}
        icon={IconUsers}
        emptyTitle={t("kind.agent_profile.empty")}
        emptyHint={t("admin.empty_hint")}
        rows={rows}
        keyOf={(row) => row.agent_id}
        nameOf={(row) => row.name}
        columns={[
          {
            title: t("agent.role"),
            cell: (row) => <Badge color="gray">{t(`role.${row.role}`)}</Badge>,
          },
          {
            title: t("agent.team"),
            cell: (row) =>
              teams.find((team) => team.team_id === row.team_id)?.name ?? t("app.missing"),
          },
          {
            title: t("floor.queues"),
            cell: (row) => (
              <Badges
                names={row.queue_ids.map(
                  (each) => queues.find((queue) => queue.queue_id === each)?.name ?? each,
                )}
              />
            ),
          },
          { title: t("customer.skills"), cell: (row) => Object.keys(row.skills).length },
        ]}
        onAdd={() => {
          setEdited(FRESH.agent_profile());
        }}
        onEdit={setEdited}
        onRemove={remove}
      />
      <FormDrawer
        title={id === "" ? t("kind.agent_profile.add") : (edited?.name ?? "")}
        size="md"
        open={edited !== null}
        onClose={close}
      >
        {edited !== null && (
          <EntityForm<AgentFormValues>
            key={id}
            initial={{ ...edited, login: "", password: "" }}
            id={id}
            validate={(values) => validateAgent(values, t)}
            save={saveAgent}
            onClose={close}
          >
            {(form) => <AgentFields form={form} id={id} />}
          </EntityForm>
        )}
      </FormDrawer>
    </>
  );
}
