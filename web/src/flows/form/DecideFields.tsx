import { TextInput } from "@mantine/core";
import { useLanguage } from "../../i18n";
import { CelField } from "./CelField";
import type { FieldsProps } from "./kinds";
import { ListField } from "./ListField";

export function DecideFields({ node, onChange }: FieldsProps<"decide">) {
  const { t } = useLanguage();
  const { branches } = node;
  return (
    <ListField
      label={t("flow.branches")}
      items={branches}
      nameOf={(branch, index) => branch.label || t("flow.condition", { number: index + 1 })}
      addLabel={t("flow.add_branch")}
      onAdd={() => {
        onChange({ ...node, branches: [...branches, { when: "", next: "", label: "" }] }, null);
      }}
      onChange={(changed) => {
        const about = changed.length === branches.length ? "branches" : null;
        onChange({ ...node, branches: changed }, about);
      }}
    >
      {(branch, _, change) => (
        <>
          <CelField
            label={t("flow.when")}
            placeholder={'answer == "yes"'}
            value={branch.when}
            onChange={(when) => {
              change({ ...branch, when });
            }}
          />
          <TextInput
            mt={6}
            size="xs"
            label={t("flow.branch_label")}
            value={branch.label}
            onChange={(event) => {
              change({ ...branch, label: event.currentTarget.value });
            }}
          />
        </>
      )}
    </ListField>
  );
}
