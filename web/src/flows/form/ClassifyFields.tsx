import { MultiSelect, NumberInput, Switch } from "@mantine/core";
import { useLanguage } from "../../i18n";
import { useNames } from "../names";
import { CelField } from "./CelField";
import type { FieldsProps } from "./kinds";

export function ClassifyFields({ node, onChange }: FieldsProps<"classify">) {
  const { t, ratio } = useLanguage();
  const { intents } = useNames();
  const chosen = node.routes.map((route) => route.intent_id);
  return (
    <>
      <CelField
        label={t("flow.classified_text")}
        value={node.text}
        onChange={(text) => {
          onChange({ ...node, text }, "text");
        }}
      />
      <MultiSelect
        label={t("flow.intents")}
        description={t("flow.intents_hint")}
        searchable
        nothingFoundMessage={t("flow.none_defined")}
        data={intents}
        value={chosen}
        onChange={(ids) => {
          const routes = ids.map((intent_id) => ({
            intent_id,
            next: node.routes.find((route) => route.intent_id === intent_id)?.next ?? "",
          }));
          onChange({ ...node, routes }, null);
        }}
      />
      <NumberInput
        label={t("flow.confidence")}
        description={t("flow.confidence_hint", { ratio: ratio(node.confidence_min) })}
        inputWrapperOrder={["label", "input", "description", "error"]}
        suffix=" %"
        min={0}
        max={100}
        value={Math.round(node.confidence_min * 100)}
        onChange={(value) => {
          onChange({ ...node, confidence_min: Number(value) / 100 }, "confidence_min");
        }}
      />
      <Switch
        label={t("flow.follow_language")}
        description={t("flow.follow_language_hint")}
        checked={node.follow_language}
        onChange={(event) => {
          onChange({ ...node, follow_language: event.currentTarget.checked }, null);
        }}
      />
    </>
  );
}
