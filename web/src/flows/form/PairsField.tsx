import { ActionIcon, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useLanguage } from "../../i18n";
import { newName } from "../edit";

interface Props {
  label: string;
  hint?: ReactNode;
  nameLabel: string;
  addLabel: string;
  /** What a fresh row is called. */
  base: string;
  pairs: Record<string, string>;
  onChange: (pairs: Record<string, string>) => void;
  /** The field of a value. */
  value: (name: string, value: string, onChange: (value: string) => void) => ReactNode;
}

/** Names with a value each, in their order. */
export function PairsField(props: Props) {
  const { t } = useLanguage();
  const { pairs, onChange } = props;
  const entries = Object.entries(pairs);
  const replace = (index: number, entry: [string, string]) => {
    onChange(Object.fromEntries(entries.map((each, at) => (at === index ? entry : each))));
  };
  return (
    <div role="group" aria-label={props.label}>
      <Text size="sm" fw={500}>
        {props.label}
      </Text>
      {props.hint !== undefined && (
        <Text size="xs" c="dimmed" mb={4}>
          {props.hint}
        </Text>
      )}
      <Stack gap={6}>
        {entries.map(([name, value], index) => (
          <Group key={index} gap={6} wrap="nowrap" align="flex-start">
            <NameInput
              label={props.nameLabel}
              name={name}
              isFree={(wanted) => wanted !== "" && !(wanted in pairs)}
              onChange={(wanted) => {
                replace(index, [wanted, value]);
              }}
            />
            <div style={{ flex: 1 }}>
              {props.value(name, value, (next) => {
                replace(index, [name, next]);
              })}
            </div>
            <ActionIcon
              mt={3}
              aria-label={t("admin.remove_named", { name })}
              onClick={() => {
                onChange(Object.fromEntries(entries.filter((_, at) => at !== index)));
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
          onClick={() => {
            onChange({ ...pairs, [newName(new Set(Object.keys(pairs)), props.base, "_")]: "" });
          }}
        >
          {props.addLabel}
        </Button>
      </Stack>
    </div>
  );
}

interface NameProps {
  label: string;
  name: string;
  isFree: (wanted: string) => boolean;
  onChange: (name: string) => void;
}

/** A name counts when it is finished: half of it may be another's. */
export function NameInput({ label, name, isFree, onChange }: NameProps) {
  const [written, setWritten] = useState<string | null>(null);
  const finish = () => {
    const wanted = written?.trim() ?? name;
    setWritten(null);
    if (wanted !== name && isFree(wanted)) onChange(wanted);
  };
  return (
    <TextInput
      w={116}
      aria-label={label}
      styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
      spellCheck={false}
      value={written ?? name}
      onChange={(event) => {
        setWritten(event.currentTarget.value);
      }}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === "Enter") finish();
      }}
    />
  );
}
