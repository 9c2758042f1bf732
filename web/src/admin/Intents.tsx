import { Badge, Group, Tabs } from "@mantine/core";
import { IconBrain } from "@tabler/icons-react";
import { useState } from "react";
import type { Intent } from "../api/types";
import { useSettings } from "../app/workplace";
import { useLanguage } from "../i18n";
import { FRESH, newIdFor } from "./entities";
import { EntityForm, FormDrawer } from "./EntityForm";
import { EntityList } from "./EntityList";
import { countByScript } from "./examples";
import { IntentFields } from "./IntentFields";
import { IntentReport } from "./IntentReport";
import { IntentState } from "./IntentState";
import { IntentStarters } from "./IntentStarters";
import { IntentTry } from "./IntentTry";
import { useEntityActions } from "./useEntityActions";
import { validateIntent } from "./validate";

/** What customers may want: examples to learn from, a try, and what is still read wrong. */
export default function Intents() {
  const { t } = useLanguage();
  const rows = useSettings("intent");
  const [edited, setEdited] = useState<Intent | null>(null);
  const { save, remove } = useEntityActions("intent", () => undefined);
  const id = edited?.intent_id ?? "";
  const taken = new Set(rows.map((row) => row.intent_id));
  const close = () => {
    setEdited(null);
  };
  return (
    <>
      <EntityList
        title={t("admin.intents")}
        lead={t("intent.lead")}
        addLabel={t("intent.add")}
        icon={IconBrain}
        emptyTitle={t("intent.empty")}
        emptyHint={t("admin.empty_hint")}
        rows={rows}
        keyOf={({ intent_id }) => intent_id}
        nameOf={({ name }) => name}
        columns={[{ title: t("intent.examples"), cell: (row) => <Counts of={row} /> }]}
        onAdd={() => {
          setEdited(FRESH.intent());
        }}
        onEdit={setEdited}
        onRemove={remove}
      >
        <IntentState saved={rows} />
        <Tabs defaultValue="try" mb="md" keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="try">{t("intent.try")}</Tabs.Tab>
            <Tabs.Tab value="starters">{t("intent.starters")}</Tabs.Tab>
            <Tabs.Tab value="report">{t("intent.report")}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="try" pt="sm">
            <IntentTry intents={rows} />
          </Tabs.Panel>
          <Tabs.Panel value="starters" pt="sm">
            <IntentStarters taken={taken} />
          </Tabs.Panel>
          <Tabs.Panel value="report" pt="sm">
            <IntentReport intents={rows} />
          </Tabs.Panel>
        </Tabs>
      </EntityList>
      <FormDrawer
        title={id === "" ? t("intent.add") : (edited?.name ?? "")}
        size="xl"
        open={edited !== null}
        onClose={close}
      >
        {edited !== null && (
          <EntityForm<Intent>
            key={id}
            initial={edited}
            id={id}
            validate={(values) => validateIntent(values, t)}
            save={(values) =>
              save(
                id === ""
                  ? { ...values, intent_id: newIdFor(values.name, taken, "intent") }
                  : values,
                rows.find((row) => row.intent_id === id) ?? null,
              )
            }
            onClose={close}
          >
            {(form) => <IntentFields form={form} />}
          </EntityForm>
        )}
      </FormDrawer>
    </>
  );
}

function Counts({ of: { examples } }: { of: Intent }) {
  const counts = countByScript(examples);
  return (
    <Group gap={4}>
      <span className="tabular">{examples.length}</span>
      {counts.map(([script, count]) => (
        <Badge key={script} color="gray">
          {script} {count}
        </Badge>
      ))}
    </Group>
  );
}
