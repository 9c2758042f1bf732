import {
  ActionIcon,
  Button,
  Group,
  MultiSelect,
  NumberInput,
  Stack,
  Switch,
  Text,
} from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import type { RoutingStep } from "../api/types";
import { useSettings } from "../app/workplace";
import { useLanguage } from "../i18n";
import classes from "./Admin.module.css";
import { DurationInput } from "./DurationInput";
import { EMPTY_STEP } from "./entities";
import { SkillNeeds } from "./SkillNeeds";

const STEP_FIRST_MS = 30_000;

interface Props {
  steps: readonly RoutingStep[];
  /** By the field: `steps.0.duration_ms`. */
  errors: Record<string, React.ReactNode>;
  onChange: (steps: RoutingStep[]) => void;
}

/** The ordered steps of a queue: who is asked for, and how long before the next step. */
export function StepFields({ steps, errors, onChange }: Props) {
  const { t } = useLanguage();
  const set = (next: RoutingStep[]) => {
    onChange(lastOpen(next));
  };
  const change = (index: number, part: Partial<RoutingStep>) => {
    set(steps.map((step, at) => (at === index ? { ...step, ...part } : step)));
  };
  const swap = (index: number, other: number) => {
    const moved = [...steps];
    const [a, b] = [moved[index], moved[other]];
    if (a === undefined || b === undefined) return;
    moved[index] = b;
    moved[other] = a;
    set(moved);
  };
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t("step.lead")}
      </Text>
      {steps.map((step, index) => (
        <section
          key={index}
          className={classes.step}
          aria-label={t("step.title", { step: index + 1 })}
        >
          <Group justify="space-between" mb={8}>
            <Text size="sm" fw={600}>
              {t("step.title", { step: index + 1 })}
            </Text>
            <Group gap={2}>
              <ActionIcon
                aria-label={t("step.up", { step: index + 1 })}
                disabled={index === 0}
                onClick={() => {
                  swap(index, index - 1);
                }}
              >
                <IconArrowUp size={15} />
              </ActionIcon>
              <ActionIcon
                aria-label={t("step.down", { step: index + 1 })}
                disabled={index === steps.length - 1}
                onClick={() => {
                  swap(index, index + 1);
                }}
              >
                <IconArrowDown size={15} />
              </ActionIcon>
              <ActionIcon
                aria-label={t("step.remove", { step: index + 1 })}
                disabled={steps.length === 1}
                onClick={() => {
                  set(steps.filter((_, at) => at !== index));
                }}
              >
                <IconTrash size={15} />
              </ActionIcon>
            </Group>
          </Group>
          <Step
            step={step}
            isLast={index === steps.length - 1}
            error={errors[`steps.${index}.duration_ms`]}
            change={(part) => {
              change(index, part);
            }}
          />
        </section>
      ))}
      <Button
        variant="light"
        w="max-content"
        leftSection={<IconPlus size={14} />}
        onClick={() => {
          set([...steps, EMPTY_STEP]);
        }}
      >
        {t("step.add")}
      </Button>
    </Stack>
  );
}

/** The last step lasts until the contact is served; all before it have an end. */
function lastOpen(steps: RoutingStep[]): RoutingStep[] {
  return steps.map((step, index) =>
    index === steps.length - 1
      ? { ...step, duration_ms: null }
      : { ...step, duration_ms: step.duration_ms ?? STEP_FIRST_MS },
  );
}

interface StepProps {
  step: RoutingStep;
  isLast: boolean;
  error: React.ReactNode;
  change: (part: Partial<RoutingStep>) => void;
}

function Step({ step, isLast, error, change }: StepProps) {
  const { t } = useLanguage();
  const teams = useSettings("team");
  return (
    <Stack gap="xs">
      <Group gap="sm" align="flex-start" grow>
        {isLast ? (
          <div>
            <Text size="sm" fw={500}>
              {t("step.duration")}
            </Text>
            <Text size="sm" c="dimmed" pt={6}>
              {t("step.until_served")}
            </Text>
          </div>
        ) : (
          <DurationInput
            label={t("step.duration")}
            unit="second"
            valueMs={step.duration_ms}
            error={error}
            onChange={(value) => {
              change({ duration_ms: value });
            }}
          />
        )}
        <NumberInput
          label={t("step.priority_boost")}
          allowDecimal={false}
          value={step.priority_boost}
          onChange={(value) => {
            change({ priority_boost: Number(value) || 0 });
          }}
        />
      </Group>
      <div>
        <Text size="sm" fw={500} mb={4}>
          {t("step.skills")}
        </Text>
        <SkillNeeds
          needs={step.skills}
          proficiencyLabel={t("skill.at_least")}
          onChange={(skills) => {
            change({ skills });
          }}
        />
      </div>
      <MultiSelect
        label={t("step.teams")}
        placeholder={step.team_ids === null ? t("step.any_team") : ""}
        value={step.team_ids ?? []}
        onChange={(ids) => {
          change({ team_ids: ids.length === 0 ? null : ids });
        }}
        data={teams.map((team) => ({ value: team.team_id, label: team.name }))}
      />
      <Switch
        label={t("step.drop_contact_skills")}
        checked={step.drop_contact_skills}
        onChange={(event) => {
          change({ drop_contact_skills: event.currentTarget.checked });
        }}
      />
    </Stack>
  );
}
