import { Alert, Button, Text, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useState } from "react";
import type { Intent } from "../api/types";
import { useLanguage } from "../i18n";
import { linesOf, repeatedOf, withoutRepeated } from "./examples";
import { NameField } from "./SmallFields";

export function IntentFields({ form }: { form: UseFormReturnType<Intent> }) {
  const { t } = useLanguage();
  const [text, setText] = useState(form.values.examples.join("\n"));
  const repeated = repeatedOf(form.values.examples);
  const write = (written: string) => {
    setText(written);
    form.setFieldValue("examples", linesOf(written));
  };
  return (
    <>
      <NameField form={form} />
      <Textarea
        label={t("intent.examples")}
        description={t("intent.examples_hint")}
        autosize
        minRows={8}
        maxRows={22}
        value={text}
        error={form.errors["examples"]}
        onChange={(event) => {
          write(event.currentTarget.value);
        }}
      />
      {repeated.length > 0 && (
        <Alert color="yellow" variant="light" title={t("intent.twice", { count: repeated.length })}>
          <Text size="sm">{repeated.join(" · ")}</Text>
          <Button
            mt="xs"
            size="compact-sm"
            variant="default"
            onClick={() => {
              write(withoutRepeated(form.values.examples).join("\n"));
            }}
          >
            {t("intent.drop_twice")}
          </Button>
        </Alert>
      )}
      <TextInput
        label={t("intent.answer")}
        description={t("intent.answer_hint")}
        {...form.getInputProps("answer")}
      />
    </>
  );
}
