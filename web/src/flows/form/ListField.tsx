import { ActionIcon, Button, Group, Stack, Text } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useLanguage } from "../../i18n";
import classes from "../Flows.module.css";

interface Props<T> {
  label: string;
  items: readonly T[];
  nameOf: (item: T, index: number) => string;
  addLabel: string;
  onAdd: () => void;
  onChange: (items: T[]) => void;
  children: (item: T, index: number, change: (item: T) => void) => ReactNode;
}

/** Parts in an order that matters: each with its fields, to move and to remove. */
export function ListField<T>(props: Props<T>) {
  const { t } = useLanguage();
  const { items, nameOf, onChange } = props;
  const swap = (index: number, other: number) => {
    const [a, b] = [items[index], items[other]];
    if (a === undefined || b === undefined) return;
    onChange(items.map((each, at) => (at === index ? b : at === other ? a : each)));
  };
  return (
    <Stack gap={8} role="group" aria-label={props.label}>
      <Text size="sm" fw={500}>
        {props.label}
      </Text>
      {items.map((item, index) => {
        const name = nameOf(item, index);
        return (
          <section key={index} className={classes.part} aria-label={name}>
            <Group gap={2} justify="space-between" wrap="nowrap">
              <Text size="xs" c="dimmed" truncate>
                {name}
              </Text>
              <Group gap={2} wrap="nowrap">
                <ActionIcon
                  size="sm"
                  aria-label={t("flow.move_up", { name })}
                  disabled={index === 0}
                  onClick={() => {
                    swap(index, index - 1);
                  }}
                >
                  <IconArrowUp size={14} />
                </ActionIcon>
                <ActionIcon
                  size="sm"
                  aria-label={t("flow.move_down", { name })}
                  disabled={index === items.length - 1}
                  onClick={() => {
                    swap(index, index + 1);
                  }}
                >
                  <IconArrowDown size={14} />
                </ActionIcon>
                <ActionIcon
                  size="sm"
                  aria-label={t("admin.remove_named", { name })}
                  onClick={() => {
                    onChange(items.filter((_, at) => at !== index));
                  }}
                >
                  <IconTrash size={14} />
                </ActionIcon>
              </Group>
            </Group>
            {props.children(item, index, (changed) => {
              onChange(items.map((each, at) => (at === index ? changed : each)));
            })}
          </section>
        );
      })}
      <Button
        variant="light"
        size="compact-sm"
        w="max-content"
        leftSection={<IconPlus size={13} />}
        onClick={props.onAdd}
      >
        {props.addLabel}
      </Button>
    </Stack>
  );
}
