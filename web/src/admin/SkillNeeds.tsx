import { ActionIcon, Button, Group, NumberInput, Select, Stack } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import type { SkillNeed } from "../api/types";
import { useSettings } from "../app/workplace";
import { useLanguage } from "../i18n";

interface Props {
  needs: SkillNeed[];
  onChange: (needs: SkillNeed[]) => void;
  proficiencyLabel: string;
}

/** Skills with a proficiency from 1 to 5: those that are asked for, or those that an agent has. */
export function SkillNeeds({ needs, onChange, proficiencyLabel }: Props) {
  const { t } = useLanguage();
  const skills = useSettings("skill");
  const free = skills.filter((skill) => !needs.some((need) => need.skill_id === skill.skill_id));
  const change = (index: number, part: Partial<SkillNeed>) => {
    onChange(needs.map((need, at) => (at === index ? { ...need, ...part } : need)));
  };
  const add = () => {
    const first = free[0];
    if (first !== undefined) onChange([...needs, { skill_id: first.skill_id, proficiency_min: 1 }]);
  };
  return (
    <Stack gap={6} align="stretch">
      {needs.map((need, index) => (
        <Group key={need.skill_id} gap={6} wrap="nowrap">
          <Select
            size="xs"
            flex={1}
            aria-label={t("skill.one")}
            allowDeselect={false}
            searchable
            value={need.skill_id}
            onChange={(skillId) => {
              if (skillId !== null) change(index, { skill_id: skillId });
            }}
            data={skills
              .filter((skill) => skill.skill_id === need.skill_id || free.includes(skill))
              .map((skill) => ({ value: skill.skill_id, label: skill.name }))}
          />
          <NumberInput
            size="xs"
            w={74}
            min={1}
            max={5}
            clampBehavior="strict"
            allowDecimal={false}
            aria-label={proficiencyLabel}
            value={need.proficiency_min}
            onChange={(value) => {
              change(index, { proficiency_min: Number(value) || 1 });
            }}
          />
          <ActionIcon
            aria-label={t("app.remove")}
            onClick={() => {
              onChange(needs.filter((_, at) => at !== index));
            }}
          >
            <IconX size={15} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        variant="subtle"
        size="compact-xs"
        w="max-content"
        leftSection={<IconPlus size={13} />}
        disabled={free.length === 0}
        onClick={add}
      >
        {skills.length === 0 ? t("skill.none_yet") : t("skill.add")}
      </Button>
    </Stack>
  );
}
