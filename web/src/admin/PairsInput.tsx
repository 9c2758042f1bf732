import { ActionIcon, Button, Group, Input, Stack, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useLanguage } from "../i18n";
import classes from "./Admin.module.css";

interface Props {
  label: string;
  description: ReactNode;
  nameLabel: string;
  valueLabel: string;
  addLabel: string;
  value: Record<string, string>;
  onChange: (value: Record<string, string>) => void;
}

type Pair = [name: string, value: string];

/** Texts by name; a pair without a name doesn't count yet. */
export function PairsInput(props: Props) {
  const { t } = useLanguage();
  const [pairs, setPairs] = useState<Pair[]>(() => Object.entries(props.value));
  const set = (next: Pair[]) => {
    setPairs(next);
    props.onChange(Object.fromEntries(next.filter(([name]) => name.trim() !== "")));
  };
  const change = (index: number, pair: Pair) => {
    set(pairs.map((each, at) => (at === index ? pair : each)));
  };
  return (
    <Input.Wrapper label={props.label} description={props.description} labelElement="div">
      <Stack gap={6} mt={6}>
        {pairs.map(([name, value], index) => (
          <Group key={index} gap={6} wrap="nowrap">
            <TextInput
              w="34%"
              aria-label={props.nameLabel}
              placeholder={props.nameLabel}
              value={name}
              onChange={(event) => {
                change(index, [event.currentTarget.value, value]);
              }}
            />
            <TextInput
              flex={1}
              classNames={{ input: classes.code ?? "" }}
              aria-label={props.valueLabel}
              placeholder={props.valueLabel}
              value={value}
              onChange={(event) => {
                change(index, [name, event.currentTarget.value]);
              }}
            />
            <ActionIcon
              size="lg"
              aria-label={t("admin.remove_named", { name })}
              onClick={() => {
                set(pairs.filter((_, at) => at !== index));
              }}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Button
          variant="light"
          w="max-content"
          leftSection={<IconPlus size={14} />}
          onClick={() => {
            setPairs([...pairs, ["", ""]]);
          }}
        >
          {props.addLabel}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}
