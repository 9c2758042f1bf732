import { TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useLanguage } from "../../i18n";
import { CelField } from "./CelField";
import { PairsField } from "./PairsField";

interface Props {
  pairs: Record<string, string>;
  onChange: (pairs: Record<string, string>) => void;
}

/** An expression by name. */
export function ValuesField(props: Props & { label: string; hint?: ReactNode; base: string }) {
  const { t } = useLanguage();
  return (
    <PairsField
      {...props}
      nameLabel={t("admin.name")}
      addLabel={t("flow.add_value")}
      value={(name, value, onChange) => (
        <CelField
          aria-label={t("flow.value_of", { name })}
          placeholder={t("flow.expression")}
          value={value}
          onChange={onChange}
        />
      )}
    />
  );
}

/** What the agent sees of the run: variables with their labels. */
export function ShowField({ pairs, onChange }: Props) {
  const { t } = useLanguage();
  return (
    <PairsField
      label={t("flow.show")}
      hint={t("flow.show_hint")}
      nameLabel={t("flow.variable")}
      addLabel={t("flow.add_variable")}
      base="answer"
      pairs={pairs}
      onChange={onChange}
      value={(name, value, change) => (
        <TextInput
          aria-label={t("flow.label_of", { name })}
          placeholder={t("flow.label")}
          value={value}
          onChange={(event) => {
            change(event.currentTarget.value);
          }}
        />
      )}
    />
  );
}

/** Which variables of another flow are kept here, and under which names. */
export function ResultsField({ pairs, onChange }: Props) {
  const { t } = useLanguage();
  return (
    <PairsField
      label={t("flow.results")}
      hint={t("flow.results_hint")}
      nameLabel={t("flow.variable")}
      addLabel={t("flow.add_variable")}
      base="result"
      pairs={pairs}
      onChange={onChange}
      value={(name, value, change) => (
        <TextInput
          aria-label={t("flow.kept_as", { name })}
          placeholder={t("flow.save_as")}
          value={value}
          onChange={(event) => {
            change(event.currentTarget.value);
          }}
        />
      )}
    />
  );
}
