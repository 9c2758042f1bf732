import { Badge, Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useState } from "react";
import { SeverityBadge } from "../alarms/SeverityBadge";
import { useWords } from "../alarms/words";
import { alarms, settings } from "../api/calls";
import type { AlarmRule } from "../api/types";
import { say } from "../app/toast";
import { useAction } from "../app/useAction";
import { useSettings } from "../app/workplace";
import { useLanguage } from "../i18n";
import { useFetched } from "../ui/useFetched";
import { AlarmFields } from "./AlarmFields";
import { FRESH, newIdFor } from "./entities";
import { EntityForm, FormDrawer } from "./EntityForm";
import { EntityList } from "./EntityList";
import { useEntityActions } from "./useEntityActions";
import { validateAlarmRule } from "./validate";

/** Rules by which alarms are raised, and ready ones to begin with. */
export function AlarmRules() {
  const { t } = useLanguage();
  const words = useWords();
  const rows = useSettings("alarm_rule");
  const [edited, setEdited] = useState<AlarmRule | null>(null);
  const { save, remove } = useEntityActions("alarm_rule", () => undefined);
  const id = edited?.alarm_rule_id ?? "";
  const taken = new Set(rows.map((row) => row.alarm_rule_id));
  const close = () => {
    setEdited(null);
  };
  return (
    <>
      <EntityList
        title={t("admin.alarms")}
        lead={t("alarm.rules_lead")}
        addLabel={t("alarm.add_rule")}
        icon={IconBell}
        emptyTitle={t("alarm.no_rules")}
        emptyHint={t("alarm.no_rules_hint")}
        rows={rows}
        keyOf={({ alarm_rule_id }) => alarm_rule_id}
        nameOf={({ name }) => name}
        columns={[
          { title: t("alarm.measure"), cell: (row) => t(`alarm.measure.${row.measure}`) },
          {
            title: t("alarm.threshold"),
            cell: (row) => words.value(row.measure, row.threshold),
          },
          {
            title: t("alarm.severity"),
            cell: (row) => (
              <Group gap={4}>
                <SeverityBadge of={row.severity} />
                {!row.on && <Badge color="gray">{t("alarm.off")}</Badge>}
              </Group>
            ),
          },
        ]}
        onAdd={() => {
          setEdited(FRESH.alarm_rule());
        }}
        onEdit={setEdited}
        onRemove={remove}
      >
        <ReadyRules taken={taken} />
      </EntityList>
      <FormDrawer
        title={id === "" ? t("alarm.add_rule") : (edited?.name ?? "")}
        size="xl"
        open={edited !== null}
        onClose={close}
      >
        {edited !== null && (
          <EntityForm<AlarmRule>
            key={id}
            initial={edited}
            id={id}
            validate={(values) => validateAlarmRule(values, t)}
            save={(values) =>
              save(
                id === ""
                  ? { ...values, alarm_rule_id: newIdFor(values.name, taken, "alarm_rule") }
                  : values,
                rows.find((row) => row.alarm_rule_id === id) ?? null,
              )
            }
            onClose={close}
          >
            {(form) => <AlarmFields form={form} />}
          </EntityForm>
        )}
      </FormDrawer>
    </>
  );
}

/** Those of the ready rules that the company has not yet, to be taken. */
function ReadyRules({ taken }: { taken: Set<string> }) {
  const { t } = useLanguage();
  const { value, problem } = useFetched(alarms.readyRules, []);
  const [chosen, setChosen] = useState<string[]>([]);
  const [busy, run] = useAction();
  if (value === null) return problem === null ? null : <Text size="sm">{problem}</Text>;
  const offered = value.items.filter(({ alarm_rule_id }) => !taken.has(alarm_rule_id));
  if (offered.length === 0) return null;
  const wanted = offered.filter(({ alarm_rule_id }) => chosen.includes(alarm_rule_id));
  const undo = () =>
    void run(async () => {
      for (const { alarm_rule_id } of wanted) await settings.remove("alarm_rule", alarm_rule_id);
    });
  const adopt = () =>
    void run(async () => {
      for (const rule of wanted) await settings.save("alarm_rule", rule.alarm_rule_id, rule);
      setChosen([]);
      say(t("alarm.adopted", { count: wanted.length }), { label: t("app.undo"), run: undo });
    });
  return (
    <Stack gap="sm" mb="md">
      <Checkbox.Group label={t("alarm.ready_hint")} value={chosen} onChange={setChosen}>
        <Group gap="md" mt="xs">
          {offered.map(({ alarm_rule_id, measure }) => (
            <Checkbox
              key={alarm_rule_id}
              value={alarm_rule_id}
              label={t(`alarm.measure.${measure}`)}
            />
          ))}
        </Group>
      </Checkbox.Group>
      <Group>
        <Button variant="light" loading={busy} disabled={wanted.length === 0} onClick={adopt}>
          {t("alarm.adopt", { count: wanted.length })}
        </Button>
      </Group>
    </Stack>
  );
}
