import { Group, SegmentedControl, Text, Textarea } from "@mantine/core";
import { useId, type ReactNode } from "react";
import { LOCALE_NAMES, useLanguage } from "../../i18n";
import { useDesign, useDesignStore, useFlow } from "../design";
import { withWording, wordingOf, type FlowText } from "../model";

interface Props {
  label: string;
  hint?: ReactNode;
  text: FlowText;
  onChange: (text: FlowText) => void;
  /** One line is enough. */
  short?: boolean;
}

/** A text by language; which language is shown is the same for all texts of the flow. */
export function WordsField({ label, hint, text, onChange, short = false }: Props) {
  const { t } = useLanguage();
  const design = useDesignStore();
  const { languages } = useFlow();
  const language = useDesign((state) => state.language);
  const readOnly = useDesign((state) => state.readOnly);
  const labelId = useId();
  const missing = languages.filter((each) => worded(text, each, languages) === "");
  return (
    <div>
      <Group justify="space-between" gap={6} mb={4} wrap="nowrap">
        <Text size="sm" fw={500} id={labelId}>
          {label}
        </Text>
        {languages.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label={t("flow.language_of", { name: label })}
            value={language}
            onChange={(value) => {
              design.setState({ language: value });
            }}
            data={languages.map((each) => ({
              value: each,
              label: missing.includes(each) ? `${each} ·` : each,
            }))}
          />
        )}
      </Group>
      <Textarea
        aria-labelledby={labelId}
        description={hint}
        inputWrapperOrder={["label", "input", "description", "error"]}
        lang={language}
        autosize
        readOnly={readOnly}
        minRows={short ? 1 : 2}
        maxRows={8}
        value={worded(text, language, languages)}
        placeholder={placeholderOf(text, language, languages)}
        onChange={(event) => {
          onChange(withWording(text, language, event.currentTarget.value, languages));
        }}
      />
    </div>
  );
}

/** A plain text is that of the first language. */
function worded(text: FlowText, language: string, languages: readonly string[]): string {
  if (typeof text === "string") return language === (languages[0] ?? language) ? text : "";
  return text[language] ?? "";
}

/** What stands in for a wording that is missing: that of the first language. */
function placeholderOf(text: FlowText, language: string, languages: readonly string[]): string {
  return worded(text, language, languages) === "" ? wordingOf(text, languages) : "";
}

export function languageName(language: string): string {
  return (LOCALE_NAMES as Record<string, string>)[language] ?? language;
}
