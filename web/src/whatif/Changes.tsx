import { ActionIcon, Button, Menu, NumberInput, Text } from "@mantine/core";
import { IconFlask, IconPlus, IconTrash } from "@tabler/icons-react";
import type { WhatIfChange, WhatIfMoney } from "../api/types";
import { useSettings } from "../app/workplace";
import floor from "../floor/Floor.module.css";
import { useLanguage } from "../i18n";
import { ChangeFields, routingAsIs } from "./ChangeFields";
import classes from "./WhatIf.module.css";

export interface Draft {
  changes: WhatIfChange[];
  money: WhatIfMoney;
}

const CHANGES_MAX = 20;

interface Props {
  draft: Draft;
  busy: boolean;
  onChange: (draft: Draft) => void;
  onAsk: () => void;
}

/** What to change in the past, and what an hour and a contact are worth. */
export function Changes({ draft, busy, onChange, onAsk }: Props) {
  const { t } = useLanguage();
  const { changes, money } = draft;
  const set = (next: WhatIfChange[]) => {
    onChange({ ...draft, changes: next });
  };
  return (
    <section className={floor.card} aria-label={t("whatif.changes")}>
      <div className={floor.cardHead}>
        <h2 className={floor.cardTitle}>{t("whatif.changes")}</h2>
        <AddMenu
          full={changes.length >= CHANGES_MAX}
          onAdd={(change) => {
            set([...changes, change]);
          }}
        />
      </div>
      <form
        className={classes.body}
        onSubmit={(event) => {
          event.preventDefault();
          onAsk();
        }}
      >
        {changes.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("whatif.no_changes")}
          </Text>
        )}
        {changes.map((change, index) => (
          <div
            key={index}
            role="group"
            aria-label={t(`whatif.change.${change.change}`)}
            className={classes.change}
          >
            <Text size="sm" className={classes.changeName}>
              {t(`whatif.change.${change.change}`)}
            </Text>
            <ChangeFields
              change={change}
              onChange={(next) => {
                set(changes.map((one, at) => (at === index ? next : one)));
              }}
            />
            <ActionIcon
              aria-label={t("whatif.drop", { name: t(`whatif.change.${change.change}`) })}
              onClick={() => {
                set(changes.filter((_, at) => at !== index));
              }}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </div>
        ))}
        <div className={classes.fields} style={{ marginTop: 14, marginBottom: 0 }}>
          <MoneyField
            label={t("whatif.cost_per_hour")}
            value={money.cost_per_hour}
            onChange={(cost_per_hour) => {
              onChange({ ...draft, money: { ...money, cost_per_hour } });
            }}
          />
          <MoneyField
            label={t("whatif.value_per_contact")}
            value={money.value_per_contact}
            onChange={(value_per_contact) => {
              onChange({ ...draft, money: { ...money, value_per_contact } });
            }}
          />
          <Button
            type="submit"
            loading={busy}
            disabled={changes.length === 0}
            leftSection={<IconFlask size={16} />}
          >
            {t("whatif.run")}
          </Button>
        </div>
      </form>
    </section>
  );
}

interface MoneyProps {
  label: string;
  value: number;
  onChange: (value: number) => void;
}

function MoneyField({ label, value, onChange }: MoneyProps) {
  return (
    <NumberInput
      size="xs"
      w={170}
      label={label}
      min={0}
      value={value}
      onChange={(next) => {
        onChange(Number(next) || 0);
      }}
    />
  );
}

/** Every kind of change that there is something for. */
function AddMenu({ full, onAdd }: { full: boolean; onAdd: (change: WhatIfChange) => void }) {
  const { t } = useLanguage();
  const team = useSettings("team")[0]?.team_id;
  const queue = useSettings("queue")[0]?.queue_id;
  const hours = useSettings("hours")[0]?.hours_id;
  const flow = useSettings("flow").find((each) => each.use === "entry")?.flow_id;
  const kinds: WhatIfChange[] = [
    { change: "agents", count: 1, team_id: null },
    { change: "volume", ratio: 1.2, queue_id: null, channel: null },
    { change: "handle_time", ratio: 0.9, queue_id: null, channel: null },
    { change: "callback", offered: true, queue_id: null, after_s: 60, taken_ratio: 0.3 },
  ];
  if (team !== undefined && queue !== undefined)
    kinds.push({
      change: "learn",
      team_id: team,
      queue_id: queue,
      skill_id: null,
      proficiency: 3,
    });
  if (queue !== undefined) kinds.push(routingAsIs(queue));
  if (hours !== undefined)
    kinds.push({ change: "hours", hours_id: hours, earlier_min: 0, later_min: 60 });
  if (flow !== undefined)
    kinds.push({ change: "containment", flow_id: flow, contained_ratio: 0.5 });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="light" disabled={full} leftSection={<IconPlus size={14} />}>
          {t("whatif.add")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {kinds.map((change) => (
          <Menu.Item
            key={change.change}
            onClick={() => {
              onAdd(change);
            }}
          >
            {t(`whatif.change.${change.change}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
