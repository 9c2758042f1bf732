import {
  Checkbox,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  TagsInput,
  TextInput,
} from "@mantine/core";
import { DurationInput } from "../../admin/DurationInput";
import { useLanguage } from "../../i18n";
import { newName } from "../edit";
import {
  ANSWER_KINDS,
  EMPTY_ANSWERS,
  EMPTY_CHOICE,
  wordingOf,
  type Answer,
  type AnswerOf,
  type Choice,
} from "../model";
import { useReader } from "../sentences";
import type { FieldsProps } from "./kinds";
import { ListField } from "./ListField";
import { WordsField } from "./WordsField";

export function AskFields({ node, onChange }: FieldsProps<"ask">) {
  const { t } = useLanguage();
  const setAnswer = (answer: Answer, about: string | null) => {
    onChange({ ...node, answer }, about);
  };
  return (
    <>
      <WordsField
        label={t("flow.question")}
        hint={t("flow.text_hint")}
        text={node.text}
        onChange={(text) => {
          onChange({ ...node, text }, "text");
        }}
      />
      <Select
        label={t("flow.answer")}
        description={t(`flow.answer.${node.answer.kind}.hint`)}
        inputWrapperOrder={["label", "input", "description", "error"]}
        allowDeselect={false}
        value={node.answer.kind}
        onChange={(value) => {
          const kind = ANSWER_KINDS.find((each) => each === value) ?? "text";
          if (kind !== node.answer.kind) setAnswer(EMPTY_ANSWERS[kind], null);
        }}
        data={ANSWER_KINDS.map((kind) => ({ value: kind, label: t(`flow.answer.${kind}`) }))}
      />
      <AnswerFields answer={node.answer} onChange={setAnswer} />
      <TextInput
        label={t("flow.save_as")}
        description={t("flow.save_as_hint")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        value={node.save_as}
        onChange={(event) => {
          onChange({ ...node, save_as: event.currentTarget.value }, "save_as");
        }}
      />
      <WordsField
        short
        label={t("flow.again")}
        hint={t("flow.again_hint")}
        text={node.again}
        onChange={(again) => {
          onChange({ ...node, again }, "again");
        }}
      />
      <SimpleGrid cols={2} spacing="xs">
        <NumberInput
          label={t("flow.retries")}
          min={0}
          allowDecimal={false}
          value={node.retries}
          onChange={(value) => {
            onChange({ ...node, retries: Number(value) || 0 }, "retries");
          }}
        />
        <DurationInput
          label={t("flow.silence")}
          unit="second"
          valueMs={node.time_ms}
          onChange={(value) => {
            onChange({ ...node, time_ms: value ?? 0 }, "time_ms");
          }}
        />
      </SimpleGrid>
    </>
  );
}

interface AnswerProps<A extends Answer> {
  answer: A;
  onChange: (answer: A, about: string | null) => void;
}

function AnswerFields({ answer, onChange }: AnswerProps<Answer>) {
  switch (answer.kind) {
    case "choice":
      return <ChoiceFields answer={answer} onChange={onChange} />;
    case "digits":
      return <DigitsFields answer={answer} onChange={onChange} />;
    case "date":
      return <DateFields answer={answer} onChange={onChange} />;
    case "amount":
      return <AmountFields answer={answer} onChange={onChange} />;
    case "text":
    case "speech":
      return <CharsField answer={answer} onChange={onChange} />;
  }
}

function ChoiceFields({ answer, onChange }: AnswerProps<AnswerOf<"choice">>) {
  const { t } = useLanguage();
  const { languages } = useReader();
  const { choices } = answer;
  const add = () => {
    const value = newName(new Set(choices.map((choice) => choice.value)), "choice");
    const key = choices.length < 9 ? String(choices.length + 1) : "";
    onChange({ ...answer, choices: [...choices, { ...EMPTY_CHOICE, value, key }] }, null);
  };
  return (
    <ListField
      label={t("flow.choices")}
      items={choices}
      nameOf={(choice) => wordingOf(choice.label, languages) || choice.value}
      addLabel={t("flow.add_choice")}
      onAdd={add}
      onChange={(changed) => {
        onChange(
          { ...answer, choices: changed },
          changed.length === choices.length ? "choices" : null,
        );
      }}
    >
      {(choice, _, change) => <ChoiceRow choice={choice} change={change} />}
    </ListField>
  );
}

function ChoiceRow({ choice, change }: { choice: Choice; change: (choice: Choice) => void }) {
  const { t } = useLanguage();
  return (
    <>
      <WordsField
        short
        label={t("flow.label")}
        text={choice.label}
        onChange={(label) => {
          change({ ...choice, label });
        }}
      />
      <Group gap={6} wrap="nowrap" align="flex-start" mt={6}>
        <TextInput
          size="xs"
          flex={1}
          label={t("flow.value")}
          value={choice.value}
          onChange={(event) => {
            change({ ...choice, value: event.currentTarget.value });
          }}
        />
        <TextInput
          size="xs"
          w={64}
          label={t("flow.key")}
          maxLength={1}
          value={choice.key}
          onChange={(event) => {
            change({ ...choice, key: event.currentTarget.value });
          }}
        />
      </Group>
      <TagsInput
        size="xs"
        mt={6}
        label={t("flow.words")}
        placeholder={choice.words.length === 0 ? t("flow.words_hint") : ""}
        value={choice.words}
        onChange={(words) => {
          change({ ...choice, words });
        }}
      />
    </>
  );
}

function DigitsFields({ answer, onChange }: AnswerProps<AnswerOf<"digits">>) {
  const { t } = useLanguage();
  return (
    <SimpleGrid cols={2} spacing="xs">
      <NumberInput
        label={t("flow.digits_min")}
        min={1}
        allowDecimal={false}
        value={answer.digits_min}
        onChange={(value) => {
          onChange({ ...answer, digits_min: Number(value) || 1 }, "digits_min");
        }}
      />
      <NumberInput
        label={t("flow.digits_max")}
        min={1}
        allowDecimal={false}
        value={answer.digits_max}
        onChange={(value) => {
          onChange({ ...answer, digits_max: Number(value) || 1 }, "digits_max");
        }}
      />
    </SimpleGrid>
  );
}

function DateFields({ answer, onChange }: AnswerProps<AnswerOf<"date">>) {
  const { t } = useLanguage();
  return (
    <Group>
      <Checkbox
        label={t("flow.past")}
        checked={answer.past}
        onChange={(event) => {
          onChange({ ...answer, past: event.currentTarget.checked }, null);
        }}
      />
      <Checkbox
        label={t("flow.future")}
        checked={answer.future}
        onChange={(event) => {
          onChange({ ...answer, future: event.currentTarget.checked }, null);
        }}
      />
    </Group>
  );
}

function AmountFields({ answer, onChange }: AnswerProps<AnswerOf<"amount">>) {
  const { t } = useLanguage();
  return (
    <SimpleGrid cols={2} spacing="xs">
      <NumberInput
        label={t("flow.minimum")}
        value={answer.minimum ?? ""}
        onChange={(value) => {
          onChange({ ...answer, minimum: value === "" ? null : Number(value) }, "minimum");
        }}
      />
      <NumberInput
        label={t("flow.maximum")}
        value={answer.maximum ?? ""}
        onChange={(value) => {
          onChange({ ...answer, maximum: value === "" ? null : Number(value) }, "maximum");
        }}
      />
    </SimpleGrid>
  );
}

function CharsField({ answer, onChange }: AnswerProps<AnswerOf<"text"> | AnswerOf<"speech">>) {
  const { t } = useLanguage();
  return (
    <NumberInput
      label={t("flow.chars_max")}
      min={1}
      allowDecimal={false}
      value={answer.chars_max}
      onChange={(value) => {
        onChange({ ...answer, chars_max: Number(value) || 1 }, "chars_max");
      }}
    />
  );
}
