import { Select, Stack, TagsInput, Text, TextInput } from "@mantine/core";
import { DurationInput } from "../admin/DurationInput";
import { useLanguage } from "../i18n";
import { change, useDesign, useDesignStore, useFlow } from "./design";
import { PairsField } from "./form/PairsField";
import { ValueInput } from "./form/ValueInput";
import { WordsField } from "./form/WordsField";
import { USES, type Flow } from "./model";
import { nodesInOrder } from "./order";
import { useNames } from "./names";
import { useTitleOf } from "./sentences";

/** What is the flow's own: its name, where it may stand, its variables, its fallback. */
export function FlowForm() {
  const { t } = useLanguage();
  const design = useDesignStore();
  const flow = useFlow();
  const { queues } = useNames();
  const titleOf = useTitleOf();
  const language = useDesign((state) => state.language);
  const set = (part: Partial<Flow>, about: string | null) => {
    change(design, (before) => ({ ...before, ...part }), about);
  };
  return (
    <Stack gap="sm" role="group" aria-label={t("flow.own")}>
      <TextInput
        label={t("admin.name")}
        value={flow.name}
        onChange={(event) => {
          set({ name: event.currentTarget.value }, "flow/name");
        }}
      />
      <Select
        label={t("flow.use")}
        description={t(`flow.use.${flow.use}.hint`)}
        inputWrapperOrder={["label", "input", "description", "error"]}
        allowDeselect={false}
        value={flow.use}
        onChange={(value) => {
          set({ use: USES.find((each) => each === value) ?? "entry" }, null);
        }}
        data={USES.map((use) => ({ value: use, label: t(`flow.use.${use}`) }))}
      />
      <TagsInput
        label={t("flow.languages")}
        description={t("flow.languages_hint")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        data={["en", "ru", "ro"]}
        value={flow.languages}
        onChange={(languages) => {
          if (languages.length === 0) return;
          set({ languages }, null);
          if (!languages.includes(language)) design.setState({ language: languages[0] ?? "en" });
        }}
      />
      <Select
        label={t("flow.starts_with")}
        searchable
        value={flow.start === "" ? null : flow.start}
        onChange={(start) => {
          set({ start: start ?? "" }, null);
        }}
        data={nodesInOrder(flow).map((node) => ({ value: node.node_id, label: titleOf(node) }))}
      />
      <PairsField
        label={t("flow.variables")}
        hint={t("flow.variables_hint")}
        nameLabel={t("flow.variable")}
        addLabel={t("flow.add_variable")}
        base="variable"
        pairs={written(flow.variables)}
        onChange={(pairs) => {
          set({ variables: read(pairs) }, "flow/variables");
        }}
        value={(name, value, onChange) => (
          <ValueInput label={t("flow.value_of", { name })} value={value} onChange={onChange} />
        )}
      />
      <Text size="sm" fw={600} component="h2">
        {t("flow.fallback")}
      </Text>
      <Text size="xs" c="dimmed">
        {t("flow.fallback_hint")}
      </Text>
      <Select
        label={t("floor.queue")}
        clearable
        searchable
        placeholder={t("app.none")}
        data={queues}
        value={flow.fallback_queue_id}
        onChange={(fallback_queue_id) => {
          set({ fallback_queue_id }, null);
        }}
      />
      <WordsField
        short
        label={t("flow.fallback_text")}
        text={flow.fallback_text}
        onChange={(fallback_text) => {
          set({ fallback_text }, "flow/fallback_text");
        }}
      />
      <DurationInput
        label={t("flow.time_max")}
        unit="minute"
        valueMs={flow.time_ms_max}
        onChange={(value) => {
          set({ time_ms_max: value ?? 0 }, "flow/time_ms_max");
        }}
      />
    </Stack>
  );
}

/** First values as JSON, the way they stand in the document. */
function written(variables: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, JSON.stringify(value)]),
  );
}

function read(pairs: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(pairs).map(([name, text]): [string, unknown] => [
      name,
      text === "" ? "" : JSON.parse(text),
    ]),
  );
}
