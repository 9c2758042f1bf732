import { Autocomplete, Group, Text } from "@mantine/core";
import { useMemo, type ReactNode } from "react";
import { useLanguage } from "../../i18n";
import { useDesign, useFlow } from "../design";
import { knownNames } from "../variables";

interface Props {
  label?: string;
  "aria-label"?: string;
  hint?: ReactNode;
  placeholder?: string;
  value: string;
  onChange: (value: string) => void;
}

const WORD_AT_END = /[A-Za-z_][\w.]*$/;

/** A CEL expression; the names that exist are suggested for the word being written. */
export function CelField({ hint, value, onChange, ...rest }: Props) {
  const { t } = useLanguage();
  const flow = useFlow();
  const readOnly = useDesign((state) => state.readOnly);
  const names = useMemo(() => knownNames(flow), [flow]);
  const word = WORD_AT_END.exec(value)?.[0] ?? "";
  const before = value.slice(0, value.length - word.length);
  const fitting = names.filter(({ name }) => name.startsWith(word) && name !== word);
  return (
    <Autocomplete
      {...rest}
      description={hint}
      inputWrapperOrder={["label", "input", "description", "error"]}
      styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
      spellCheck={false}
      autoCapitalize="off"
      readOnly={readOnly}
      value={value}
      onChange={onChange}
      data={fitting.map(({ name }) => before + name)}
      filter={({ options }) => options}
      maxDropdownHeight={220}
      renderOption={({ option }) => {
        const name = option.value.slice(before.length);
        const source = fitting.find((each) => each.name === name)?.source ?? "variable";
        return (
          <Group justify="space-between" w="100%" wrap="nowrap">
            <span style={{ fontFamily: "var(--mantine-font-family-monospace)" }}>{name}</span>
            <Text size="xs" c="dimmed">
              {t(`flow.name_of.${source}`)}
            </Text>
          </Group>
        );
      }}
    />
  );
}
