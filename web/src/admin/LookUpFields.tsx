import {
  Group,
  NumberInput,
  SegmentedControl,
  Select,
  Stack,
  Switch,
  TagsInput,
  Text,
  TextInput,
  Textarea,
} from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { secrets } from "../api/calls";
import type { HttpSource, LookUp } from "../api/types";
import { useLanguage } from "../i18n";
import { useFetched } from "../ui/useFetched";
import classes from "./Admin.module.css";
import { DurationInput } from "./DurationInput";
import { FRESH_SOURCE } from "./entities";
import { LookUpTry } from "./LookUpTry";
import { PairsInput } from "./PairsInput";
import { NameField } from "./SmallFields";

type Form = UseFormReturnType<LookUp>;
type Kind = LookUp["source"]["kind"];

const KINDS: Kind[] = ["http", "sql", "knowledge"];

/** A question to an outside system, and beside it what the system answers now. */
export function LookUpFields({ form, id }: { form: Form; id: string }) {
  const { t } = useLanguage();
  const { source } = form.values;
  return (
    <div className={classes.lookUp}>
      <Stack>
        <NameField form={form} />
        <SegmentedControl
          aria-label={t("look_up.source")}
          value={source.kind}
          onChange={(kind) => {
            form.setFieldValue("source", FRESH_SOURCE[kind]);
            if (kind === "knowledge") form.setFieldValue("parameters", ["question", "language"]);
          }}
          data={KINDS.map((kind) => ({ value: kind, label: t(`look_up.source.${kind}`) }))}
        />
        <TagsInput
          label={t("look_up.parameters")}
          description={t(`look_up.parameters_hint.${source.kind}`)}
          {...form.getInputProps("parameters")}
        />
        {source.kind === "http" && <HttpFields form={form} source={source} />}
        {source.kind === "sql" && <SqlFields form={form} />}
        {source.kind === "knowledge" && <KnowledgeFields form={form} />}
        <DurationInput
          label={t("look_up.time")}
          description={t("look_up.time_hint")}
          unit="second"
          valueMs={form.values.time_ms_max}
          onChange={(value) => {
            form.setFieldValue("time_ms_max", value ?? 1_000);
          }}
        />
        {source.kind !== "knowledge" && (
          <Switch
            label={t("look_up.private")}
            description={t("look_up.private_hint")}
            {...form.getInputProps("private_addresses", { type: "checkbox" })}
          />
        )}
      </Stack>
      <LookUpTry form={form} id={id} />
    </div>
  );
}

function HttpFields({ form, source }: { form: Form; source: HttpSource }) {
  const { t } = useLanguage();
  return (
    <>
      <Group align="flex-start" gap={8} wrap="nowrap">
        <Select
          w={96}
          label={t("look_up.method")}
          allowDeselect={false}
          data={["GET", "POST"]}
          {...form.getInputProps("source.method")}
        />
        <TextInput
          flex={1}
          label={t("look_up.url")}
          placeholder="https://shop.example.com/orders/{order}"
          classNames={{ input: classes.code ?? "" }}
          {...form.getInputProps("source.url")}
        />
      </Group>
      {source.method === "POST" && (
        <Textarea
          label={t("look_up.body")}
          description={t("look_up.body_hint")}
          placeholder={'{"order": {order}}'}
          autosize
          minRows={2}
          classNames={{ input: classes.code ?? "" }}
          {...form.getInputProps("source.body")}
        />
      )}
      <PairsInput
        label={t("look_up.results")}
        description={t("look_up.results_hint")}
        nameLabel={t("look_up.result_name")}
        valueLabel={t("look_up.expression")}
        addLabel={t("look_up.add_result")}
        value={source.result}
        onChange={(value) => {
          form.setFieldValue("source.result", value);
        }}
      />
      <SecretSelect form={form} clearable />
      {source.secret !== "" && (
        <Group grow align="flex-start">
          <TextInput
            label={t("look_up.secret_header")}
            {...form.getInputProps("source.secret_header")}
          />
          <TextInput
            label={t("look_up.secret_prefix")}
            description={t("look_up.secret_prefix_hint")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            {...form.getInputProps("source.secret_prefix")}
          />
        </Group>
      )}
      <PairsInput
        label={t("look_up.headers")}
        description={t("look_up.headers_hint")}
        nameLabel={t("look_up.header_name")}
        valueLabel={t("look_up.header_value")}
        addLabel={t("look_up.add_header")}
        value={source.headers}
        onChange={(value) => {
          form.setFieldValue("source.headers", value);
        }}
      />
      <NumberInput
        label={t("look_up.retries")}
        description={t("look_up.retries_hint")}
        min={0}
        max={5}
        allowDecimal={false}
        {...form.getInputProps("source.retries")}
      />
    </>
  );
}

function SqlFields({ form }: { form: Form }) {
  const { t } = useLanguage();
  return (
    <>
      <Textarea
        label={t("look_up.query")}
        description={t("look_up.query_hint")}
        placeholder="SELECT balance FROM accounts WHERE number = :account"
        autosize
        minRows={4}
        classNames={{ input: classes.code ?? "" }}
        {...form.getInputProps("source.query")}
      />
      <SecretSelect form={form} />
      <Text size="sm" c="dimmed">
        {t("look_up.sql_note")}
      </Text>
    </>
  );
}

function KnowledgeFields({ form }: { form: Form }) {
  const { t } = useLanguage();
  return (
    <NumberInput
      label={t("look_up.score_min")}
      description={t("look_up.score_min_hint")}
      min={0}
      max={1}
      step={0.05}
      decimalScale={2}
      {...form.getInputProps("source.score_min")}
    />
  );
}

function SecretSelect({ form, clearable = false }: { form: Form; clearable?: boolean }) {
  const { t } = useLanguage();
  const kept = useFetched(secrets.list, []);
  const chosen = "secret" in form.values.source ? form.values.source.secret : "";
  const names = new Set([...(kept.value?.items ?? []).map(({ name }) => name), chosen]);
  names.delete("");
  return (
    <Select
      label={t("look_up.secret")}
      description={t(clearable ? "look_up.secret_hint" : "look_up.sql_secret_hint")}
      placeholder={t(clearable ? "app.none" : "look_up.choose_secret")}
      clearable={clearable}
      data={[...names]}
      error={form.errors["source.secret"]}
      value={chosen === "" ? null : chosen}
      onChange={(value) => {
        form.setFieldValue("source.secret", value ?? "");
      }}
    />
  );
}
