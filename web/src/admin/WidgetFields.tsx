import {
  ActionIcon,
  Button,
  Code,
  ColorInput,
  CopyButton,
  Group,
  Input,
  Select,
  Stack,
  Switch,
  TagsInput,
  Text,
  TextInput,
  Textarea,
} from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { Widget, WidgetTopic } from "../api/types";
import { useSettings } from "../app/workplace";
import { LOCALES, LOCALE_NAMES, useLanguage } from "../i18n";
import classes from "./Admin.module.css";
import { DestinationSelect } from "./DestinationSelect";
import { newIdFor } from "./entities";
import { NameField } from "./SmallFields";

export function WidgetFields({ form, id }: { form: UseFormReturnType<Widget>; id: string }) {
  const { t } = useLanguage();
  return (
    <div className={classes.split}>
      <Stack>
        <NameField form={form} />
        <TextInput
          label={t("widget.title")}
          description={t("widget.title_hint")}
          {...form.getInputProps("title")}
        />
        <Textarea
          label={t("widget.greeting")}
          autosize
          minRows={2}
          {...form.getInputProps("greeting")}
        />
        <Topics form={form} />
        <Group grow align="flex-start">
          <ColorInput
            label={t("widget.colour")}
            format="hex"
            eyeDropperButtonProps={{ "aria-label": t("widget.pick_colour") }}
            {...form.getInputProps("colour")}
          />
          <Select
            label={t("user.language")}
            allowDeselect={false}
            data={LOCALES.map((locale) => ({ value: locale, label: LOCALE_NAMES[locale] }))}
            {...form.getInputProps("locale")}
          />
        </Group>
        <TagsInput
          label={t("widget.origins")}
          description={t("widget.origins_hint")}
          placeholder="https://shop.example.com"
          {...form.getInputProps("allowed_origins")}
        />
        <Switch
          label={t("widget.attachments")}
          {...form.getInputProps("attachments", { type: "checkbox" })}
        />
        {id !== "" && <Embed id={id} />}
      </Stack>
      <Preview widget={form.values} />
    </div>
  );
}

function Topics({ form }: { form: UseFormReturnType<Widget> }) {
  const { t } = useLanguage();
  const queues = useSettings("queue");
  const { topics } = form.values;
  const set = (next: WidgetTopic[]) => {
    form.setFieldValue("topics", next);
  };
  const add = () => {
    const taken = new Set(topics.map((topic) => topic.topic_id));
    const topic_id = newIdFor("", taken, "topic");
    set([...topics, { topic_id, name: "", queue_id: queues[0]?.queue_id ?? "", flow_id: null }]);
  };
  return (
    <Input.Wrapper
      label={t("widget.topics")}
      description={t("widget.topics_hint")}
      error={form.errors["topics"]}
    >
      <Stack gap={6} mt={6}>
        {topics.map((topic, index) => (
          <Group key={topic.topic_id} gap={6} wrap="nowrap" align="flex-start">
            <TextInput
              flex={1}
              aria-label={t("widget.topic_name")}
              placeholder={t("widget.topic_name")}
              {...form.getInputProps(`topics.${index}.name`)}
            />
            <DestinationSelect
              flex={1}
              aria-label={t("widget.topic_to")}
              allowDeselect={false}
              value={topic}
              error={form.errors[`topics.${index}.queue_id`]}
              onChange={({ queue_id, flow_id }) => {
                const led = { ...topic, queue_id: queue_id ?? "", flow_id };
                set(topics.map((each, at) => (at === index ? led : each)));
              }}
            />
            <ActionIcon
              size="lg"
              aria-label={t("app.remove")}
              onClick={() => {
                set(topics.filter((_, at) => at !== index));
              }}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Button variant="light" w="max-content" leftSection={<IconPlus size={14} />} onClick={add}>
          {t("widget.add_topic")}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}

function Embed({ id }: { id: string }) {
  const { t } = useLanguage();
  const snippet = `<script src="${location.origin}/widget.js" data-widget="${id}" async></script>`;
  return (
    <div>
      <Group justify="space-between" mb={4}>
        <Text size="sm" fw={500}>
          {t("widget.embed")}
        </Text>
        <CopyButton value={snippet}>
          {({ copied, copy }) => (
            <Button variant="light" size="compact-xs" onClick={copy}>
              {copied ? t("app.copied") : t("app.copy")}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Code block style={{ whiteSpace: "pre-wrap", wordBreak: "break-all" }}>
        {snippet}
      </Code>
    </div>
  );
}

function Preview({ widget }: { widget: Widget }) {
  const { t } = useLanguage();
  return (
    <section className={classes.preview} aria-label={t("widget.preview")}>
      <div className={classes.previewHead} style={{ background: widget.colour }}>
        {widget.title || "…"}
      </div>
      <div className={classes.previewBody}>
        {widget.greeting}
        {widget.topics.map((topic) => (
          <span
            key={topic.topic_id}
            className={classes.previewTopic}
            style={{ borderColor: widget.colour }}
          >
            {topic.name || "…"}
          </span>
        ))}
      </div>
    </section>
  );
}
